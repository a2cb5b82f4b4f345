import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connection, password, type TestAccounts } from '../../../test/support/accounts.ts';
import { databaseOpener } from '../../../test/support/databases.ts';
import { createTestDbConnections, type TestDbConnections } from '../../../test/support/dbConnections.ts';
import type { App } from '../../http/createApp.ts';

const newcomer = 'bob@example.com';

describe('S-89 bad input is refused in the contract’s shape and changes nothing', () => {
  const open = databaseOpener('sqlite');
  let house: TestAccounts;
  let app: App;
  let clientId: string;
  let post: TestDbConnections['post'];

  beforeAll(async () => {
    ({ house, app, clientId, post } = await createTestDbConnections(await open()));
  });

  afterAll(() => app.close());

  const good = () => ({ client_id: clientId, connection, email: newcomer, password });
  const state = async () => {
    const { db } = house.database;
    const tables = ['users', 'messages', 'tickets', 'throttles', 'logs'] as const;
    return Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
  };

  describe.each(['signup', 'change_password'])('%s', (route) => {
    it.each<[string, (body: Record<string, unknown>) => unknown]>([
      ['no body', () => ''],
      ['broken JSON', () => '{"email":'],
      ['an array', (body) => [body]],
      ['null', () => 'null'],
      ['no client', ({ client_id: _, ...body }) => body],
      ['no connection', ({ connection: _, ...body }) => body],
      ['no address', ({ email: _, ...body }) => body],
      ['an empty address', (body) => ({ ...body, email: '' })],
      ['a list of addresses', (body) => ({ ...body, email: [newcomer, 'eve@example.com'] })],
      ['an object as address', (body) => ({ ...body, email: { $ne: '' } })],
      ['a number as address', (body) => ({ ...body, email: 1 })],
      ['a null character', (body) => ({ ...body, email: 'bob\0@example.com' })],
      ['10,000 characters', (body) => ({ ...body, email: `${'x'.repeat(10_000)}@example.com` })],
      [
        'an address with line ends',
        (body) => ({ ...body, email: 'bob@example.com\r\nBcc: eve@example.com' }),
      ],
      ['an unknown client', (body) => ({ ...body, client_id: 'x'.repeat(32) })],
      ['an unknown connection', (body) => ({ ...body, connection: 'Employees' })],
      ['a key given twice', () => `{"email":"a@example.com","email":"b@example.com"}`],
      ['a prototype', () => `{"__proto__":{"email":"a@example.com"}}`],
      ['more than 64 KB', (body) => ({ ...body, filler: 'x'.repeat(70_000) })],
    ])('%s', async (_what, change) => {
      const before = await state();
      const { statusCode, body } = await post(route, change(good()));
      expect(statusCode).toBeGreaterThanOrEqual(400);
      expect(statusCode).toBeLessThan(500);
      const answer = JSON.parse(body);
      expect(typeof (answer.error ?? answer.code)).toBe('string');
      expect(await state()).toEqual(before);
    });

    it.each(['text/plain', 'multipart/form-data; boundary=x', 'application/xml'])(
      'content type %s',
      async (type) => {
        const { statusCode } = await post(route, good(), { 'content-type': type });
        expect(statusCode).toBe(415);
      },
    );
  });

  it.each([
    { password: 12345678 },
    { password: ['seven green apples'] },
    { picture: 'javascript:alert(1)' },
    { picture: 'http://example.com/bob.png' },
    { user_metadata: 'gold' },
    { user_metadata: { plan: { name: 'gold' } } },
    { user_metadata: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`k${i}`, 'v'])) },
    { user_metadata: { plan: 'x'.repeat(501) } },
    { name: 'x'.repeat(301) },
  ])('signup refuses %j', async (members) => {
    const before = await state();
    expect((await post('signup', { ...good(), ...members })).statusCode).toBe(400);
    expect(await state()).toEqual(before);
  });
});
