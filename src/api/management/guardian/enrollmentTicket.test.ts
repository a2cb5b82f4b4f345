import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../../test/support/databases.ts';
import {
  audience,
  createTestManagement,
  issuer,
  type Machine,
  password,
  type TestManagement,
} from '../../../../test/support/management.ts';
import { blockUser } from '../../../accounts/blockUser.ts';
import { deleteClientGrant } from '../../../applications/clientGrants.ts';
import { deleteClient } from '../../../applications/clients.ts';
import { systemClock } from '../../../config/clock.ts';

const scope = 'create:guardian_enrollment_tickets';
const midday = Date.UTC(2026, 0, 15, 12);
const url = '/guardian/enrollments/ticket';

forEachDatabase((_engine, open) => {
  let house: TestManagement;
  let userId: string;
  let machine: Machine;

  beforeEach(async () => {
    // No time passes while a budget is spent.
    house = await createTestManagement(await open(), { clock: () => midday });
    userId = await house.addUser('ann@example.com');
    machine = await house.machine([scope]);
  });

  const tokenOf = (changes?: Record<string, string>) => house.tokenOf(machine, changes);

  const call = (body: unknown, headers: Record<string, string> = {}, path = url) =>
    house.send('POST', path, body, headers);

  const ask = async (body: unknown) => call(body, { authorization: `Bearer ${await tokenOf()}` });

  describe('POST /api/v2/guardian/enrollments/ticket', () => {
    it('answers 200 with the ticket and its link, and tells the budget', async () => {
      const { status, headers, body } = await ask({ user_id: userId });
      expect(status).toBe(200);
      expect(body).toEqual({
        ticket_id: expect.stringMatching(/^[\w-]{43}$/),
        ticket_url: `${issuer}guardian/enroll?ticket=${body.ticket_id}`,
      });
      expect(headers['x-ratelimit-limit']).toBe('100');
      expect(headers['x-ratelimit-remaining']).toBeDefined();
      expect(headers['x-ratelimit-reset']).toBeDefined();
      expect(headers['cache-control']).toBe('no-store');
      const found = await house.engine.errands.findInvitation(body.ticket_id);
      expect(found).toMatchObject({ standing: 'valid', userId, enrols: { allowsAnother: false } });
    });

    it('takes everything that Auth0’s takes', async () => {
      const { status, body } = await ask({
        user_id: userId,
        email: ' Ann@Work.Example ',
        send_mail: true,
        email_locale: 'de',
        factor: 'otp',
        allow_multiple_enrollments: true,
      });
      expect(status).toBe(200);
      expect(await house.engine.errands.findInvitation(body.ticket_id)).toMatchObject({
        enrols: { factors: ['otp'], allowsAnother: true },
        channel: 'email',
      });
      // The name that a page of Auth0's documentation has for it.
      const other = await ask({ user_id: userId, send_email: true });
      const found = await house.engine.errands.findInvitation(other.body.ticket_id);
      expect(found).toMatchObject({ channel: 'email' });
    });

    it('S-96 writes to one address a few times only, and goes on making links', async () => {
      const answers: number[] = [];
      for (let turn = 0; turn < 21; turn += 1) {
        answers.push((await ask({ user_id: userId, email: 'eve@example.com', send_mail: true })).status);
      }
      expect(answers).toEqual([...Array(20).fill(200), 429]);
      expect((await ask({ user_id: userId })).status).toBe(200);
      expect((await ask({ user_id: userId, send_mail: true })).status).toBe(200);
    });

    it('S-67 safe to repeat: the newer link voids the older', async () => {
      const [first, second] = [await ask({ user_id: userId }), await ask({ user_id: userId })];
      const standings = await Promise.all(
        [first, second].map(({ body }) => house.engine.errands.findInvitation(body.ticket_id)),
      );
      expect(standings.map(({ standing }) => standing)).toEqual(['unknown', 'valid']);
    });

    it('S-108 is logged with the application that asked', async () => {
      await ask({ user_id: userId, factor: 'otp' });
      const rows = await house.database.db
        .selectFrom('logs')
        .selectAll()
        .where('type', '=', 'sapi')
        .execute();
      expect(rows.map(({ user_id, client_id }) => ({ user_id, client_id }))).toEqual([
        { user_id: userId, client_id: machine.clientId },
      ]);
    });

    it.each([
      [
        'nobody',
        { user_id: 'auth0|nobody' },
        404,
        { error: 'Not Found', message: 'The user does not exist.', errorCode: 'inexistent_user' },
      ],
      [
        'e-mail, which is no factor for a link that may come by e-mail (S-32)',
        { factor: 'email' },
        400,
        { message: 'This factor cannot be enrolled by a ticket.', errorCode: 'operation_not_supported' },
      ],
      ['a factor that is off', { factor: 'phone' }, 400, { message: 'This factor is not enabled.' }],
      [
        'Duo',
        { factor: 'duo' },
        400,
        { error: 'Bad Request', errorCode: 'invalid_body', message: expect.stringContaining('factor') },
      ],
      ['SMS by its old name', { factor: 'sms' }, 400, { errorCode: 'invalid_body' }],
      [
        'no address',
        { email: 'nowhere' },
        400,
        { errorCode: 'invalid_body', message: expect.stringMatching(/on property email\.$/) },
      ],
    ])('refuses %s', async (_what, changes, statusCode, expected) => {
      const { status, body } = await ask({ user_id: userId, ...changes });
      expect(status).toBe(statusCode);
      expect(body).toMatchObject({ statusCode, ...expected });
    });

    it('refuses a blocked user', async () => {
      await house.database.transaction((trx) => blockUser(trx, systemClock, userId));
      expect(await ask({ user_id: userId })).toMatchObject({
        status: 400,
        body: { message: 'The user is blocked.' },
      });
    });

    it.each([
      ['without user_id', {}, "Payload validation error: 'Missing required property: user_id'."],
      [
        'with a member that isn’t there (S-90)',
        { user_id: 'auth0|x', blocked: false },
        "Payload validation error: 'Additional properties not allowed: blocked'.",
      ],
      [
        'with another type (S-13)',
        { user_id: ['auth0|x'] },
        "Payload validation error: 'must be string' on property user_id.",
      ],
      ['that is no object', [], "Payload validation error: 'must be object'."],
    ])('S-89 tells what is wrong with a body %s', async (_what, body, message) => {
      expect(await ask(body)).toMatchObject({
        status: 400,
        body: { statusCode: 400, error: 'Bad Request', message, errorCode: 'invalid_body' },
      });
    });

    it('S-89 refuses what is no JSON in the same shape', async () => {
      expect(await ask('{')).toMatchObject({ status: 400, body: { statusCode: 400, error: 'Bad Request' } });
    });
  });

  describe('S-106 the Management API lets nobody in', () => {
    const anything = { user_id: 'auth0|x' };
    const refused = (status: number) => ({ status, body: { statusCode: status } });

    it('without a token, or with one that is none, and tells them nothing of bodies', async () => {
      for (const body of [anything, {}, '{']) {
        expect(await call(body)).toMatchObject(refused(401));
        expect(await call(body, { authorization: 'Bearer nonsense' })).toMatchObject(refused(401));
        expect(await call(body, { authorization: 'Basic eA==' })).toMatchObject(refused(401));
      }
    });

    it('with a token for another API', async () => {
      await house.addApi({
        identifier: 'https://api.example.com/',
        scopes: [{ value: scope, description: '' }],
      });
      const token = await tokenOf({ audience: 'https://api.example.com/' });
      expect(await call(anything, { authorization: `Bearer ${token}` })).toMatchObject(refused(401));
    });

    it('without the scope, and says which, as tools read it', async () => {
      const token = await house.tokenOf(await house.machine([]));
      expect(await call(anything, { authorization: `Bearer ${token}` })).toMatchObject({
        status: 403,
        body: {
          statusCode: 403,
          error: 'Forbidden',
          message: `Insufficient scope, expected any of: ${scope}`,
          errorCode: 'insufficient_scope',
        },
      });
    });

    it('S-38 once the grant is taken away, or the application', async () => {
      const authorization = `Bearer ${await tokenOf()}`;
      await deleteClientGrant(house.database.db, machine.grantId);
      expect(await call(anything, { authorization })).toMatchObject(refused(403));
      await house.database.transaction((trx) => deleteClient(trx, machine.clientId));
      expect(await call(anything, { authorization })).toMatchObject(refused(401));
    });

    it('with a person’s token: none has its scopes', async () => {
      const { client, clientSecret } = await house.addClient({ grantTypes: ['password'] });
      await house.grant(client.clientId, [scope]);
      const { body } = await house.token({
        grant_type: 'password',
        username: 'ann@example.com',
        password,
        audience,
        scope: `openid ${scope}`,
        client_id: client.clientId,
        client_secret: clientSecret,
      });
      expect(body.scope).toBe('openid');
      expect(await call(anything, { authorization: `Bearer ${body.access_token}` })).toMatchObject(
        refused(403),
      );
    });

    it('without a client grant: there isn’t even a token', async () => {
      const { client, clientSecret } = await house.addClient({ appType: 'non_interactive' });
      const credentials = { client_id: client.clientId, client_secret: clientSecret };
      const { status } = await house.token({ grant_type: 'client_credentials', audience, ...credentials });
      expect(status).toBe(403);
    });
  });

  it('has nothing at other addresses, in the shape of the rest', async () => {
    for (const path of ['/', '/nowhere', '/guardian/factors/otp']) {
      const { status, body } = await call({}, {}, path);
      expect({ status, body }).toEqual({
        status: 404,
        body: { statusCode: 404, error: 'Not Found', message: 'Not Found' },
      });
    }
  });

  it('tells other sites nothing: it isn’t for pages', async () => {
    const { headers } = await call({ user_id: userId }, { origin: 'https://app.example.com' });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('S-96 has a budget for each application', async () => {
    const authorization = `Bearer ${await tokenOf()}`;
    const answers = await Promise.all(Array.from({ length: 101 }, () => call({}, { authorization })));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.headers['retry-after']).toBeDefined();
    expect(refused[0]?.body).toMatchObject({ statusCode: 429, error: 'Too Many Requests' });
  });
});
