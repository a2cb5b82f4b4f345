import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { databaseOpener } from '../../../test/support/databases.ts';
import { callback, createTestOidc } from '../../../test/support/oidc.ts';
import { deleteClient } from '../../applications/clients.ts';

const open = databaseOpener('sqlite');

async function setUp() {
  const house = await createTestOidc(await open());
  const { client } = await house.addClient({ appType: 'spa' });
  await house.addApi({ identifier: 'api', scopes: [{ value: 'read', description: '' }] });
  const userId = await house.addUser();
  const tokens = async (parameters: Record<string, string> = {}) => {
    const { code, verifier } = await house.browser().signIn(client.clientId, userId, parameters);
    const { body } = await house.token({
      grant_type: 'authorization_code',
      client_id: client.clientId,
      redirect_uri: callback,
      code,
      code_verifier: verifier,
    });
    return body as { access_token: string; id_token: string };
  };
  const userinfo = async (token: string | undefined, headers: Record<string, string> = {}) => {
    const response = await house.app.inject({
      url: '/userinfo',
      headers: {
        host: 'login.example.com',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
    return { status: response.statusCode, body: response.json(), headers: response.headers };
  };
  return { house, client, userId, tokens, userinfo };
}

describe('/userinfo', () => {
  it('answers to opaque tokens and to those of an API, by scope', async () => {
    const { userId, tokens, userinfo } = await setUp();
    const { access_token: opaque } = await tokens({ scope: 'openid profile' });
    expect((await userinfo(opaque)).body).toEqual({
      sub: userId,
      name: 'kim@example.com',
      nickname: 'kim',
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    const { access_token: signed } = await tokens({ scope: 'openid email read', audience: 'api' });
    const answer = await userinfo(signed);
    expect(answer.body).toEqual({ sub: userId, email: 'kim@example.com', email_verified: true });
    expect(answer.headers).toHaveProperty('x-ratelimit-remaining');
  });

  it('takes the token by POST, and in one place only', async () => {
    const { house, tokens } = await setUp();
    const { access_token } = await tokens();
    expect((await house.post('/userinfo', { access_token })).status).toBe(200);
    const twice = await house.post(
      '/userinfo',
      { access_token },
      { authorization: `Bearer ${access_token}` },
    );
    expect(twice.status).toBe(401);
    const inUrl = await house.app.inject({
      url: `/userinfo?access_token=${access_token}`,
      headers: { host: 'login.example.com' },
    });
    expect(inUrl.statusCode).toBe(401);
  });

  it('lacks what the scope lacks', async () => {
    const { tokens, userinfo } = await setUp();
    const { access_token } = await tokens({ scope: 'read', audience: 'api' });
    const { status, headers } = await userinfo(access_token);
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toMatch(/^Bearer error="invalid_token"/);
    expect((await userinfo(undefined)).headers['www-authenticate']).toBe('Bearer');
  });

  it('S-72 refuses every token that is not exactly an access token of ours for it', async () => {
    const { house, client, userId, tokens, userinfo } = await setUp();
    const { access_token: good, id_token: idToken } = await tokens({ scope: 'openid read', audience: 'api' });
    const { kid } = decodeProtectedHeader(good);
    const claims = decodeJwt(good);
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const forge = (header: Record<string, unknown>, changes: Record<string, unknown> = {}) =>
      new SignJWT({ ...claims, ...changes })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid, ...header } as never)
        .sign(privateKey);
    const ring = await house.oidc.parts.keys.keys();
    const ours = ring.find((key) => key.alg === 'RS256');
    const publicPem = ours?.publicKey.export({ type: 'spki', format: 'pem' }) as string;
    const confused = new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: kid ?? '' })
      .sign(new TextEncoder().encode(publicPem));
    const signOurs = (header: Record<string, unknown>, changes: Record<string, unknown> = {}) =>
      new SignJWT({ ...claims, ...changes })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid, ...header } as never)
        .sign(ours?.privateKey as never);
    const [head, payload, signature] = good.split('.');
    const none = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`;

    expect((await userinfo(await signOurs({}))).status).toBe(200);
    const bad: Record<string, string> = {
      none,
      'RS to HS': await confused,
      'foreign key': await forge({}),
      'foreign key by jwk': await forge({ jwk: await exportJWK(publicKey) }),
      'foreign key by jku': await forge({ jku: 'https://evil.example/jwks' }),
      'unknown kid': await signOurs({ kid: 'unknown' }),
      'no kid': await signOurs({ kid: undefined }),
      'kid of another algorithm': await signOurs({ kid: `${kid}-ps256` }),
      'an ID token': idToken,
      'wrong type': await signOurs({ typ: 'JWT' }),
      'no type': await signOurs({ typ: undefined }),
      'other issuer': await signOurs({}, { iss: 'https://other.example/' }),
      'other audience': await signOurs({}, { aud: 'api' }),
      expired: await signOurs({}, { exp: Math.floor(Date.now() / 1000) - 1 }),
      'no expiry': await signOurs({}, { exp: undefined }),
      'unknown user': await signOurs({}, { sub: 'auth0|nobody' }),
      'altered payload': `${head}.${Buffer.from(JSON.stringify({ ...claims, sub: 'x' })).toString('base64url')}.${signature}`,
      'altered signature': `${head}.${payload}.${signature?.slice(0, -4)}AAAA`,
      nonsense: 'nonsense',
      'a client id': client.clientId,
      'a user id': userId.replace('|', '-'),
    };
    for (const [name, token] of Object.entries(bad)) {
      const { status, body } = await userinfo(token);
      expect(status, name).toBe(401);
      expect(body.error, name).toBe('invalid_token');
    }
    const { access_token: opaque } = await tokens();
    await house.database.db.updateTable('users').set({ blocked: 1 }).execute();
    expect((await userinfo(opaque)).status).toBe(401);
    expect((await userinfo(good)).status).toBe(401);
  });

  it('S-38 refuses the tokens of an application that was deleted, and of no other', async () => {
    const { house, client, userId, tokens, userinfo } = await setUp();
    const { access_token: opaque } = await tokens();
    const { access_token: signed } = await tokens({ scope: 'openid read', audience: 'api' });
    const { client: other } = await house.addClient({ appType: 'spa' });
    const { code, verifier } = await house.browser().signIn(other.clientId, userId);
    const { body } = await house.token({
      grant_type: 'authorization_code',
      client_id: other.clientId,
      redirect_uri: callback,
      code,
      code_verifier: verifier,
    });
    const { db } = house.database;
    const records = () => db.selectFrom('oidc_records').selectAll().execute();
    const kept = await records();
    expect(await house.database.transaction((trx) => deleteClient(trx, client.clientId))).toBe(true);

    const left = await records();
    expect(left.filter(({ payload }) => payload.includes(`"clientId":"${client.clientId}"`))).toEqual([]);
    expect(left.some(({ model }) => model === 'Session')).toBe(true);
    expect((await userinfo(body.access_token)).status).toBe(200);
    // Even where a record outlives its application: one that a request under way stored after the deletion.
    await db
      .insertInto('oidc_records')
      .values(
        kept.filter(({ model, payload }) => model === 'AccessToken' && payload.includes(client.clientId)),
      )
      .execute();
    for (const token of [opaque, signed]) {
      expect(await userinfo(token)).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    }
  });

  it('S-80 carries no client secret and nothing of other applications', async () => {
    const { house, tokens, userinfo } = await setUp();
    const { client: other, clientSecret } = await house.addClient({ name: 'Other application' });
    const answers = JSON.stringify([await tokens(), (await userinfo((await tokens()).access_token)).body]);
    for (const foreign of [clientSecret, other.clientId, other.name]) expect(answers).not.toContain(foreign);
  });

  it('is limited for each user', async () => {
    const { tokens, userinfo } = await setUp();
    const { access_token } = await tokens();
    const answers = [];
    for (let count = 0; count < 11; count += 1) answers.push(await userinfo(access_token));
    expect(answers.at(-1)?.status).toBe(429);
    expect(answers.at(-1)?.headers).toHaveProperty('retry-after');
  });
});
