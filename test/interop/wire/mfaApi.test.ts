import { beforeAll, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import type { Application, EnrolledPerson } from '../deployment.ts';
import { call, get, postForm, postJson } from '../wireCalls.ts';
import {
  credentials,
  expectRefusal,
  mfaTokenOf,
  otpGrant,
  passwordFields,
  startWireDeployment,
  type WireDeployment,
} from './wireDeployment.ts';

forEachServer((_engine, start) => {
  let deployment: WireDeployment;
  let relaxed: Application;
  let strict: Application;

  beforeAll(async () => {
    deployment = await startWireDeployment(start);
    ({ relaxed, strict } = deployment);
  });

  const mfa = (path: string) => `${deployment.issuer}mfa/${path}`;
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  /** An access token of the MFA API after a second factor. */
  async function managementToken(kim: EnrolledPerson): Promise<string> {
    const { body } = await deployment.token({
      ...passwordFields(relaxed, kim),
      audience: `${deployment.issuer}mfa/`,
      scope: 'enroll read:authenticators remove:authenticators',
    });
    const otp = await kim.app.nextCode();
    const { mfa_token } = body;
    const verified = await deployment.token({
      grant_type: otpGrant,
      ...credentials(relaxed),
      mfa_token,
      otp,
    });
    return verified.body.access_token;
  }

  it('lists authenticators with the members of the wire, and no others', async () => {
    const kim = await deployment.enrolledPerson();
    const listed = await get(mfa('authenticators'), {
      ...bearer(await mfaTokenOf(deployment, kim)),
      'content-type': 'application/json',
    });
    expect(listed.status).toBe(200);
    expect(listed.body).toEqual([
      {
        id: expect.stringMatching(/^totp\|dev_[A-Za-z0-9]{16}$/),
        authenticator_type: 'otp',
        active: true,
        type: 'otp',
      },
      {
        id: expect.stringMatching(/^recovery-code\|dev_[A-Za-z0-9]{16}$/),
        authenticator_type: 'recovery-code',
        active: true,
        type: 'recovery-code',
      },
    ]);
  });

  it.each(['percent-encoded', 'raw'])(
    'removes by a %s id, without a body under a JSON content type',
    async (form) => {
      const kim = await deployment.enrolledPerson();
      const token = await managementToken(kim);
      const { body } = await get(mfa('authenticators'), bearer(token));
      const id: string = body[0].id;
      const url = mfa(`authenticators/${form === 'raw' ? id : encodeURIComponent(id)}`);
      const init = { method: 'DELETE', headers: { ...bearer(token), 'content-type': 'application/json' } };
      const removed = await call(url, init);
      expect(removed.status).toBe(204);
      expect(removed.body).toBe('');
      expect((await call(url, init)).status).toBe(404);
    },
  );

  it('challenges by form and by JSON, with and without a secret', async () => {
    const kim = await deployment.enrolledPerson();
    const mfa_token = await mfaTokenOf(deployment, kim);
    const fields = { mfa_token, client_id: strict.clientId };
    for (const answer of [
      await postForm(mfa('challenge'), { ...fields, challenge_type: 'otp oob' }),
      await postJson(mfa('challenge'), { ...fields, challenge_type: 'otp' }),
      await postJson(mfa('challenge'), { ...fields, client_secret: strict.clientSecret }),
    ]) {
      expect(answer.body).toEqual({ challenge_type: 'otp' });
      expect(answer.status).toBe(200);
    }
  });

  it('refuses to challenge in the contract’s words', async () => {
    const [kim, lee] = [await deployment.enrolledPerson(), await deployment.person()];
    const client_id = strict.clientId;
    const challenge = (fields: Record<string, string>) =>
      postJson(mfa('challenge'), { client_id, ...fields });
    expectRefusal(await challenge({ mfa_token: 'nonsense' }), [401, 'invalid_grant', 'Malformed mfa_token']);
    expectRefusal(
      await challenge({ mfa_token: await mfaTokenOf(deployment, kim), client_id: relaxed.clientId }),
      [400, 'invalid_request', 'mfa_token not issued to this client'],
    );
    const nothing = await challenge({ mfa_token: await mfaTokenOf(deployment, lee) });
    expect([nothing.status, nothing.body.error]).toEqual([400, 'association_required']);
    const unfit = await challenge({ mfa_token: await mfaTokenOf(deployment, kim), challenge_type: 'oob' });
    expect([unfit.status, unfit.body.error]).toEqual([400, 'unsupported_challenge_type']);
  });

  it('associates as the wire shows it, whether or not the client is named', async () => {
    for (const client of [{}, credentials(strict)]) {
      const mfa_token = await mfaTokenOf(deployment, await deployment.person());
      const answer = await postJson(
        mfa('associate'),
        { authenticator_types: ['otp'], ...client },
        bearer(mfa_token),
      );
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        id: expect.stringMatching(/^totp\|dev_/),
        authenticator_type: 'otp',
        secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
        barcode_uri: expect.stringMatching(/^otpauth:\/\/totp\/Countersign:/),
        recovery_codes: [expect.stringMatching(/^[A-Z1-9]{24}$/)],
      });
    }
  });

  it('refuses an association in JSON whatever is wrong with it', async () => {
    const mfa_token = await mfaTokenOf(deployment, await deployment.person());
    const associate = (body: unknown, headers = bearer(mfa_token)) =>
      postJson(mfa('associate'), body, headers);
    for (const body of [{}, { authenticator_types: [] }, { authenticator_types: ['magic'] }, [], 'otp']) {
      const answer = await associate(body);
      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({ error: expect.any(String), error_description: expect.any(String) });
    }
    const foreign = await associate({ authenticator_types: ['otp'], client_id: relaxed.clientId });
    expect(foreign.body.error).toBe('invalid_request');
    const missing = await associate({ authenticator_types: ['otp'] }, { authorization: '' });
    expect(missing.status).toBe(401);
  });
});
