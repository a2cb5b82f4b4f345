import { beforeAll, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { get, postJson } from '../wireCalls.ts';
import {
  credentials,
  expectRefusal,
  mfaTokenOf,
  oobGrant,
  startWireDeployment,
  type WireDeployment,
} from './wireDeployment.ts';

forEachServer((_engine, start) => {
  let deployment: WireDeployment;

  beforeAll(async () => {
    deployment = await startWireDeployment(start, { sentCodes: true });
  });

  const mfa = (path: string) => `${deployment.issuer}mfa/${path}`;
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('sent codes: associate, confirm, list and challenge with the members of the wire, and no others', async () => {
    const { strict } = deployment;
    const kim = await deployment.person();
    const number = deployment.number();
    const mfa_token = await mfaTokenOf(deployment, kim);
    const associated = await postJson(
      mfa('associate'),
      { authenticator_types: ['oob'], oob_channels: ['sms'], phone_number: number },
      bearer(mfa_token),
    );
    expect(associated.body).toEqual({
      id: expect.stringMatching(/^sms\|dev_[A-Za-z0-9]{16}$/),
      authenticator_type: 'oob',
      oob_channel: 'sms',
      oob_code: expect.stringMatching(/^[\w-]{43}$/),
      binding_method: 'prompt',
      recovery_codes: [expect.stringMatching(/^[A-Z1-9]{24}$/)],
    });
    const { id, oob_code } = associated.body;
    const answer = { grant_type: oobGrant, ...credentials(strict), mfa_token, oob_code };
    const wrong = await deployment.token({ ...answer, binding_code: 'abcdef' });
    expectRefusal(wrong, [400, 'invalid_grant', 'Invalid binding_code.']);
    const binding_code = await deployment.codeSentTo(number, 'sms');
    // Documented requests carry the token twice: the header is no client's.
    const confirmed = await deployment.token({ ...answer, binding_code }, bearer(mfa_token));
    expect(confirmed.status).toBe(200);

    const again = await mfaTokenOf(deployment, kim);
    const listed = await get(mfa('authenticators'), bearer(again));
    const phone = { authenticator_type: 'oob', type: 'phone', active: true };
    const name = `XXXXXXXXXX${number.slice(-4)}`;
    expect(listed.body).toEqual([
      { id, ...phone, oob_channel: 'sms', name },
      { id: id.replace('sms', 'voice'), ...phone, oob_channel: 'voice', name },
      expect.objectContaining({ authenticator_type: 'recovery-code' }),
      {
        id: expect.stringMatching(/^email\|dev_[A-Za-z0-9]{16}$/),
        authenticator_type: 'oob',
        type: 'email',
        active: true,
        oob_channel: 'email',
        name: expect.stringMatching(/^[^@]*\*@exam\*+$/),
      },
    ]);
    for (const chosen of [
      {},
      { challenge_type: 'oob' },
      { challenge_type: 'otp oob', oob_channel: 'voice' },
      { oob_channel: 'email' },
    ]) {
      const fields = { mfa_token: again, client_id: strict.clientId, ...chosen };
      const challenged = await postJson(mfa('challenge'), fields);
      expect(challenged.body).toEqual({
        challenge_type: 'oob',
        oob_code: expect.stringMatching(/^[\w-]{43}$/),
        binding_method: 'prompt',
      });
    }
    expect(await deployment.codeSentTo(kim.email, 'email')).toMatch(/^[0-9]{6}$/);
    const unknown = await postJson(mfa('challenge'), {
      ...{ mfa_token: again, client_id: strict.clientId, oob_channel: 'pigeon' },
    });
    expect([unknown.status, unknown.body.error]).toEqual([400, 'unsupported_challenge_type']);
  });
});
