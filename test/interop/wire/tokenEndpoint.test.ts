import { beforeAll, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import type { Application } from '../deployment.ts';
import { get, postForm, postJson } from '../wireCalls.ts';
import {
  credentials,
  expectRefusal,
  mfaTokenOf,
  oobGrant,
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
    deployment = await startWireDeployment(start);
    ({ relaxed, strict } = deployment);
  });

  it('answers mfa_required with 403 and JSON, to a form and to JSON alike', async () => {
    const kim = await deployment.enrolledPerson();
    const fields = passwordFields(strict, kim);
    const url = `${deployment.issuer}oauth/token`;
    for (const answer of [await postForm(url, fields), await postJson(url, fields)]) {
      expect(answer.status).toBe(403);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(answer.headers.get('www-authenticate')).toBeNull();
      expect(answer.headers.get('cache-control')).toContain('no-store');
      expect(answer.body).toEqual({
        error: 'mfa_required',
        error_description: 'Multifactor authentication required',
        mfa_token: expect.any(String),
        mfa_requirements: { challenge: [{ type: 'otp' }, { type: 'recovery-code' }] },
      });
    }
  });

  it('names every member of a success that SDKs read', async () => {
    const lee = await deployment.person();
    const answer = await deployment.token(passwordFields(relaxed, lee));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 86_400,
      scope: 'openid offline_access',
      id_token: expect.any(String),
      refresh_token: expect.any(String),
    });
  });

  it('takes the MFA grants as JSON too, with a bearer header that is no client authentication', async () => {
    const kim = await deployment.enrolledPerson();
    const mfa_token = await mfaTokenOf(deployment, kim);
    const answer = await postJson(
      `${deployment.issuer}oauth/token`,
      { grant_type: otpGrant, ...credentials(strict), mfa_token, otp: await kim.app.nextCode() },
      { authorization: `Bearer ${mfa_token}`, 'auth0-client': 'eyJuYW1lIjoidGVzdCJ9' },
    );
    expect(answer.status).toBe(200);
    expect(answer.body.refresh_token).toEqual(expect.any(String));
  });

  it('knows the contract’s texts', async () => {
    const kim = await deployment.enrolledPerson();
    const mfa_token = await mfaTokenOf(deployment, kim);
    const ask = (fields: Record<string, string>) => deployment.token({ ...credentials(strict), ...fields });
    expectRefusal(await ask({ grant_type: otpGrant, mfa_token, otp: await kim.app.wrongCode() }), [
      403,
      'invalid_grant',
      'Invalid otp_code.',
    ]);
    expectRefusal(await ask({ grant_type: recoveryGrant, mfa_token, recovery_code: 'A'.repeat(24) }), [
      403,
      'invalid_grant',
      'MFA Authorization rejected.',
    ]);
    expectRefusal(await ask({ grant_type: otpGrant, mfa_token: 'nonsense', otp: '123456' }), [
      401,
      'invalid_grant',
      'Malformed mfa_token',
    ]);
    await ask({ grant_type: otpGrant, mfa_token, otp: await kim.app.nextCode() });
    expectRefusal(await ask({ grant_type: otpGrant, mfa_token, otp: '123456' }), [
      401,
      'expired_token',
      'mfa_token is expired',
    ]);
    expectRefusal(await deployment.token({ ...passwordFields(strict, kim), password: 'wrong' }), [
      403,
      'invalid_grant',
      'Wrong email or password.',
    ]);
    expectRefusal(await ask({ grant_type: 'refresh_token', refresh_token: 'nonsense' }), [
      403,
      'invalid_grant',
      'Unknown or invalid refresh token.',
    ]);
  });

  it('tells which parameter is missing', async () => {
    for (const [grant_type, fields, name] of [
      [otpGrant, { mfa_token: 'x' }, 'otp'],
      [otpGrant, { otp: '123456' }, 'mfa_token'],
      [recoveryGrant, { mfa_token: 'x' }, 'recovery_code'],
      [oobGrant, { mfa_token: 'x' }, 'oob_code'],
      ['password', { username: 'x' }, 'password'],
      ['refresh_token', {}, 'refresh_token'],
    ] as [string, Record<string, string>, string][]) {
      expectRefusal(await deployment.token({ grant_type, ...credentials(strict), ...fields }), [
        400,
        'invalid_request',
        `Missing required parameter: ${name}`,
      ]);
    }
  });

  it('names what it doesn’t do', async () => {
    const unknown = await deployment.token({ grant_type: 'magic', ...credentials(strict) });
    expect(unknown.status).toBe(400);
    expect(unknown.body.error).toBe('unsupported_grant_type');
    const notAllowed = await deployment.token({ grant_type: 'client_credentials', ...credentials(strict) });
    expect(notAllowed.status).toBe(403);
    expect(notAllowed.body.error).toBe('unauthorized_client');
  });

  it('sends no WWW-Authenticate, even to wrong Basic credentials', async () => {
    const basic = Buffer.from(`${strict.clientId}:wrong`).toString('base64');
    for (const grant_type of ['password', 'refresh_token', otpGrant]) {
      const answer = await deployment.token(
        { grant_type, username: 'a', password: 'b', refresh_token: 'c', mfa_token: 'd', otp: '123456' },
        { authorization: `Basic ${basic}` },
      );
      expect(answer.status).toBe(401);
      expect(answer.body.error).toBe('invalid_client');
      expect(answer.headers.get('www-authenticate')).toBeNull();
    }
  });

  it('tells the SDKs that an account was blocked', async () => {
    const lee = await deployment.person();
    const { body } = await deployment.token(passwordFields(relaxed, lee));
    await deployment.server.cli('user', 'block', lee.userId);
    const refresh = { grant_type: 'refresh_token', ...credentials(relaxed) };
    const answer = await deployment.token({ ...refresh, refresh_token: body.refresh_token });
    expect(answer.status).toBe(403);
    // Blocking may have ended the token itself; in either case spa-js gives up its local login.
    expect(answer.body.error_description).toMatch(/user is blocked|invalid refresh token/);
  });

  it('answers a repeated right code within seconds without locking anybody out', async () => {
    const kim = await deployment.enrolledPerson();
    const mfa_token = await mfaTokenOf(deployment, kim);
    const fields = {
      grant_type: otpGrant,
      ...credentials(strict),
      mfa_token,
      otp: await kim.app.nextCode(),
    };
    const answers = await Promise.all([1, 2, 3].map(() => deployment.token(fields)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const next = await mfaTokenOf(deployment, kim);
    const otp = await kim.app.nextCode();
    expect((await deployment.token({ ...fields, mfa_token: next, otp })).status).toBe(200);
  });

  it('revokes with 200 and nothing else, by form and by JSON', async () => {
    const lee = await deployment.person();
    for (const post of [postForm, postJson]) {
      const { body } = await deployment.token(passwordFields(relaxed, lee));
      const token: string = body.refresh_token;
      const answer = await post(`${deployment.issuer}oauth/revoke`, { token, ...credentials(relaxed) });
      expect([answer.status, answer.body]).toEqual([200, '']);
      const refresh = { grant_type: 'refresh_token', refresh_token: token, ...credentials(relaxed) };
      expect((await deployment.token(refresh)).body.error).toBe('invalid_grant');
    }
  });

  it('limits userinfo as Auth0 does, and says so in headers', async () => {
    const lee = await deployment.person();
    const { body } = await deployment.token({ ...passwordFields(relaxed, lee), scope: 'openid profile' });
    const ask = () => get(`${deployment.issuer}userinfo`, { authorization: `Bearer ${body.access_token}` });
    const first = await ask();
    expect(first.body.updated_at).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(first.headers.get('x-ratelimit-limit')).toBe('10');
    const more = await Promise.all(Array.from({ length: 12 }, ask));
    const refused = more.find(({ status }) => status === 429);
    expect(refused?.body.error).toBe('too_many_requests');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    const bad = await get(`${deployment.issuer}userinfo`, { authorization: 'Bearer nonsense' });
    expect([bad.status, bad.body.error]).toEqual([401, 'invalid_token']);
  });
});
