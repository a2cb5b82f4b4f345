import { createHash, createHmac, generateKeyPairSync } from 'node:crypto';
import { exportJWK, importJWK, SignJWT } from 'jose';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { operatorConnection } from '../../src/accounts/operators.ts';
import { grantTypes } from '../../src/applications/client.ts';
import { loadSigningKeys } from '../../src/crypto/signingKeys.ts';
import { multiFactorAcr } from '../../src/mfa/authenticationContext.ts';
import { proofsClaim } from '../../src/mfa/proofsClaim.ts';
import { defaultTenantSettings } from '../../src/tenant/tenantSettings.ts';
import type { Answer } from './httpClient.ts';
import {
  type Application,
  apiAudience,
  authorizationRequest,
  callback,
  type Person,
  password,
  type Target,
  targetStarter,
} from './target.ts';

const start = targetStarter();
let target: Target;
let application: Application;
let strict: Application;
let person: Person;

beforeAll(async () => {
  target = await start();
  await target.api();
  application = await target.application();
  strict = await target.application({ mfaPolicy: 'always' });
  person = await target.enrolledPerson(strict);
});

beforeEach(async () => {
  await target.setTenant(defaultTenantSettings);
  await target.house.database.db.deleteFrom('throttles').execute();
});

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

/** A browser's code and all that its exchange needs. */
async function code(who: Application, parameters: Record<string, string> = {}, by = person) {
  const browser = target.browser();
  const { path, verifier } = authorizationRequest(who, parameters);
  await browser.open(path);
  let answer = await browser.submit({ username: by.email, password });
  if (browser.at.includes('mfa-otp-challenge'))
    answer = await browser.submit({ code: await target.code(by) });
  const received = new URL(answer.headers.location ?? '').searchParams.get('code') ?? '';
  return {
    grant_type: grantTypes.authorizationCode,
    code: received,
    redirect_uri: callback,
    code_verifier: verifier,
  };
}

describe('S-27 the second step grants what the first one asked for', () => {
  it('and neither scope nor audience grows, by whichever parameter', async () => {
    const greedy: Record<string, string>[] = [
      { scope: 'openid profile email offline_access transfer:money read:account' },
      { audience: apiAudience },
      { audience: apiAudience, scope: 'transfer:money', resource: apiAudience },
      { audience: `${target.issuer}mfa/`, scope: 'enroll remove:authenticators' },
      { acr_values: multiFactorAcr, claims: '{"id_token":{"email":null}}', client_metadata: '{}' },
    ];
    for (const more of greedy) {
      const who = await target.enrolledPerson(strict);
      const mfaToken = await target.mfaToken(strict, who, { scope: 'openid' });
      const { body } = await target.redeem(strict, mfaToken, await target.code(who), more);
      expect(body.scope, JSON.stringify(more)).toBe('openid');
      expect(body.refresh_token).toBeUndefined();
      expect(body.access_token).not.toContain('.');
      expect(claimsOf(body.id_token)).not.toHaveProperty('email');
    }
  });

  it('at the exchange of a code too', async () => {
    const exchange = await code(application, { scope: 'openid', audience: '' });
    const more = {
      scope: 'openid email read:account offline_access',
      audience: apiAudience,
      resource: apiAudience,
    };
    const { body } = await target.token(application, { ...exchange, ...more });
    expect(body.scope).toBe('openid');
    expect(body.access_token).not.toContain('.');
    expect(body.refresh_token).toBeUndefined();
  });

  it('and a refresh token gives no other API and no further scope', async () => {
    await target.api({ identifier: 'https://other.example.com/' });
    const asked = { audience: apiAudience, scope: 'openid offline_access read:account' };
    const { body } = await target.login(application, person, asked);
    const refresh = { grant_type: grantTypes.refreshToken, refresh_token: body.refresh_token };
    const greedy: Record<string, string>[] = [
      { scope: 'openid read:account transfer:money' },
      { scope: 'openid email' },
      { audience: 'https://other.example.com/' },
      { audience: `${target.issuer}mfa/`, scope: 'enroll' },
    ];
    for (const more of greedy) {
      const answer = await target.token(application, { ...refresh, ...more });
      if (answer.status === 200) {
        const { aud, scope } = claimsOf(answer.body.access_token);
        expect([aud].flat()).not.toContain('https://other.example.com/');
        expect([aud].flat()).not.toContain(`${target.issuer}mfa/`);
        expect(scope).not.toMatch(/transfer|enroll/);
      }
    }
    const kept = await target.token(application, refresh);
    expect(kept.status).toBe(200);
  });
});

describe('S-31 a refresh', () => {
  const refreshed = async (refreshToken: string, more: Record<string, string> = {}) =>
    target.token(application, { grant_type: grantTypes.refreshToken, refresh_token: refreshToken, ...more });

  it('never says more than its sign-in proved, whatever the session proved later', async () => {
    const who = await target.enrolledPerson(strict);
    const browser = target.browser();
    const first = authorizationRequest(application, { scope: 'openid offline_access' });
    await browser.open(first.path);
    const answer = await browser.submit({ username: who.email, password });
    const received = new URL(answer.headers.location ?? '').searchParams.get('code') ?? '';
    const tokens = await target.token(application, {
      grant_type: grantTypes.authorizationCode,
      code: received,
      redirect_uri: callback,
      code_verifier: first.verifier,
    });
    await browser.open(authorizationRequest(application, { acr_values: multiFactorAcr }).path);
    await browser.submit({ code: await target.code(who) });
    const { body } = await refreshed(tokens.body.refresh_token);
    expect(claimsOf(body.id_token)).not.toHaveProperty('acr');
    expect(claimsOf(body.id_token)).not.toHaveProperty('amr');
  });

  it('answers mfa_required once the policy asks, for this application only, and to its owner only', async () => {
    const who = await target.enrolledPerson(strict);
    const { body } = await target.login(application, who, { scope: 'openid offline_access' });
    await target.setTenant({ policy: 'always' });
    const interrupted = await refreshed(body.refresh_token);
    expect([interrupted.status, interrupted.body.error]).toEqual([403, 'mfa_required']);
    expect(interrupted.text).not.toContain('access_token');
    const foreign = await target.redeem(strict, interrupted.body.mfa_token, await target.code(who));
    expect(foreign.body.error).toBe('invalid_request');
    const completed = await target.redeem(application, interrupted.body.mfa_token, await target.code(who));
    expect(completed.status).toBe(200);
    expect(claimsOf(completed.body.id_token).amr).toContain('mfa');
  });
});

describe('S-69 the proof of the code’s owner', () => {
  it('is needed from public applications, at both ends, and is S256 only', async () => {
    const spa = await target.application({
      tokenEndpointAuthMethod: 'none',
      grantTypes: [grantTypes.authorizationCode],
    });
    const downgrades: Record<string, string>[] = [
      { code_challenge: '', code_challenge_method: '' },
      { code_challenge: '' },
      { code_challenge_method: 'plain' },
      { code_challenge_method: '' },
      { code_challenge_method: 's256' },
      { code_challenge_method: 'S512' },
      { code_challenge: 'short' },
      { code_challenge: 'ü'.repeat(43) },
      { code_challenge: 'x'.repeat(129) },
    ];
    for (const downgrade of downgrades) {
      const { headers } = await target.send(authorizationRequest(spa, downgrade).path);
      expect(headers.location, JSON.stringify(downgrade)).toMatch(
        /^https:\/\/app\.example\.com\/callback\?error=invalid_request/,
      );
    }
  });

  it.each([
    ['none', { code_verifier: '' }],
    ['another one', { code_verifier: 'v'.repeat(43) }],
    ['the challenge itself', { code_verifier: 'CHALLENGE' }],
    ['too short a one', { code_verifier: 'v' }],
    ['another redirect URI', { redirect_uri: `${callback}/` }],
    ['no redirect URI', { redirect_uri: '' }],
  ] as const)('%s is refused, and spends the code', async (_what, wrong) => {
    const spa = await target.application({
      tokenEndpointAuthMethod: 'none',
      grantTypes: [grantTypes.authorizationCode],
    });
    const credentials = { client_id: spa.client.clientId };
    const right = await code(spa, { scope: 'openid' });
    const challenge = createHash('sha256').update(right.code_verifier).digest('base64url');
    const fields = { ...right, ...wrong } as Record<string, string>;
    if (fields.code_verifier === 'CHALLENGE') fields.code_verifier = challenge;
    const answer = await target.send('/oauth/token', { form: { ...credentials, ...fields } });
    expect([400, 403]).toContain(answer.status);
    expect(answer.text).not.toContain('access_token');
  });
});

describe('S-72 a token that is not exactly what is expected', () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const guarded = ['/userinfo', '/mfa/authenticators'] as const;

  async function forge(): Promise<{ what: string; token: string }[]> {
    const { vault, database, clock } = target.house;
    const { keys } = await loadSigningKeys(database.db, vault, clock);
    const [rsa] = keys.filter(({ kty }) => kty === 'RSA');
    const { d, p, q, dp, dq, qi, ...publicRsa } = rsa ?? {};
    const now = Math.floor(clock() / 1000);
    const mfa = `${target.issuer}mfa/`;
    const claims = {
      iss: target.issuer,
      sub: person.id,
      aud: [mfa, `${target.issuer}userinfo`],
      iat: now,
      exp: now + 600,
      scope: 'openid read:authenticators remove:authenticators enroll',
      client_id: application.client.clientId,
      azp: application.client.clientId,
      [proofsClaim]: [{ factor: 'otp', methodId: 'totp|dev_x', at: clock() }],
    };
    const header = { alg: 'RS256', typ: 'at+jwt', kid: rsa?.kid };
    const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const foreignJwk = await exportJWK(foreign.publicKey);
    const pem = foreign.publicKey.export({ type: 'spki', format: 'pem' });
    const signed = (protectedHeader: Record<string, unknown>, payload: object = claims) =>
      new SignJWT({ ...payload })
        .setProtectedHeader(protectedHeader as { alg: string })
        .sign(foreign.privateKey);
    const hmac = (key: string, alg = 'HS256') => {
      const input = `${encode({ ...header, alg })}.${encode(claims)}`;
      return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
    };
    const unsigned = (alg: unknown, kid: unknown = rsa?.kid) =>
      `${encode({ ...header, alg, kid })}.${encode(claims)}.`;
    const ours = await importJWK(rsa ?? {}, 'RS256');
    const byUs = (changes: object, more: object = {}) =>
      new SignJWT({ ...claims, ...changes })
        .setProtectedHeader({ ...header, ...more } as { alg: string })
        .sign(ours);
    const good = await byUs({});
    const [, payload, signature] = good.split('.');
    return [
      { what: 'alg none', token: unsigned('none') },
      { what: 'alg None', token: unsigned('None') },
      {
        what: 'alg none with a signature',
        token: `${encode({ ...header, alg: 'none' })}.${payload}.${signature}`,
      },
      { what: 'no alg', token: unsigned(undefined) },
      { what: 'HS256 with the public JWK', token: hmac(JSON.stringify(publicRsa)) },
      { what: 'HS256 with the modulus', token: hmac(String(rsa?.n)) },
      { what: 'HS256 with an empty key', token: hmac('') },
      { what: 'HS256 with a PEM', token: hmac(String(pem)) },
      { what: 'another key under our kid', token: await signed(header) },
      { what: 'another key with its own kid', token: await signed({ ...header, kid: 'foreign' }) },
      { what: 'another key, embedded', token: await signed({ ...header, jwk: foreignJwk }) },
      {
        what: 'another key by jku',
        token: await signed({ ...header, jku: 'https://evil.example.net/jwks.json' }),
      },
      {
        what: 'another key by x5u',
        token: await signed({ ...header, x5u: 'https://evil.example.net/x.pem' }),
      },
      { what: 'another key, no kid', token: await signed({ alg: 'RS256', typ: 'at+jwt' }) },
      { what: 'a path as kid', token: await signed({ ...header, kid: '../../../../dev/null' }) },
      { what: 'SQL as kid', token: await signed({ ...header, kid: "x' or '1'='1" }) },
      { what: 'another issuer', token: await byUs({ iss: 'https://evil.example.net/' }) },
      { what: 'our issuer without its slash', token: await byUs({ iss: target.issuer.replace(/\/$/, '') }) },
      { what: 'another audience', token: await byUs({ aud: apiAudience }) },
      { what: 'our audience without its slash', token: await byUs({ aud: `${target.issuer}mfa` }) },
      { what: 'no audience', token: await byUs({ aud: undefined }) },
      { what: 'expired', token: await byUs({ exp: now - 60 }) },
      { what: 'without end', token: await byUs({ exp: undefined }) },
      { what: 'not yet', token: await byUs({ nbf: now + 600 }) },
      { what: 'without a subject', token: await byUs({ sub: undefined }) },
      { what: 'of nobody', token: await byUs({ sub: 'auth0|000000000000000000000000' }) },
      { what: 'an ID token’s type', token: await byUs({}, { typ: 'JWT' }) },
      { what: 'no type', token: await byUs({}, { typ: undefined }) },
      { what: 'a logout token’s type', token: await byUs({}, { typ: 'logout+jwt' }) },
      {
        what: 'an unknown critical member',
        token: await signed({ ...header, crit: ['exp'], exp: 1 }).catch(() => 'a.b.c'),
      },
      {
        what: 'a changed payload',
        token: `${good.split('.')[0]}.${encode({ ...claims, sub: 'auth0|x' })}.${signature}`,
      },
      { what: 'a cut signature', token: good.slice(0, -4) },
      { what: 'no signature', token: `${good.split('.')[0]}.${payload}.` },
      { what: 'a second payload', token: `${good}.${payload}` },
    ];
  }

  it('opens neither userinfo nor the MFA API', async () => {
    for (const { what, token } of await forge()) {
      for (const path of guarded) {
        const answer = await target.send(path, { headers: { authorization: `Bearer ${token}` } });
        expect(answer.status, `${what} at ${path}`).toBe(401);
      }
      const removal = { method: 'DELETE', headers: { authorization: `Bearer ${token}` } };
      expect((await target.send('/mfa/authenticators/totp%7Cdev_x', removal)).status, what).toBe(401);
    }
  });

  it('is no other kind of token either', async () => {
    const { body: tokens } = await target.login(application, person, {
      audience: apiAudience,
      scope: 'openid offline_access read:account',
    });
    const { body: opaque } = await target.login(application, person, { scope: 'openid' });
    const machine = (
      await target.token(application, { grant_type: grantTypes.clientCredentials, audience: apiAudience })
    ).body;
    const mfaToken = await target.mfaToken(strict, person);
    const all = {
      api: tokens.access_token,
      id: tokens.id_token,
      refresh: tokens.refresh_token,
      opaque: opaque.access_token,
      machine: machine.access_token,
      mfa: mfaToken,
    };
    const statusAt = async (path: string, token: string, call = {}) =>
      (await target.send(path, { ...call, headers: { authorization: `Bearer ${token}` } })).status;
    for (const [kind, token] of Object.entries(all)) {
      // The API token and the opaque one open userinfo, the mfa_token the list: nothing else opens anything.
      expect(await statusAt('/userinfo', token), `${kind} at userinfo`).toBe(
        ['api', 'opaque'].includes(kind) ? 200 : 401,
      );
      expect(await statusAt('/mfa/authenticators', token), `${kind} at the list`).toBe(
        kind === 'mfa' ? 200 : 401,
      );
      expect(await statusAt('/mfa/authenticators/x', token, { method: 'DELETE' }), `${kind} to delete`).toBe(
        kind === 'mfa' ? 403 : 401,
      );
      expect(
        await statusAt('/mfa/associate', token, { json: { authenticator_types: ['otp'] } }),
        `${kind} to enrol`,
      ).toBe(kind === 'mfa' ? 403 : 401);
      const uses: [string, Record<string, string>][] = [
        [
          'code',
          {
            grant_type: grantTypes.authorizationCode,
            code: token,
            redirect_uri: callback,
            code_verifier: 'v'.repeat(43),
          },
        ],
        ['refresh token', { grant_type: grantTypes.refreshToken, refresh_token: token }],
        ['mfa_token', { grant_type: grantTypes.mfaOtp, mfa_token: token, otp: '000000' }],
      ];
      for (const [use, fields] of uses) {
        if (kind === 'refresh' && use === 'refresh token') continue;
        const answer = await target.token(application, fields);
        expect([400, 401, 403], `${kind} as ${use}: ${answer.text}`).toContain(answer.status);
        expect(answer.text).not.toContain('access_token"');
      }
    }
  });

  it('is no proof of an application: foreign, old, reused and misdirected assertions', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k' };
    const signer = await target.application({
      tokenEndpointAuthMethod: 'private_key_jwt',
      publicKeys: { keys: [jwk] },
    });
    const id = signer.client.clientId;
    const now = Math.floor(Date.now() / 1000);
    const good = { iss: id, sub: id, aud: target.issuer, iat: now, exp: now + 60, jti: 'one' };
    const assert = async (claims: object, alg = 'ES256', key = privateKey): Promise<Answer> => {
      const assertion = await new SignJWT({ ...claims }).setProtectedHeader({ alg, kid: 'k' }).sign(key);
      return present(assertion);
    };
    const present = (assertion: string) =>
      target.send('/oauth/token', {
        form: {
          grant_type: grantTypes.clientCredentials,
          audience: apiAudience,
          client_assertion: assertion,
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        },
      });
    expect((await assert(good)).status).toBe(200);
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const refused: Promise<Answer>[] = [
      assert(good),
      assert({ ...good, jti: 'two', aud: 'https://evil.example.net/' }),
      assert({ ...good, jti: 'three', exp: now - 60 }),
      assert({ ...good, jti: 'four', sub: application.client.clientId, iss: application.client.clientId }),
      assert({ ...good, jti: 'five', iss: 'x' }),
      assert({ ...good, jti: undefined }),
      assert({ ...good, jti: 'six', exp: undefined }),
      assert({ ...good, jti: 'seven' }, 'ES256', other),
      present(`${encode({ alg: 'none' })}.${encode({ ...good, jti: 'eight' })}.`),
      present(hs256({ ...good, jti: 'nine' }, JSON.stringify(jwk))),
    ];
    for (const answer of await Promise.all(refused)) {
      expect([401, 'invalid_client'], answer.text).toEqual([answer.status, answer.body.error]);
    }
  });

  function hs256(claims: object, key: string): string {
    const input = `${encode({ alg: 'HS256', kid: 'k' })}.${encode(claims)}`;
    return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
  }
});

describe('S-107 the operators’ connection', () => {
  it('signs nobody in to an application, by whatever name it is asked for', async () => {
    const { email } = await target.person('operator@example.com', operatorConnection);
    const login = { username: email, password };
    const ways: Record<string, string>[] = [
      { grant_type: grantTypes.password, realm: operatorConnection },
      { grant_type: grantTypes.passwordRealm, realm: operatorConnection },
      { grant_type: grantTypes.password },
      {
        grant_type: grantTypes.password,
        realm: operatorConnection,
        audience: `${target.issuer}mfa/`,
        scope: 'enroll',
      },
    ];
    for (const fields of ways) {
      const answer = await target.token(application, { ...login, ...fields });
      expect([answer.status, answer.body.error]).toEqual([403, 'invalid_grant']);
    }
    const browser = target.browser();
    await browser.open(authorizationRequest(application, { connection: operatorConnection }).path);
    expect((await browser.submit(login)).status).toBe(400);
    const signUp = {
      client_id: application.client.clientId,
      connection: operatorConnection,
      email: 'new@example.com',
      password,
    };
    expect((await target.send('/dbconnections/signup', { json: signUp })).status).toBe(400);
    expect((await target.send('/dbconnections/change_password', { json: signUp })).status).toBe(400);
  });

  it('S-106 and the console opens to no session, token or cookie of an application’s user', async () => {
    const browser = target.browser();
    await browser.open(authorizationRequest(strict).path);
    await browser.submit({ username: person.email, password });
    await browser.submit({ code: await target.code(person, 1) });
    const token = (await target.login(application, person, { scope: 'openid' })).body.access_token;
    const before = await target.dump(['logs', 'throttles']);
    const ofConsole = target.routes.filter(
      ({ url, method }) => method !== 'HEAD' && /^\/operator(?:\/|$)/.test(url) && !url.includes('assets'),
    );
    expect(ofConsole.length).toBeGreaterThan(10);
    for (const { method, url } of ofConsole) {
      const path = url
        .replace(':user', encodeURIComponent(person.id))
        .replace(':act', 'reset-mfa')
        .replace(/:\w+|\*$/, 'otp');
      const session = browser.cookies.get('countersign /')?.value ?? '';
      for (const headers of [
        { cookie: browser.cookieHeader(), authorization: `Bearer ${token}` },
        { cookie: `cs_operator=${session}` },
        { cookie: `cs_operator=${token}` },
      ] as Record<string, string>[]) {
        const answer = await target.send(path, {
          method,
          headers,
          ...(method === 'POST' ? { form: { policy: 'never', enabled: 'false', csrf: 'x' } } : {}),
        });
        const isSignIn = answer.status === 303 && answer.headers.location?.startsWith('/u/login?state=op-');
        expect(
          isSignIn || [400, 401, 403, 404].includes(answer.status),
          `${method} ${path} ${answer.status}`,
        ).toBe(true);
        expect(answer.text).not.toContain(person.email);
      }
    }
    expect(await target.dump(['logs', 'throttles'])).toEqual(before);
  });
});
