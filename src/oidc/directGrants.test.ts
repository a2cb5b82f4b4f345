import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { codeOf } from '../../test/support/engine.ts';
import { createTestOidc, enrolOtp, issuer, password } from '../../test/support/oidc.ts';
import { findUserById } from '../accounts/users.ts';
import { type ClientDraft, grantTypes } from '../applications/client.ts';
import { multiFactorAcr } from '../mfa/authenticationContext.ts';

const direct = [
  grantTypes.password,
  grantTypes.passwordRealm,
  grantTypes.mfaOtp,
  grantTypes.mfaOob,
  grantTypes.mfaRecoveryCode,
  grantTypes.refreshToken,
];

forEachDatabase((_engine, open) => {
  async function setUp(draft: Partial<ClientDraft> = {}) {
    const house = await createTestOidc(await open());
    await house.addApi({
      identifier: 'api',
      allowOfflineAccess: true,
      scopes: [
        { value: 'read', description: '' },
        { value: 'pay', description: '' },
      ],
      stepUpScopes: ['pay'],
    });
    const { client, clientSecret } = await house.addClient({
      appType: 'regular_web',
      grantTypes: direct,
      ...draft,
    });
    const userId = await house.addUser();
    const credentials = { client_id: client.clientId, client_secret: clientSecret };
    const login = (changes: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      house.token(
        { grant_type: 'password', username: 'kim@example.com', password, ...credentials, ...changes },
        headers,
      );
    const mfa = (mfa_token: string, proof: Record<string, string>, grantType: string = grantTypes.mfaOtp) =>
      house.token({ grant_type: grantType, mfa_token, ...credentials, ...proof });
    const enrolled = async () => {
      const { secret } = await enrolOtp(house, userId, client);
      await house.setTenant({ policy: 'always' });
      return secret;
    };
    return { house, client, credentials, userId, login, mfa, enrolled };
  }

  describe('password grant', () => {
    it('gives tokens for what is asked', async () => {
      const { house, client, userId, login } = await setUp();
      const { status, body, headers } = await login({ audience: 'api', scope: 'openid email read unknown' });
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('no-store');
      expect(body).toEqual({
        access_token: expect.any(String),
        id_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 86_400,
        scope: 'openid email read',
      });
      const claims = decodeJwt(body.id_token);
      expect(claims).toMatchObject({
        iss: issuer,
        aud: client.clientId,
        sub: userId,
        email: 'kim@example.com',
        sid: expect.any(String),
        auth_time: expect.any(Number),
      });
      for (const absent of ['acr', 'amr', 'nonce']) expect(claims).not.toHaveProperty(absent);
      expect(decodeJwt(body.access_token)).toMatchObject({
        iss: issuer,
        sub: userId,
        aud: ['api', `${issuer}userinfo`],
        scope: 'openid email read',
        azp: client.clientId,
      });
      expect(await house.events()).toContain('sepft');
      expect(await findUserById(house.database.db, userId)).toMatchObject({ loginsCount: 1 });
    });

    it('gives all scopes of the API when none is named, and the profile when no API is', async () => {
      const { house, login } = await setUp({ mfaPolicy: 'never' });
      await house.addApi({ identifier: 'plain', scopes: [{ value: 'all', description: '' }] });
      expect((await login({ audience: 'plain' })).body.scope).toBe('all');
      const { body } = await login();
      expect(body.scope).toBe('openid profile email');
      const headers = { host: 'login.example.com', authorization: `Bearer ${body.access_token}` };
      expect((await house.app.inject({ url: '/userinfo', headers })).json()).toMatchObject({
        name: 'kim@example.com',
      });
    });

    it('takes JSON, Basic, and the realm in both of its forms', async () => {
      const { house, client, credentials, login } = await setUp();
      const json = await house.app.inject({
        method: 'POST',
        url: '/oauth/token',
        headers: { host: 'login.example.com', 'content-type': 'application/json' },
        payload: { grant_type: 'password', username: 'kim@example.com', password, ...credentials },
      });
      expect(json.statusCode).toBe(200);
      const basic = Buffer.from(`${client.clientId}:${credentials.client_secret}`).toString('base64');
      const fields = { grant_type: 'password', username: 'kim@example.com', password };
      expect((await house.token(fields, { authorization: `Basic ${basic}` })).status).toBe(200);
      const realm = 'Username-Password-Authentication';
      expect((await login({ realm })).status).toBe(200);
      expect((await login({ grant_type: grantTypes.passwordRealm, realm })).status).toBe(200);
      expect((await login({ realm: 'elsewhere' })).status).toBe(403);
      const missing = await login({ grant_type: grantTypes.passwordRealm });
      expect(missing.body.error_description).toBe('Missing required parameter: realm');
    });

    it('S-82 answers an unknown user and a wrong password alike', async () => {
      const { house, login } = await setUp();
      const expected = { error: 'invalid_grant', error_description: 'Wrong email or password.' };
      const attempts: Record<string, string>[] = [{ password: 'wrong' }, { username: 'nobody@example.com' }];
      for (const changes of attempts) {
        const { status, body } = await login(changes);
        expect(status).toBe(403);
        expect(body).toEqual(expected);
      }
      expect((await house.events()).filter((type) => type === 'fepft')).toHaveLength(2);
    });

    it('is throttled with the budget in headers, for the address a confidential application names', async () => {
      const { login } = await setUp();
      const from = { 'auth0-forwarded-for': '198.51.100.7' };
      for (let attempt = 0; attempt < 10; attempt += 1) await login({ password: 'wrong' }, from);
      const throttled = await login({}, from);
      expect(throttled.status).toBe(429);
      expect(throttled.body.error).toBe('too_many_attempts');
      expect(throttled.headers).toMatchObject({
        'retry-after': expect.any(String),
        'x-ratelimit-remaining': '0',
      });
      expect((await login({}, { 'auth0-forwarded-for': '198.51.100.8' })).status).toBe(200);
      expect((await login()).status).toBe(200);
    });

    it('takes the forwarded address from no public application', async () => {
      const { house, login } = await setUp({ appType: 'spa', tokenEndpointAuthMethod: 'none' });
      const answers = [];
      for (let attempt = 0; attempt < 11; attempt += 1) {
        answers.push(
          await login(
            { password: 'wrong', client_secret: '' },
            { 'auth0-forwarded-for': `198.51.100.${attempt}` },
          ),
        );
      }
      expect(answers.at(-1)?.status).toBe(429);
      expect(await house.events()).toContain('limit_wc');
    });

    it('refuses wrong credentials, other grants and unknown APIs before it looks at the password', async () => {
      const { house, login } = await setUp();
      const unauthorised = await login({ client_secret: 'wrong' });
      expect(unauthorised.status).toBe(401);
      expect(unauthorised.body.error).toBe('invalid_client');
      expect(unauthorised.headers).not.toHaveProperty('www-authenticate');
      const { client: other, clientSecret } = await house.addClient({ appType: 'regular_web' });
      const disallowed = await login({ client_id: other.clientId, client_secret: clientSecret });
      expect(disallowed.status).toBe(403);
      expect(disallowed.body).toEqual({
        error: 'unauthorized_client',
        error_description: "Grant type 'password' not allowed for the client.",
      });
      const nowhere = await login({ audience: 'nowhere' });
      expect(nowhere.body).toEqual({
        error: 'access_denied',
        error_description: 'Service not found: nowhere',
      });
      expect(await house.events()).not.toContain('fp');
    });
  });

  describe('MFA grants', () => {
    it('S-27 give what was asked before the second factor, whatever is asked with it', async () => {
      const { house, userId, login, mfa, enrolled } = await setUp();
      const secret = await enrolled();
      const asked = await login({ audience: 'api', scope: 'openid read' });
      expect(asked.status).toBe(403);
      expect(asked.headers).not.toHaveProperty('www-authenticate');
      expect(asked.body).toEqual({
        error: 'mfa_required',
        error_description: 'Multifactor authentication required',
        mfa_token: expect.any(String),
        mfa_requirements: { challenge: [{ type: 'otp' }, { type: 'recovery-code' }] },
      });
      const { status, body } = await mfa(asked.body.mfa_token, {
        otp: await codeOf(secret, Date.now()),
        scope: 'openid read pay offline_access',
        audience: `${issuer}mfa/`,
      });
      expect(status).toBe(200);
      expect(body).not.toHaveProperty('refresh_token');
      expect(body.scope).toBe('openid read');
      expect(decodeJwt(body.access_token)).toMatchObject({
        aud: ['api', `${issuer}userinfo`],
        scope: 'openid read',
      });
      expect(decodeJwt(body.id_token)).toMatchObject({
        sub: userId,
        acr: multiFactorAcr,
        amr: ['mfa', 'pwd', 'otp'],
      });
      expect(await house.events()).toEqual(expect.arrayContaining(['mfar', 'gd_auth_succeed', 'seotpft']));
    });

    it('S-31 their refresh tokens go on with the same proofs, and ask no more', async () => {
      const { house, credentials, login, mfa, enrolled } = await setUp();
      const secret = await enrolled();
      const asked = await login({ audience: 'api', scope: 'openid read offline_access' });
      const { body } = await mfa(asked.body.mfa_token, { otp: await codeOf(secret, Date.now()) });
      const refreshed = await house.token({
        grant_type: 'refresh_token',
        refresh_token: body.refresh_token,
        ...credentials,
      });
      expect(refreshed.status).toBe(200);
      const [before, after] = [decodeJwt(body.id_token), decodeJwt(refreshed.body.id_token)];
      expect(after).toMatchObject({
        amr: before.amr,
        acr: before.acr,
        sid: before.sid,
        auth_time: before.auth_time,
      });
      expect(decodeJwt(refreshed.body.access_token).aud).toEqual(['api', `${issuer}userinfo`]);
    });

    it('S-26 the mfa_token is refused everywhere else, by other applications, edited, and after its use', async () => {
      const { house, credentials, login, mfa, enrolled } = await setUp();
      const secret = await enrolled();
      const mfaToken = (await login()).body.mfa_token as string;
      const headers = { host: 'login.example.com', authorization: `Bearer ${mfaToken}` };
      expect((await house.app.inject({ url: '/userinfo', headers })).statusCode).toBe(401);
      const asRefresh = await house.token({
        grant_type: 'refresh_token',
        refresh_token: mfaToken,
        ...credentials,
      });
      expect(asRefresh.status).toBe(403);

      const otp = await codeOf(secret, Date.now());
      const { client: other, clientSecret } = await house.addClient({
        appType: 'regular_web',
        grantTypes: direct,
      });
      const foreign = { client_id: other.clientId, client_secret: clientSecret };
      expect((await mfa(mfaToken, { otp, ...foreign })).body.error_description).toBe(
        'mfa_token not issued to this client',
      );
      const edited = await mfa(`${mfaToken.slice(0, -1)}${mfaToken.endsWith('A') ? 'B' : 'A'}`, { otp });
      expect(edited.status).toBe(401);
      expect(edited.body).toEqual({ error: 'invalid_grant', error_description: 'Malformed mfa_token' });
      expect((await mfa(mfaToken, { otp })).status).toBe(200);
      const spent = await mfa(mfaToken, { otp: await codeOf(secret, Date.now() + 30_000) });
      expect(spent.status).toBe(401);
      expect(spent.body).toEqual({ error: 'expired_token', error_description: 'mfa_token is expired' });
    });

    it('S-25 before the second factor nothing usable is handed out', async () => {
      const { house, login, enrolled } = await setUp();
      await enrolled();
      const before = await house.database.db.selectFrom('oidc_records').selectAll().execute();
      const { body, headers } = await login({ audience: 'api', scope: 'openid offline_access read' });
      expect(Object.keys(body).sort()).toEqual([
        'error',
        'error_description',
        'mfa_requirements',
        'mfa_token',
      ]);
      expect(headers).not.toHaveProperty('set-cookie');
      expect(await house.database.db.selectFrom('oidc_records').selectAll().execute()).toEqual(before);
      expect(await house.database.db.selectFrom('sessions').selectAll().execute()).toEqual([]);
    });

    it('answer wrong and malformed proofs by the contract, and lock', async () => {
      const { login, mfa, enrolled } = await setUp();
      const secret = await enrolled();
      const mfaToken = (await login()).body.mfa_token as string;
      const right = await codeOf(secret, Date.now());
      const wrong = right === '000000' ? '000001' : '000000';
      const refused = await mfa(mfaToken, { otp: wrong });
      expect(refused.status).toBe(403);
      expect(refused.body).toEqual({ error: 'invalid_grant', error_description: 'Invalid otp_code.' });
      for (const malformed of ['12345', 'abcdef', '１２３４５６', `${right} `.repeat(50)]) {
        const { status, body } = await mfa(mfaToken, { otp: malformed });
        expect(status).toBe(400);
        expect(body).toEqual({ error: 'invalid_grant', error_description: 'Invalid otp_code.' });
      }
      const missing = await mfa(mfaToken, {});
      expect(missing.body.error_description).toBe('Missing required parameter: otp');
      for (let attempt = 0; attempt < 9; attempt += 1) await mfa(mfaToken, { otp: wrong });
      const second = (await login()).body.mfa_token as string;
      const locked = await mfa(second, { otp: right });
      expect(locked.status).toBe(429);
      expect(locked.body.error).toBe('too_many_attempts');
      expect(locked.headers).toHaveProperty('retry-after');
    });

    it('S-13 a proof in JSON that is no text changes nothing', async () => {
      const { house, credentials, login, enrolled } = await setUp();
      await enrolled();
      const mfaToken = (await login()).body.mfa_token as string;
      const counted = () => house.database.db.selectFrom('second_factor_locks').selectAll().execute();
      const before = await counted();
      for (const otp of [123456, ['123456'], { $ne: '' }, true, 'x'.repeat(10_000)]) {
        const { statusCode } = await house.app.inject({
          method: 'POST',
          url: '/oauth/token',
          headers: { host: 'login.example.com', 'content-type': 'application/json' },
          payload: { grant_type: grantTypes.mfaOtp, mfa_token: mfaToken, otp, ...credentials },
        });
        expect(statusCode).toBe(400);
      }
      expect(await counted()).toEqual(before);
    });

    it('enrol a first factor, and take the recovery code in its place', async () => {
      const { house, login, mfa } = await setUp();
      await house.setTenant({ policy: 'always' });
      const asked = await login({ scope: 'openid' });
      expect(asked.body.mfa_requirements).toEqual({ enroll: [{ type: 'otp' }] });
      const found = await house.engine.findByToken(asked.body.mfa_token);
      if (found.outcome !== 'found') throw new Error('The transaction was not found.');
      const enrolment = await house.engine.beginEnrolment(
        found.transaction.id,
        { factor: 'otp' },
        {
          ip: '192.0.2.1',
          userAgent: '',
        },
      );
      if (enrolment.outcome !== 'begun') throw new Error('Enrolment was refused.');
      const confirmed = await mfa(asked.body.mfa_token, {
        otp: await codeOf(enrolment.shown.secret ?? '', Date.now()),
      });
      expect(confirmed.status).toBe(200);

      const recoveryCode = enrolment.beside?.recoveryCode ?? '';
      const again = (await login({ scope: 'openid' })).body.mfa_token as string;
      const wrong = await mfa(again, { recovery_code: 'A'.repeat(24) }, grantTypes.mfaRecoveryCode);
      expect(wrong.status).toBe(403);
      expect(wrong.body).toEqual({
        error: 'invalid_grant',
        error_description: 'MFA Authorization rejected.',
      });
      const right = await mfa(again, { recovery_code: recoveryCode }, grantTypes.mfaRecoveryCode);
      expect(right.status).toBe(200);
      expect(right.body.recovery_code).toMatch(/^[A-Z1-9]{24}$/);
      expect(right.body.recovery_code).not.toBe(recoveryCode);
      expect(decodeJwt(right.body.id_token).amr).toEqual(['mfa', 'pwd']);
      expect(await house.events()).toContain('sercft');
    });

    it('S-10 take each code of a list once, and answer with a new one after the last only', async () => {
      const { house, client, userId, login, mfa } = await setUp();
      const codes = { enabled: true, settings: { codes: 10 } };
      await house.setTenant({ factors: { otp: { enabled: true }, 'recovery-code': codes } });
      const { beside } = await enrolOtp(house, userId, client);
      const list = beside?.recoveryCodes?.split(' ') ?? [];
      expect(list).toHaveLength(10);
      await house.setTenant({ policy: 'always' });
      const use = async (code = '') =>
        mfa((await login()).body.mfa_token, { recovery_code: code }, grantTypes.mfaRecoveryCode);
      for (const code of list.slice(0, 9)) {
        const answer = await use(code);
        expect(answer.status).toBe(200);
        expect(answer.body).not.toHaveProperty('recovery_code');
      }
      expect((await use(list[0])).status).toBe(403);
      expect((await use(list[9])).body.recovery_code).toMatch(/^[A-Z1-9]{24}$/);
    });

    it('know no out-of-band challenge as long as no factor sends one', async () => {
      const { login, mfa, enrolled } = await setUp();
      await enrolled();
      const mfaToken = (await login()).body.mfa_token as string;
      const { status, body } = await mfa(mfaToken, { oob_code: 'x' }, grantTypes.mfaOob);
      expect(status).toBe(400);
      expect(body.error_description).toBe("The oob_code doesn't match the mfa_token");
    });

    it('ask for a step-up scope even where the policy asks for nothing', async () => {
      const { house, client, userId, login } = await setUp();
      await enrolOtp(house, userId, client);
      expect((await login({ audience: 'api', scope: 'read' })).status).toBe(200);
      expect((await login({ audience: 'api', scope: 'pay' })).body.error).toBe('mfa_required');
    });

    it('give tokens for the MFA API ten minutes and the proofs behind them', async () => {
      const { house, client, userId, login, mfa } = await setUp();
      const { secret } = await enrolOtp(house, userId, client);
      const asked = await login({ audience: `${issuer}mfa/`, scope: 'enroll' });
      expect(asked.body.error).toBe('mfa_required');
      const { body } = await mfa(asked.body.mfa_token, { otp: await codeOf(secret, Date.now()) });
      expect(body.expires_in).toBe(600);
      expect(decodeJwt(body.access_token)).toMatchObject({
        aud: `${issuer}mfa/`,
        scope: 'enroll',
        'urn:countersign:proofs': [{ factor: 'password' }, { factor: 'otp', methodId: expect.any(String) }],
      });
    });
  });
});
