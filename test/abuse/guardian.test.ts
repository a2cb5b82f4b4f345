import { createHmac, createPublicKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from '../support/engine.ts';
import { makeDeviceKey, makePushDevice, signCompact } from '../support/pushDevice.ts';
import { bearer, type Flow, GuardianScene, type Owned } from './guardian.ts';
import type { Answer } from './httpClient.ts';
import { brokenBodies, brokenFields, type Malformed, refusalFault } from './malformed.ts';
import { classOf } from './routes.ts';
import { type Application, type Target, targetStarter } from './target.ts';

/** Written by refusals too, and meant to. */
const counted = ['logs', 'throttles', 'second_factor_locks'];
const minute = 60_000;

for (const engine of ['sqlite', 'postgres'] as const) {
  describe(engine, () => {
    const start = targetStarter(engine);
    let target: Target;
    let application: Application;
    let scene: GuardianScene;

    beforeAll(async () => {
      target = await start();
      application = await target.application({ mfaPolicy: 'always' });
      scene = new GuardianScene(target, application);
      await scene.allowEverything();
    });

    const refusal = (status: number, errorCode: string) => ({ statusCode: status, errorCode });
    const unknownDevice = refusal(404, 'enrollment_not_found');

    async function eventsOf({ person }: Pick<Owned, 'person'>): Promise<string[]> {
      const rows = await target.house.database.db
        .selectFrom('logs')
        .select('type')
        .where('user_id', '=', person.id)
        .orderBy('log_id')
        .execute();
      return rows.map(({ type }) => type);
    }

    describe('S-13 S-89 malformed requests change nothing and are refused by', () => {
      async function attack(calls: (Malformed & { send: () => Promise<Answer> })[]): Promise<void> {
        const before = await settledDump();
        const faults: string[] = [];
        for (const sent of calls) {
          const fault = refusalFault(await sent.send(), sent);
          if (fault) faults.push(`${sent.what} → ${fault}`);
        }
        expect(faults).toEqual([]);
        expect(await settledDump()).toEqual(before);
      }

      /** Everything stored, once no message waits any more; reading the outbox works the queue off. */
      async function settledDump(): Promise<Record<string, unknown[]>> {
        await target.send('/dev/outbox.json');
        return target.dump(counted);
      }

      /** Bodies that are broken whatever stands in them, for a call that expects none. */
      const broken = brokenBodies({ a: 'b' }).filter(({ because }) => because);

      it.each([
        ['verify-otp', { type: 'manual_input', code: 'no code' }],
        ['recover-account', { recovery_code: 'none' }],
      ])('%s', async (path, fields) => {
        const { person } = await scene.deviceOwner();
        const { token } = await scene.begin(person);
        const malformed = [...brokenBodies(fields), ...brokenFields(fields)];
        await attack(malformed.map((one) => ({ ...one, send: () => scene.call(path, token, one.call) })));
        expect((await scene.state(token)).state).toBe('pending');
      });

      it('sms-enroll and enroll, which are good for a good one afterwards', async () => {
        const { token, started } = await scene.begin(await target.person());
        const number = { phone_number: '0000' };
        const path = `device-accounts/${started.device_account.id}/sms-enroll`;
        const numbers = [...brokenBodies(number), ...brokenFields(number)];
        await attack(numbers.map((one) => ({ ...one, send: () => scene.call(path, token, one.call) })));

        const device = { identifier: 'A', name: 'B', public_key: 'no key', number_matching: 'yes' };
        const headers = { authorization: `Ticket id="${started.enrollment_tx_id}"` };
        const devices = [...brokenBodies(device), ...brokenFields(device)];
        const keys = [
          { kty: 'oct', k: 'AAAA' },
          { kty: 'RSA', n: 'AQAB', e: 'AQAB' },
          { kty: 'RSA', alg: 'none', n: 'x'.repeat(342), e: 'AQAB' },
          { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' },
          { ...makeDeviceKey('ES256').privateKey.export({ format: 'jwk' }), alg: 'ES256' },
          { ...makeDeviceKey('RS256', 1024).publicKey.export({ format: 'jwk' }), alg: 'RS256' },
        ].map(
          (public_key): Malformed => ({
            what: `key ${JSON.stringify(public_key).slice(0, 40)}`,
            call: { json: { identifier: 'A', name: 'B', public_key } },
          }),
        );
        await attack(
          [...devices, ...keys].map((one) => ({
            ...one,
            send: () =>
              target.send('/guardian/api/enroll', {
                ...one.call,
                headers: { ...one.call.headers, ...headers },
              }),
          })),
        );
        const { presented } = makePushDevice({ kind: 'android' });
        expect((await scene.enroll(started.enrollment_tx_id, presented())).status).toBe(200);
      });

      it('device-accounts, resolve-transaction and the calls that take nothing', async () => {
        const owned = await scene.deviceOwner();
        const { token } = await scene.begin(owned.person);
        const change = { identifier: 'A', name: 'B', push_credentials: 'none' };
        // What the call doesn't know is ignored, and without credentials the rest is a good change.
        const changes = [
          ...brokenBodies(change).filter(({ because }) => because),
          ...brokenFields(change).filter(({ what }) => what !== 'without push_credentials'),
        ];
        const answer = { challenge_response: 'a.b.c' };
        const answers = [...brokenBodies(answer), ...brokenFields(answer)];
        await attack([
          ...changes.map((one) => ({
            ...one,
            send: () => scene.asDevice('', owned, { ...one.call, method: 'PATCH' }),
          })),
          ...answers.map((one) => ({ ...one, send: () => scene.call('resolve-transaction', 'x', one.call) })),
          ...['transaction-state', 'send-sms', 'send-push-notification'].flatMap((path) =>
            broken.map((one) => ({ ...one, send: () => scene.call(path, token, one.call) })),
          ),
        ]);
      });
    });

    describe('S-51 an answer counts only', () => {
      let owned: Owned;
      let stranger: Owned;
      beforeAll(async () => {
        [owned, stranger] = [await scene.deviceOwner(), await scene.deviceOwner('android')];
      });

      /** Each takes an attempt of the person's; nobody gets locked by this test. */
      async function unlock(): Promise<void> {
        await target.house.database.db.deleteFrom('second_factor_locks').execute();
        await target.house.database.db.deleteFrom('throttles').execute();
      }

      it('signed by this device for this request, in time, under its own algorithm', async () => {
        await unlock();
        const flow = await scene.ask(owned);
        const waiting = await scene.waiting(owned);
        const { device } = owned;
        const now = target.house.clock() / 1000;
        const address = scene.address('resolve-transaction');
        const claims = {
          ...{ sub: waiting.challenge, iss: device.identifier, aud: address, iat: now, exp: now + 30 },
          ...{ auth0_guardian_method: 'push', auth0_guardian_accepted: true },
        };
        const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
        const hmac = (key: string | Buffer) => {
          const input = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
          return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
        };
        const publicKey = createPublicKey(device.privateKey);
        const good = device.sign(claims);
        const [header, payload, signature] = good.split('.');
        const forged: [string, string][] = [
          ['unsigned', `${part({ alg: 'none' })}.${part(claims)}.`],
          ['without its signature', `${header}.${payload}.`],
          ['HS256 with the public key', hmac(publicKey.export({ type: 'spki', format: 'pem' }))],
          ['HS256 with the JWK', hmac(JSON.stringify(device.publicKey))],
          ['another device’s key', signCompact(stranger.device.privateKey, claims)],
          ['another device’s key, in the header', signCompact(makeDeviceKey('RS256').privateKey, claims)],
          ['another algorithm', signCompact(makeDeviceKey('ES256').privateKey, claims)],
          ['changed after it was signed', `${header}.${part({ ...claims, exp: now + 60 })}.${signature}`],
          ['for another challenge', device.sign({ ...claims, sub: 'x' })],
          ['for no challenge', device.sign({ ...claims, sub: undefined })],
          ['from another identifier', device.sign({ ...claims, iss: owned.id })],
          [
            'for another server',
            device.sign({ ...claims, aud: address.replace('localhost', 'evil.example') }),
          ],
          ['for another call', device.sign({ ...claims, aud: scene.address('device-accounts') })],
          ['too old', device.sign({ ...claims, iat: now - 200, exp: now - 170 })],
          ['of the future', device.sign({ ...claims, iat: now + 400, exp: now + 430 })],
          ['for ever', device.sign({ ...claims, exp: undefined })],
          ['by another method', device.sign({ ...claims, auth0_guardian_method: 'sms' })],
          ['as a text', device.sign({ ...claims, auth0_guardian_accepted: 'true' })],
          ['without a decision', device.sign({ ...claims, auth0_guardian_accepted: undefined })],
          ['as a bearer', device.bearer({ deviceId: owned.id, userId: owned.person.id, audience: address })],
        ];
        for (const [what, jws] of forged) {
          const { body, text } = await scene.resolve(waiting.transaction_token, jws);
          expect(body, `${what}: ${text}`).toMatchObject(refusal(401, 'invalid_challenge'));
          await unlock();
          // Ten wrong ones would be the end of this request.
          await target.house.database.db.updateTable('challenges').set({ attempts: 0 }).execute();
        }
        expect((await scene.state(flow.token)).state).toBe('pending');
        expect((await scene.resolve(waiting.transaction_token, good)).status).toBe(204);
        expect((await scene.state(flow.token)).state).toBe('accepted');
      });

      it('once, and for no other transaction', async () => {
        await unlock();
        const [first, second] = [await scene.ask(owned), await scene.begin(owned.person)];
        const waiting = await scene.waiting(owned);
        const jws = scene.answer(owned, waiting);
        expect((await scene.resolve(waiting.transaction_token, jws)).status).toBe(204);
        const over = refusal(404, 'login_transaction_not_found');
        expect((await scene.resolve(waiting.transaction_token, jws)).body).toMatchObject(over);
        const denial = scene.answer(owned, waiting, false);
        expect((await scene.resolve(waiting.transaction_token, denial)).body).toMatchObject(over);
        expect((await scene.state(second.token)).state).toBe('pending');
        await scene.call('send-push-notification', second.token);
        const next = await scene.waiting(owned);
        expect((await scene.resolve(next.transaction_token, jws)).body).toMatchObject(
          refusal(401, 'invalid_challenge'),
        );
        expect((await scene.state(second.token)).state).toBe('pending');
        const { token: signature } = await scene.state(first.token);
        expect((await scene.redeem(second, signature)).status).toBe(400);
        expect((await scene.redeem(first, signature)).status).toBe(200);
      });

      it('S-50 until a new request takes its place, which the first page hears', async () => {
        await unlock();
        const first = await scene.ask(owned);
        const waiting = await scene.waiting(owned);
        await scene.ask(owned);
        expect((await scene.state(first.token)).state).toBe('rejected');
        expect((await scene.resolve(waiting.transaction_token, scene.answer(owned, waiting))).status).toBe(
          404,
        );
        expect((await scene.waiting(owned)).consent_id).not.toBe(waiting.consent_id);
      });

      it('S-01 one approval for whoever of the pages asks, and one login', async () => {
        await unlock();
        const flow = await scene.ask(owned);
        const waiting = await scene.waiting(owned);
        await scene.resolve(waiting.transaction_token, scene.answer(owned, waiting));
        const before = (await eventsOf(owned)).filter((type) => type === 'gd_auth_succeed').length;
        const states = await Promise.all(Array.from({ length: 8 }, () => scene.state(flow.token)));
        expect(states.map(({ state }) => state)).toEqual(states.map(() => 'accepted'));
        const after = (await eventsOf(owned)).filter((type) => type === 'gd_auth_succeed').length;
        expect(after - before).toBe(1);
        const redeemed = await Promise.all(states.map(({ token }) => scene.redeem(flow, token)));
        expect(redeemed.filter(({ status }) => status === 200)).toHaveLength(1);
      });
    });

    describe('S-54 polling', () => {
      it('is for who began, at a pace, and is told a denial at once', async () => {
        const owned = await scene.deviceOwner();
        const flow = await scene.ask(owned);
        const other = await scene.begin((await scene.deviceOwner()).person);
        const foreign = [
          flow.requestToken,
          flow.mfaToken,
          owned.token,
          flow.started.transaction_token.slice(1),
        ];
        for (const token of foreign) {
          const { body } = await scene.call('transaction-state', token);
          expect(body).toMatchObject(refusal(401, 'invalid_token'));
        }
        expect((await scene.state(other.token)).id).not.toBe((await scene.state(flow.token)).id);

        const fast = await Promise.all(
          Array.from({ length: 40 }, () => scene.call('transaction-state', flow.token)),
        );
        const refused = fast.filter(({ status }) => status === 429);
        expect(refused.length).toBeGreaterThanOrEqual(15);
        expect(refused[0]?.body).toMatchObject(refusal(429, 'too_many_requests'));
        expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
        expect(refused[0]?.headers['x-ratelimit-remaining']).toBe('0');
        // Its pace is its own: nobody else is kept waiting.
        expect((await scene.call('transaction-state', other.token)).status).toBe(200);

        const waiting = await scene.waiting(owned);
        await scene.resolve(waiting.transaction_token, scene.answer(owned, waiting, false));
        target.time.offset += minute;
        expect((await scene.state(flow.token)).state).toBe('rejected');
        expect(await scene.state(flow.token)).not.toHaveProperty('token');
      });

      it('S-14 gives no signature before a device has said yes, whatever else is called', async () => {
        const owned = await scene.deviceOwner();
        const flow = await scene.ask(owned);
        for (const path of [
          'send-sms',
          'verify-otp',
          'recover-account',
          'resolve-transaction',
          'start-flow',
        ]) {
          await scene.call(path, flow.token);
          const state = await scene.state(flow.token);
          expect(state).toEqual({ id: expect.any(String), state: 'pending' });
        }
        expect((await scene.redeem(flow, flow.token)).status).toBe(400);
        expect((await scene.redeem(flow, flow.requestToken)).status).toBe(400);
      });
    });

    describe('S-55 a removed device', () => {
      it.each(['by itself', 'by its person'])('is dead at once: removed %s', async (how) => {
        const owned = await scene.deviceOwner();
        const jwt = owned.device.bearer({
          ...{ deviceId: owned.id, userId: owned.person.id },
          audience: scene.address('device-accounts'),
        });
        expect((await scene.asDevice('', { ...owned, token: jwt })).status).toBe(200);
        const flow = await scene.ask(owned);
        const waiting = await scene.waiting(owned);
        const listening = scene.asDevice(`/request?wait=25&known=${waiting.consent_id}`, owned);
        if (how === 'by itself') {
          expect((await scene.asDevice('', owned, { method: 'DELETE' })).status).toBe(204);
        } else {
          await removeByPerson(owned);
        }
        for (const token of [owned.token, jwt]) {
          for (const call of [{}, { method: 'PATCH', json: { name: 'Ghost' } }, { method: 'DELETE' }]) {
            expect((await scene.asDevice('', { ...owned, token }, call)).body).toMatchObject(unknownDevice);
          }
          for (const path of ['/request', '/events']) {
            expect((await scene.asDevice(path, { ...owned, token })).body).toMatchObject(unknownDevice);
          }
        }
        expect((await listening).body).toMatchObject(unknownDevice);
        const answered = await scene.resolve(waiting.transaction_token, scene.answer(owned, waiting));
        expect(answered.status).toBe(404);
        const possession = await consent(owned, waiting);
        expect(possession.status).toBe(404);
        const code = await codeOf(owned.secret, target.house.clock());
        const otp = await scene.call('verify-otp', flow.token, { json: { type: 'manual_input', code } });
        expect(otp.status).toBeGreaterThanOrEqual(400);
      });
    });

    /** With a fresh second factor, by the MFA API. */
    async function removeByPerson(owned: Owned): Promise<void> {
      const fields = { audience: `${target.issuer}mfa/`, scope: 'remove:authenticators' };
      const mfaToken = await target.mfaToken(application, owned.person, fields);
      const code = await codeOf(owned.secret, target.house.clock());
      const { body } = await target.redeem(application, mfaToken, code);
      const removed = await target.send(`/mfa/authenticators/push%7C${owned.id}`, {
        method: 'DELETE',
        headers: bearer(body.access_token),
      });
      expect(removed.status).toBe(204);
    }

    function consent(
      { device }: Pick<Owned, 'device'>,
      { consent_id, transaction_token }: { consent_id: string; transaction_token: string },
      proof?: string,
    ): Promise<Answer> {
      const path = `/rich-consents/${consent_id}`;
      const url = `${target.issuer.replace(/\/$/, '')}${path}`;
      const headers = {
        authorization: `MFA-DPoP ${transaction_token}`,
        'mfa-dpop': proof ?? device.possession({ requestToken: transaction_token, url }),
      };
      return target.send(path, { headers });
    }

    describe('S-97 the Guardian API', () => {
      it('answers nobody without a token of the right kind', async () => {
        const owned = await scene.deviceOwner();
        const flow = await scene.begin(owned.person);
        const routes = target.routes.filter(
          ({ method, url }) =>
            method !== 'HEAD' &&
            /^(?:\/guardian|\/appliance-mfa)?\/api\/|^\/rich-consents/.test(url) &&
            classOf({ method, url }) !== 'public',
        );
        expect(routes.length).toBeGreaterThan(40);
        const bodies: Record<string, unknown> = {
          enroll: owned.device.presented(),
          'resolve-transaction': { challenge_response: 'a.b.c' },
          'verify-otp': { type: 'manual_input', code: '123456' },
          'recover-account': { recovery_code: 'A'.repeat(24) },
          'sms-enroll': { phone_number: '+4915112345678' },
        };
        const tokens: (string | undefined)[] = [
          undefined,
          'Bearer',
          'Bearer x',
          'Basic eDp4',
          `Bearer ${flow.mfaToken}`,
          'Ticket id="x"',
          'MFA-DPoP x',
          'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.',
        ];
        for (const { method, url } of routes) {
          const json =
            bodies[url.split('/').at(-1) ?? ''] ?? (method === 'PATCH' ? { name: 'x' } : undefined);
          for (const authorization of tokens) {
            const { status, text } = await target.send(url.replace(':id', owned.id), {
              method,
              ...(json ? { json } : {}),
              headers: authorization === undefined ? {} : { authorization },
            });
            expect([401, 403, 404], `${method} ${url} ${authorization}: ${text}`).toContain(status);
          }
        }
      });

      it('takes a proof of possession for what it is, once, and from the right device', async () => {
        const [owned, stranger] = [await scene.deviceOwner(), await scene.deviceOwner('android')];
        await scene.ask(owned);
        const waiting = await scene.waiting(owned);
        const { transaction_token: requestToken, consent_id } = waiting;
        const url = `${target.issuer}rich-consents/${consent_id}`;
        const proof = (claims: Record<string, unknown>) =>
          owned.device.possession({ requestToken, url, claims });
        const now = target.house.clock() / 1000;
        const wrong = [
          proof({ htu: `${url}x` }),
          proof({ htu: url.replace('localhost', 'evil.example') }),
          proof({ htm: 'POST' }),
          proof({ ath: 'x' }),
          proof({ jti: undefined }),
          proof({ iat: now - 1000 }),
          proof({ iat: now + 1000 }),
          stranger.device.possession({ requestToken, url }),
          owned.device.bearer({ deviceId: owned.id, userId: owned.person.id, audience: url }),
          `${proof({}).split('.').slice(0, 2).join('.')}.`,
          'x',
        ];
        for (const one of wrong) {
          const { body } = await consent(owned, waiting, one);
          expect(body).toMatchObject(refusal(403, 'invalid_dpop_assertion'));
        }
        const good = proof({});
        expect((await consent(owned, waiting, good)).body).toMatchObject({ id: consent_id });
        expect((await consent(owned, waiting, good)).body).toMatchObject(
          refusal(403, 'invalid_dpop_assertion'),
        );
        expect((await consent(owned, { ...waiting, consent_id: 'cns_0' })).body).toMatchObject(
          refusal(404, 'consent_not_found'),
        );
      });

      it('S-42 takes a ticket once, of two at the same time as well, and none that was replaced', async () => {
        const person = await target.person();
        const first = await scene.begin(person);
        const ticket = first.started.enrollment_tx_id;
        const devices = [1, 2, 3, 4].map(() => makePushDevice({ kind: 'android' }));
        const answers = await Promise.all(devices.map((device) => scene.enroll(ticket, device.presented())));
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404]);
        const unknown = refusal(404, 'enrollment_transaction_not_found');
        expect(answers.find(({ status }) => status === 404)?.body).toMatchObject(unknown);

        const second = await scene.call('start-flow', first.requestToken);
        const third = await scene.call('start-flow', first.requestToken);
        const enroll = (begun: Answer) =>
          scene.enroll(begun.body.enrollment_tx_id, makePushDevice({ kind: 'ios' }).presented());
        expect((await enroll(second)).body).toMatchObject(unknown);
        expect((await enroll(third)).status).toBe(200);
      });
    });

    describe('S-11 what is somebody else’s', () => {
      it('is unknown: devices, requests, enrolments, consents', async () => {
        const [mine, theirs] = [await scene.deviceOwner(), await scene.deviceOwner()];
        await scene.ask(theirs);
        const waiting = await scene.waiting(theirs);
        const signed = (owned: Owned, deviceId: string, userId: string) =>
          owned.device.bearer({ deviceId, userId, audience: scene.address('device-accounts') });
        const asTheirs = [
          mine.token,
          signed(mine, mine.id, mine.person.id),
          signed(mine, theirs.id, theirs.person.id),
          signed(mine, theirs.id, mine.person.id),
          signed(theirs, theirs.id, mine.person.id),
          signed(theirs, mine.id, theirs.person.id),
        ];
        for (const token of asTheirs) {
          for (const path of ['', '/request', '/events']) {
            const { body } = await scene.asDevice(path, { id: theirs.id, token });
            expect(body).toMatchObject(unknownDevice);
          }
          const removed = await scene.asDevice('', { id: theirs.id, token }, { method: 'DELETE' });
          expect(removed.body).toMatchObject(unknownDevice);
        }
        const answered = await scene.resolve(waiting.transaction_token, scene.answer(mine, waiting));
        expect(answered.body).toMatchObject(refusal(401, 'invalid_challenge'));
        await scene.ask(mine);
        const own = await scene.waiting(mine);
        const mixed = await consent(mine, { ...own, consent_id: waiting.consent_id });
        expect(mixed.body).toMatchObject(refusal(404, 'consent_not_found'));

        const [here, there] = [
          await scene.begin(await target.person()),
          await scene.begin(await target.person()),
        ];
        const path = `device-accounts/${there.started.device_account.id}/sms-enroll`;
        const json = { phone_number: '+4915112345678' };
        expect((await scene.call(path, here.token, { json })).body).toMatchObject(unknownDevice);
        const code = await codeOf(theirs.secret, target.house.clock());
        const { token } = await scene.begin(mine.person);
        const otp = await scene.call('verify-otp', token, { json: { type: 'manual_input', code } });
        expect(otp.body).toMatchObject(refusal(401, 'invalid_otp'));
        expect((await scene.waiting(theirs)).consent_id).toBe(waiting.consent_id);
      });

      it('S-39 nobody enrols beside what is enrolled', async () => {
        const { person } = await scene.deviceOwner();
        const early = await scene.begin(await target.person());
        const { token, started } = await scene.begin(person);
        expect(started).not.toHaveProperty('enrollment_tx_id');
        const id = early.started.device_account.id;
        const json = { phone_number: '+4915112345678' };
        expect((await scene.call(`device-accounts/${id}/sms-enroll`, token, { json })).status).toBe(404);
        // Begun before the person had anything.
        const person2 = await target.person();
        const [stale, fresh] = [await scene.begin(person2), await scene.begin(person2)];
        const device = makePushDevice({ kind: 'ios' });
        await scene.enroll(fresh.started.enrollment_tx_id, device.presented());
        await scene.state(fresh.token);
        const late = `device-accounts/${stale.started.device_account.id}/sms-enroll`;
        expect((await scene.call(late, stale.token, { json })).body).toMatchObject(
          refusal(409, 'enrollment_conflict'),
        );
        const other = makePushDevice({ kind: 'ios' }).presented();
        expect((await scene.enroll(stale.started.enrollment_tx_id, other)).status).toBe(404);
        expect((await scene.state(stale.token)).state).toBe('pending');
      });
    });

    describe('S-26 tokens of a flow', () => {
      it('are refused everywhere else, and end with the login and its application', async () => {
        const { person } = await scene.deviceOwner();
        const flow = await scene.begin(person);
        for (const token of [flow.requestToken, flow.token]) {
          for (const path of ['/userinfo', '/mfa/authenticators']) {
            expect((await target.send(path, { headers: bearer(token) })).status).toBe(401);
          }
          const exchanged = await target.send('/mfa/guardian-token', {
            method: 'POST',
            headers: bearer(token),
          });
          expect(exchanged.status).toBe(401);
          expect((await scene.asDevice('', { id: 'dev_0000000000000000', token })).status).toBe(404);
        }
        expect((await scene.call('start-flow', flow.token)).body).toMatchObject(
          refusal(401, 'invalid_token'),
        );
        for (const path of ['transaction-state', 'send-push-notification', 'send-sms']) {
          expect((await scene.call(path, flow.requestToken)).body).toMatchObject(
            refusal(401, 'invalid_token'),
          );
        }
        await target.house.database.db
          .updateTable('users')
          .set({ blocked: 1 })
          .where('id', '=', person.id)
          .execute();
        const asked = await scene.call('send-push-notification', flow.token);
        expect(asked.status).toBeGreaterThanOrEqual(400);
      });

      it('end after ten minutes at the latest', async () => {
        const { person } = await scene.deviceOwner();
        const flow = await scene.begin(person);
        target.time.offset += 5 * minute + 1000;
        expect((await scene.call('start-flow', flow.requestToken)).body).toMatchObject(
          refusal(401, 'invalid_token'),
        );
        expect((await scene.call('transaction-state', flow.token)).status).toBe(200);
        target.time.offset += 5 * minute;
        expect((await scene.call('transaction-state', flow.token)).body).toMatchObject(
          refusal(401, 'invalid_token'),
        );
      });
    });

    it('S-20 a locked person gets nowhere, on any of these paths', async () => {
      const owned = await scene.deviceOwner();
      const [flow, other] = [await scene.ask(owned), await scene.begin(owned.person)];
      const waiting = await scene.waiting(owned);
      const json = { type: 'manual_input', code: '000000' };
      let locked: Answer | undefined;
      for (let attempt = 0; attempt < 12 && locked?.status !== 429; attempt += 1) {
        locked = await scene.call('verify-otp', other.token, { json });
      }
      expect(locked?.body).toMatchObject(refusal(429, 'too_many_attempts'));
      expect(Number(locked?.headers['retry-after'])).toBeGreaterThan(600);
      const code = await codeOf(owned.secret, target.house.clock());
      const calls: [string, unknown][] = [
        ['verify-otp', { type: 'manual_input', code }],
        ['recover-account', { recovery_code: 'A'.repeat(24) }],
        ['send-push-notification', undefined],
      ];
      for (const [path, body] of calls) {
        const answer = await scene.call(path, flow.token, body ? { json: body } : {});
        expect(answer.body, path).toMatchObject(refusal(429, 'too_many_attempts'));
      }
      const answered = await scene.resolve(waiting.transaction_token, scene.answer(owned, waiting));
      expect(answered.body).toMatchObject(refusal(429, 'too_many_attempts'));
      expect(await scene.state(flow.token)).toMatchObject({ state: 'pending' });
      // The login in which the last attempt was made is over.
      expect((await scene.call('transaction-state', other.token)).body).toMatchObject(
        refusal(401, 'transaction_expired'),
      );
    });

    it('S-43 what is shown once is in no later answer', async () => {
      const flow: Flow = await scene.begin(await target.person());
      const { device_account, enrollment_tx_id } = flow.started;
      const device = makePushDevice({ kind: 'ios' });
      const enrolled = await scene.enroll(enrollment_tx_id, device.presented());
      const owned = { id: enrolled.body.id, token: enrolled.body.token };
      const answers = [
        await scene.call('transaction-state', flow.token),
        await scene.asDevice('', owned),
        await scene.asDevice('', owned, { method: 'PATCH', json: { name: 'Blue' } }),
        await scene.call('transaction-state', flow.token),
        await target.send('/mfa/authenticators', { headers: bearer(flow.mfaToken) }),
      ];
      const secrets = [
        ...[device_account.otp_secret, device_account.recovery_code, enrollment_tx_id],
        ...[enrolled.body.token, enrolled.body.totp.secret],
      ];
      expect(secrets.every((secret) => typeof secret === 'string' && secret.length > 15)).toBe(true);
      for (const { status, text, headers } of answers) {
        expect(status).toBe(200);
        expect(headers['cache-control']).toBe('no-store');
        for (const secret of secrets) expect(text).not.toContain(secret);
      }
    });
  });
}
