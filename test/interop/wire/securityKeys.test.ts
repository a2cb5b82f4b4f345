import { beforeAll, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import type { Application, Person } from '../deployment.ts';
import { enrolKey } from '../enrolKey.ts';
import { type Answer, call, get, postForm, postJson } from '../wireCalls.ts';
import {
  credentials,
  expectRefusal,
  mfaTokenOf,
  otpGrant,
  passwordFields,
  recoveryGrant,
  startWireDeployment,
  type WireDeployment,
} from './wireDeployment.ts';

forEachServer((_engine, start) => {
  let deployment: WireDeployment;
  let relaxed: Application;
  let strict: Application;

  beforeAll(async () => {
    deployment = await startWireDeployment(start, { keys: true });
    ({ relaxed, strict } = deployment);
  });

  const mfa = (path: string) => `${deployment.issuer}mfa/${path}`;
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  async function personWithKey(): Promise<Person & { recoveryCode: string }> {
    const kim = await deployment.person();
    return { ...kim, ...(await enrolKey(deployment.server, kim)) };
  }

  it('who has a key alone is told that a second factor is due, and nothing that this API could do', async () => {
    await deployment.server.cli('factor', 'disable', 'recovery-code');
    const kim = await personWithKey();
    const answer = await deployment.token(passwordFields(strict, kim));
    expect(answer.status).toBe(403);
    expect(answer.body).toEqual({
      error: 'mfa_required',
      error_description: 'Multifactor authentication required',
      mfa_token: expect.any(String),
    });
    await deployment.server.cli('factor', 'enable', 'recovery-code');
  });

  it('a key is listed by its type and name', async () => {
    const kim = await personWithKey();
    const listed = await get(mfa('authenticators'), bearer(await mfaTokenOf(deployment, kim)));
    expect(listed.status).toBe(200);
    expect(listed.body[0]).toEqual({
      id: expect.stringMatching(/^webauthn-roaming\|dev_[A-Za-z0-9]{16}$/),
      authenticator_type: 'webauthn-roaming',
      active: true,
      type: 'webauthn-roaming',
      name: 'Security key',
    });
    expect(listed.body[1]).toMatchObject({ authenticator_type: 'recovery-code' });
  });

  it('a key can be neither challenged nor enrolled', async () => {
    const kim = await personWithKey();
    const token = await mfaTokenOf(deployment, kim);
    const [key] = (await get(mfa('authenticators'), bearer(token))).body;
    const challenge = (fields: Record<string, string>) =>
      postForm(mfa('challenge'), { ...credentials(strict), mfa_token: token, ...fields });
    const unsupported = [
      400,
      'unsupported_challenge_type',
      'User does not have an authenticator for the requested challenge type.',
    ] as const;
    const asked: Record<string, string>[] = [
      {},
      { authenticator_id: key.id },
      { challenge_type: 'otp oob' },
      { challenge_type: 'webauthn-roaming', authenticator_id: key.id },
    ];
    for (const fields of asked) expectRefusal(await challenge(fields), unsupported);
    const associate = (type: string): Promise<Answer> =>
      postJson(mfa('associate'), { authenticator_types: [type] }, bearer(token));
    for (const type of ['webauthn-roaming', 'webauthn-platform']) {
      expect(await associate(type)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    }
    expectRefusal(await associate('otp'), [403, 'access_denied', 'User is already enrolled.']);
  });

  it('S-40 a key is removed with a fresh proof of its level, and not without', async () => {
    const kim = await personWithKey();
    const scope = 'read:authenticators remove:authenticators';
    const audience = `${deployment.issuer}mfa/`;
    const { body } = await deployment.token({ ...passwordFields(relaxed, kim), audience, scope });
    expect(body.mfa_requirements).toEqual({ challenge: [{ type: 'recovery-code' }] });
    const [key] = (await get(mfa('authenticators'), bearer(body.mfa_token))).body;
    const path = mfa(`authenticators/${encodeURIComponent(key.id)}`);
    const remove = (token: string) => call(path, { method: 'DELETE', headers: bearer(token) });
    expect((await remove(body.mfa_token)).status).toBe(403);

    const { mfa_token } = body;
    const redeemed = await deployment.token({
      grant_type: recoveryGrant,
      ...credentials(relaxed),
      mfa_token,
      recovery_code: kim.recoveryCode,
    });
    expect((await remove(redeemed.body.access_token)).status).toBe(204);
    expect((await get(mfa('authenticators'), bearer(redeemed.body.access_token))).body).toEqual([]);
    expect(await deployment.eventsOf(kim)).toContain('gd_unenroll');
  });

  it('where only what resists phishing counts, a code leads no further here', async () => {
    const kim = await deployment.enrolledPerson();
    await deployment.server.cli('policy', 'set', 'never', '--phishing-resistant');
    try {
      const { body } = await deployment.token(passwordFields(strict, kim));
      const { mfa_token } = body;
      const otp = await kim.app.nextCode();
      const answer = await deployment.token({ grant_type: otpGrant, ...credentials(strict), mfa_token, otp });
      expect(answer.status).toBe(403);
      expect(answer.body).toEqual({
        error: 'mfa_required',
        error_description: 'Multifactor authentication required',
        mfa_token: expect.any(String),
      });
    } finally {
      await deployment.server.cli('policy', 'set', 'never', '--any-factor');
    }
  });
});
