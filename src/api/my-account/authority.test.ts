import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import { codeOf } from '../../../test/support/engine.ts';
import {
  createTestMyAccount,
  everyScope,
  type Holder,
  issuer,
  type TestMyAccount,
} from '../../../test/support/myAccount.ts';
import { voidProofs } from '../../accounts/users.ts';
import { createClientGrant } from '../../applications/clientGrants.ts';
import { deleteClient, updateClient } from '../../applications/clients.ts';
import { findResourceServer } from '../../applications/resourceServers.ts';
import { holdUser } from '../../mfa/attempts.ts';

const methods = '/authentication-methods';
const phoneSettings = { messageTypes: ['sms', 'voice'], allowedCountries: ['US'] };

forEachDatabase((_engine, open) => {
  let api: TestMyAccount;
  let ann: Holder;

  beforeEach(async () => {
    api = await createTestMyAccount(await open());
    const phone = { enabled: true, settings: phoneSettings };
    await api.house.setTenant({
      factors: {
        otp: { enabled: true },
        'recovery-code': { enabled: true },
        phone,
        email: { enabled: true },
      },
    });
    ann = await api.holder('auth0|ann');
  });

  afterEach(() => api.close());

  /** Every call, with the scope that it needs and a body that has the form. */
  const calls = (id: string) =>
    [
      ['GET', '/factors', 'read:me:factors'],
      ['GET', methods, 'read:me:authentication_methods'],
      ['GET', `${methods}/${id}`, 'read:me:authentication_methods'],
      ['POST', methods, 'create:me:authentication_methods', { type: 'totp' }],
      ['POST', `${methods}/${id}/verify`, 'create:me:authentication_methods', proofOf(id)],
      ['PATCH', `${methods}/${id}`, 'update:me:authentication_methods', { name: 'Mine' }],
      ['DELETE', `${methods}/${id}`, 'delete:me:authentication_methods'],
      ['GET', '/preferences', 'read:me:preferences'],
      ['PUT', '/preferences', 'update:me:preferences', { preferred_factor: null }],
      ['GET', '/trusted-browsers', 'read:me:trusted_browsers'],
      ['DELETE', '/trusted-browsers/rbr_x', 'delete:me:trusted_browsers'],
      ['DELETE', '/trusted-browsers', 'delete:me:trusted_browsers'],
      ['GET', '/sessions', 'read:me:sessions'],
      ['DELETE', '/sessions/ses_x', 'delete:me:sessions'],
      ['DELETE', '/sessions', 'delete:me:sessions'],
    ] as const;
  const proofOf = (id: string) => ({
    auth_session: 'a'.repeat(43),
    ...(id.startsWith('totp') ? { otp_code: '123456' } : {}),
  });
  const someId = encodeURIComponent('totp|dev_0123456789abcdef');

  it('S-106 each call needs a token of this API with its own scope', async () => {
    for (const [method, path, scope, body] of calls(someId)) {
      const what = `${method} ${path}`;
      const none = await api.send(method, path, { body });
      expect([none.status, none.headers['www-authenticate']], what).toEqual([401, 'Bearer']);
      expect(none.body.type).toBe('https://auth0.com/api-errors/A0E-401-0002');
      const others = everyScope
        .split(' ')
        .filter((one) => one !== scope)
        .join(' ');
      const lacking = await ann.call(method, path, body, { scope: others });
      expect([lacking.status, lacking.body.type], what).toEqual([
        403,
        'https://auth0.com/api-errors/A0E-403-0002',
      ]);
      expect(lacking.headers['www-authenticate']).toContain(`scope="${scope}"`);
      for (const claims of [
        { aud: `${issuer}mfa/` },
        { aud: `${issuer}userinfo` },
        { iss: 'https://evil.example.net/' },
        { exp: 1 },
        { sub: `${api.clientId}@clients` },
        { sub: 'auth0|nobody' },
        { client_id: 'nobody' },
        { client_id: undefined },
      ]) {
        const foreign = await ann.call(method, path, body, { claims });
        expect([foreign.status, foreign.body.type], `${what} ${JSON.stringify(claims)}`).toEqual([
          401,
          'https://auth0.com/api-errors/A0E-401-0003',
        ]);
      }
    }
  });

  it('S-79 S-38 ends with the account, the application, and what was proved', async () => {
    const { db } = api.house.database;
    const status = async () => (await ann.call('GET', methods)).status;
    expect(await status()).toBe(200);
    await db.updateTable('users').set({ blocked: 1 }).execute();
    expect(await status()).toBe(401);
    await db
      .updateTable('users')
      .set({ blocked: 0, proofs_void_before: api.house.clock.now + 1 })
      .execute();
    expect(await status()).toBe(401);
    await db.updateTable('users').set({ proofs_void_before: 0 }).execute();
    expect(await status()).toBe(200);
    expect((await ann.call('GET', methods, undefined, { proofs: [] })).status).toBe(401);
    await api.house.database.transaction((trx) => deleteClient(trx, api.clientId));
    expect(await status()).toBe(401);
  });

  it('a third-party application needs the operator’s client grant, with the scope', async () => {
    const { database, clock } = api.house;
    const tell = () => clock.now;
    await database.transaction((trx) => updateClient(trx, tell, api.clientId, { isFirstParty: false }));
    expect((await ann.call('GET', methods)).status).toBe(403);
    const me = await findResourceServer(database.db, issuer, `${issuer}me/`);
    if (!me) throw new Error('The API is built in.');
    const scope = ['read:me:authentication_methods'];
    await createClientGrant(database.db, tell, api.clientId, me, scope);
    expect((await ann.call('GET', methods)).status).toBe(200);
    expect((await ann.call('GET', '/sessions')).status).toBe(403);
  });

  it('S-11 another person’s methods, sessions and browsers are nobody’s, whatever id is tried', async () => {
    const bob = await api.holder('auth0|bob');
    await ann.enrolOtp();
    await bob.enrolOtp();
    const begun = await ann.call('POST', methods, { type: 'phone', phone_number: '+12025550123' });
    const { database, clock, vault } = api.house;
    const times = { created_at: clock.now, expires_at: clock.now + 600_000 };
    const origin = { ip: '192.0.2.1', user_agent: 'x' };
    const session = { uid: 'ann-session', user_id: ann.userId, proofs: '[]', updated_at: clock.now };
    await database.db
      .insertInto('sessions')
      .values({ ...session, ...origin, ...times })
      .execute();
    await database.db
      .insertInto('remembered_browsers')
      .values({
        ...{ id: 'rbr_ann', user_id: ann.userId, token_hash: vault.hash('x', 'remembered-browser') },
        ...{ ...origin, ...times, last_used_at: clock.now },
      })
      .execute();
    const [{ id: sessionId }] = (await ann.call('GET', '/sessions')).body.sessions;
    const [{ id: browserId }] = (await ann.call('GET', '/trusted-browsers')).body.trusted_browsers;
    const own = (await ann.call('GET', methods)).body.authentication_methods;
    const ids: string[] = [...own.map(({ id }: { id: string }) => id), begun.body.id];
    expect(ids.length).toBeGreaterThan(3);

    const attempts: [string, string, object?][] = ids.flatMap((id) => {
      const path = `${methods}/${encodeURIComponent(id)}`;
      const { auth_session } = begun.body;
      return [
        ['GET', path],
        ['PATCH', path, { name: 'Bob’s' }],
        ['DELETE', path],
        [
          'POST',
          `${path}/verify`,
          {
            auth_session,
            ...(/^(?:totp|phone|email)/.test(id) ? { otp_code: api.house.codes.at(-1)?.code } : {}),
            ...(id.startsWith('password') ? { new_password: 'seven large green apples' } : {}),
          },
        ],
      ];
    });
    attempts.push(['DELETE', `/sessions/${sessionId}`], ['DELETE', `/trusted-browsers/${browserId}`]);
    for (const [method, path, body] of attempts) {
      const answer = await bob.call(method, path, body);
      expect([answer.status, answer.body.type], `${method} ${path}`).toEqual([
        404,
        'https://auth0.com/api-errors/A0E-404-0002',
      ]);
    }
    expect((await ann.call('GET', methods)).body.authentication_methods).toEqual(own);
    expect((await ann.call('GET', '/sessions')).body.sessions).toHaveLength(1);
    expect((await ann.call('GET', '/trusted-browsers')).body.trusted_browsers).toHaveLength(1);
    expect((await bob.call('GET', '/sessions')).body.sessions).toEqual([]);
  });

  describe('budgets', () => {
    it('every answer tells what is left, and 429 when to come back', async () => {
      const first = await ann.call('GET', '/preferences');
      expect(first.headers).toMatchObject({
        'x-ratelimit-limit': '120',
        'x-ratelimit-remaining': '119',
        'x-ratelimit-reset': expect.any(String),
      });
      for (let n = 0; n < 39; n += 1) await ann.call('DELETE', '/trusted-browsers');
      const last = await ann.call('DELETE', '/trusted-browsers');
      expect([last.status, last.headers['x-ratelimit-remaining']]).toEqual([204, '0']);
      const refused = await ann.call('DELETE', '/trusted-browsers');
      expect(refused).toMatchObject({
        status: 429,
        body: { type: 'https://auth0.com/api-errors/A0E-429-0003' },
      });
      expect(refused.headers['retry-after']).toBe('6');
      expect((await ann.call('GET', '/preferences')).status).toBe(200);
    });
  });

  describe('races', () => {
    it('S-01 S-41 two confirmations of one session add one method', async () => {
      const begun = await ann.call('POST', methods, { type: 'totp' });
      const { auth_session, manual_input_code } = begun.body;
      const otp_code = await codeOf(manual_input_code, api.house.clock.now);
      const token = await ann.token();
      const body = { auth_session, otp_code };
      const answers = await Promise.all(
        Array.from({ length: 8 }, () =>
          api.send('POST', `${begun.headers.location}/verify`, { token, body }),
        ),
      );
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      const { authentication_methods } = (await ann.call('GET', `${methods}?type=totp`)).body;
      expect(authentication_methods).toHaveLength(1);
    });

    it('S-39 of two first methods begun at once, one is confirmed', async () => {
      const [one, other] = await Promise.all([
        ann.call('POST', methods, { type: 'totp' }),
        ann.call('POST', methods, { type: 'totp' }),
      ]);
      const token = await ann.token();
      const confirm = async ({ body, headers }: typeof one) =>
        api.send('POST', `${headers.location}/verify`, {
          token,
          body: {
            auth_session: body.auth_session,
            otp_code: await codeOf(body.manual_input_code, api.house.clock.now),
          },
        });
      const answers = await Promise.all([confirm(one), confirm(other)]);
      expect(answers.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(1);
      expect((await ann.call('GET', `${methods}?type=totp`)).body.authentication_methods).toHaveLength(1);
    });

    it('S-42 one session changes the password once', async () => {
      const begun = await ann.call('POST', methods, { type: 'password' });
      const { auth_session } = begun.body;
      const token = await ann.token();
      const answers = await Promise.all(
        ['seven large green apples', 'eight large green apples'].map((new_password) =>
          api.send('POST', `${begun.headers.location}/verify`, {
            token,
            body: { auth_session, new_password },
          }),
        ),
      );
      expect(answers.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(1);
    });

    it('S-10 two renewals leave one set of recovery codes', async () => {
      await ann.enrolOtp();
      const begun = await Promise.all([
        ann.call('POST', methods, { type: 'recovery-code' }),
        ann.call('POST', methods, { type: 'recovery-code' }),
      ]);
      const token = await ann.token();
      await Promise.all(
        begun.map(({ headers, body: { auth_session } }) =>
          api.send('POST', `${headers.location}/verify`, { token, body: { auth_session } }),
        ),
      );
      const { authentication_methods } = (await ann.call('GET', `${methods}?type=recovery-code`)).body;
      expect(authentication_methods).toHaveLength(1);
    });
  });

  it('S-20 nothing is changed under a lock, whatever was proved before it; signing out is', async () => {
    const { id } = await ann.enrolOtp();
    const { database, clock } = api.house;
    const locked = { locked_until: clock.now + 60_000 };
    await database.db.updateTable('second_factor_locks').set(locked).execute();
    const path = `${methods}/${encodeURIComponent(id)}`;
    for (const [method, address, body] of [
      ['POST', methods, { type: 'totp' }],
      ['POST', methods, { type: 'phone', phone_number: '+12025550123' }],
      ['POST', methods, { type: 'recovery-code' }],
      ['POST', methods, { type: 'password' }],
      ['PATCH', path, { name: 'Mine' }],
      ['DELETE', path],
      ['PUT', '/preferences', { preferred_factor: 'totp' }],
    ] as const) {
      const refused = await ann.call(method, address, body);
      expect([refused.status, refused.body.type], `${method} ${address}`).toEqual([
        429,
        'urn:countersign:problem:locked',
      ]);
      expect(refused.headers['retry-after']).toBe('60');
    }
    expect((await ann.call('DELETE', '/trusted-browsers')).status).toBe(204);
    expect((await ann.call('DELETE', '/sessions')).status).toBe(204);
  });

  it('S-40 a factor that was waived is no sign-in, nor is what was proved by a method that is gone', async () => {
    const { clock } = api.house;
    const at = clock.now;
    clock.advance(600);
    for (const later of [
      { factor: 'duo', methodId: 'duo|dev_gone', isWaived: true, at: clock.now } as const,
      { factor: 'otp', methodId: 'totp|dev_gone', at: clock.now },
    ]) {
      ann.proofs = [{ factor: 'password', at }, later];
      for (const type of ['totp', 'password']) {
        const { status, body } = await ann.call('POST', methods, { type });
        expect([status, body.type], `${later.factor} ${type}`).toEqual([
          403,
          'urn:countersign:problem:insufficient-user-authentication',
        ]);
      }
      clock.advance(400);
      const { requirement, reasons } = await api.house.engine.decide({
        ...{ purpose: 'refresh', userId: ann.userId, client: { id: api.clientId, name: 'Shop' } },
        ...{ acrValues: [], scope: [], stepUpScopes: [], mfaAudience: false, myAccountAudience: true },
        proofs: ann.proofs,
      });
      expect([requirement.kind, ...reasons.map(({ code }) => code)]).toEqual([
        'blocked',
        'my_account_audience',
        'sign_in_too_old',
      ]);
      clock.advance(-400);
    }
  });

  it('S-33 who came with a mailbox alone sets something up on a fresh sign-in, and proves that from then on', async () => {
    const { engine, database, clock } = api.house;
    const read = await engine.imports.read([{ email: { value: 'ann@work.example' } }]);
    if ('faults' in read) throw new Error('Not read.');
    await database.transaction((trx) => engine.imports.add(trx, ann.userId, read.methods));
    expect((await ann.enrolOtp()).recoveryCodes).toHaveLength(1);
    const password = { factor: 'password', at: clock.now } as const;
    expect((await ann.call('POST', methods, { type: 'totp' }, { proofs: [password] })).status).toBe(403);
  });

  it('S-28 S-40 what voids proofs while a removal waits counts for it', async () => {
    const { id } = await ann.enrolOtp();
    const { database, engine, clock } = api.house;
    const actor = { kind: 'person', id: api.clientId, proofs: ann.proofs } as const;
    let removed: ReturnType<typeof engine.removeMethod> | undefined;
    await database.transaction(async (trx) => {
      await holdUser(trx, ann.userId);
      removed = engine.removeMethod(ann.userId, id, actor, { ip: '192.0.2.7', userAgent: 'test' });
      await new Promise((resolve) => setTimeout(resolve, 100));
      await voidProofs(trx, () => clock.now, ann.userId);
    });
    expect(await removed).toEqual({ outcome: 'refused', code: 'weak_proof' });
  });

  it('S-20 a renewal that was begun before the lock isn’t confirmed under it', async () => {
    await ann.enrolOtp();
    const begun = await ann.call('POST', methods, { type: 'recovery-code' });
    const { auth_session } = begun.body;
    const { database, clock } = api.house;
    await database.db
      .updateTable('second_factor_locks')
      .set({ locked_until: clock.now + 60_000 })
      .execute();
    expect((await ann.call('POST', `${begun.headers.location}/verify`, { auth_session })).status).toBe(429);
  });

  it('S-43 what the person was shown once is in no later answer', async () => {
    const { secret, recoveryCodes = [] } = await ann.enrolOtp();
    const answers = await Promise.all(
      ['/factors', methods, '/preferences', '/sessions'].map((path) => ann.call('GET', path)),
    );
    const told = JSON.stringify(answers);
    for (const hidden of [secret, ...recoveryCodes]) expect(told).not.toContain(hidden);
    const rows = await database().selectFrom('logs').selectAll().execute();
    for (const hidden of [secret, ...recoveryCodes]) expect(JSON.stringify(rows)).not.toContain(hidden);
  });

  const database = () => api.house.database.db;

  it('S-26 no token of another kind opens it', async () => {
    const begun = await api.house.engine.begin(
      {
        purpose: 'token',
        userId: ann.userId,
        client: { id: api.clientId, name: 'Shop', mfaPolicy: 'always' },
        acrValues: [],
        scope: [],
        stepUpScopes: [],
        mfaAudience: false,
        proofs: ann.proofs,
      },
      { token: true },
      { ip: '192.0.2.7', userAgent: 'test' },
    );
    const mfaToken = begun.outcome === 'begun' ? (begun.mfaToken ?? '') : '';
    const { body } = await ann.call('POST', methods, { type: 'totp' });
    for (const token of [mfaToken, body.auth_session]) {
      expect(token).toMatch(/^[\w-]{43}$/);
      expect((await api.send('GET', methods, { token })).status).toBe(401);
    }
  });

  it('S-44 enrolments that are begun and abandoned come to an end', async () => {
    let refused = 0;
    for (let n = 0; n < 30; n += 1) {
      const { status } = await ann.call('POST', methods, { type: 'totp' });
      if (status === 429) refused += 1;
    }
    expect(refused).toBeGreaterThan(0);
  });

  it('S-45 tells the person what was added and removed', async () => {
    const { id } = await ann.enrolOtp();
    await ann.call('DELETE', `${methods}/${encodeURIComponent(id)}`);
    expect(api.house.notices.map(({ template }) => template)).toEqual(['mfa_enrolled', 'mfa_removed']);
    expect(await api.house.eventTypes(ann.userId)).toEqual(
      expect.arrayContaining(['gd_start_enroll', 'gd_enrollment_complete', 'gd_unenroll']),
    );
  });
});
