import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseOpener } from '../../../test/support/databases.ts';
import { createTestMyAccount, type Holder, type TestMyAccount } from '../../../test/support/myAccount.ts';

const methods = '/authentication-methods';
const open = databaseOpener('sqlite');
let api: TestMyAccount;
let ann: Holder;

beforeAll(async () => {
  api = await createTestMyAccount(await open());
  const phone = { enabled: true, settings: { messageTypes: ['sms'], allowedCountries: ['US'] } };
  await api.house.setTenant({ factors: { otp: { enabled: true }, phone } });
  ann = await api.holder('auth0|ann');
});

afterAll(() => api.close());

describe('S-89 S-90 bodies are closed and have one meaning', () => {
  it.each([
    ['{', '400-0001'],
    ['[]', '400-0003'],
    ['"totp"', '400-0003'],
    ['null', '400-0003'],
    ['{"type":"totp","type":"totp"}', '400-0001'],
    ['{"type":"totp","__proto__":{}}', '400-0001'],
    ['{"type":"totp","constructor":{}}', '400-0001'],
    [`${'{"a":'.repeat(20)}1${'}'.repeat(20)}`, '400-0001'],
    ['{"type":"totp","name":"x"}', '400-0003'],
    ['{"type":"totp","phone_number":"+12025550123"}', '400-0003'],
    ['{"type":"totp","confirmed":true}', '400-0003'],
    ['{"type":"sms","phone_number":"+12025550123"}', '400-0003'],
    ['{"type":"phone"}', '400-0003'],
    ['{"type":"phone","phone_number":12025550123}', '400-0003'],
    ['{"type":["totp"]}', '400-0003'],
    ['{"type":"duo"}', '400-0003'],
    ['{"type":"phone","phone_number":"nonsense"}', '400-0003'],
    ['{"type":"phone","phone_number":"+442079460000"}', undefined],
    ['{"type":"password","identity_user_id":"auth0|somebody"}', '400-0003'],
    ['{"type":"password","connection":"elsewhere"}', '400-0003'],
    ['{"type":"totp","x":"\\u0000"}', '400-0001'],
  ])('%s', async (payload, code) => {
    const answer = await api.send('POST', methods, { token: await ann.token(), payload });
    const { status, body } = answer;
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body).toMatchObject({
      type: expect.any(String),
      title: expect.any(String),
      status,
      detail: expect.any(String),
    });
    if (code !== undefined) expect(body.type).toBe(`https://auth0.com/api-errors/A0E-${code}`);
  });

  it('takes no member of another type to confirm by', async () => {
    const verify = (type: string, members: object) =>
      ann.call('POST', `${methods}/${encodeURIComponent(`${type}|dev_1`)}/verify`, {
        auth_session: 'x',
        ...members,
      });
    for (const [type, members] of [
      ['totp', {}],
      ['totp', { new_password: 'x' }],
      ['totp', { otp_code: '123456', new_password: 'x' }],
      ['totp', { otp_code: 123456 }],
      ['totp', { otp_code: '12345' }],
      ['push-notification', { otp_code: '123456' }],
      ['recovery-code', { otp_code: '123456' }],
      ['webauthn-roaming', { authn_response: {} }],
      ['webauthn-roaming', { authn_response: 'x' }],
      ['totp', { otp_code: '123456', end_sessions: true }],
    ] as const) {
      const { status, body } = await verify(type, members);
      expect([status, body.title], JSON.stringify([type, members])).toEqual([400, 'Validation Error']);
    }
  });

  it('says so of another content type, another address, another query', async () => {
    const token = await ann.token();
    const form = await api.send('POST', methods, {
      token,
      payload: 'type=totp',
      headers: { 'content-type': 'application/xml' },
    });
    expect(form).toMatchObject({ status: 415, body: { status: 415, detail: expect.any(String) } });
    expect(await api.send('GET', '/nowhere', { token })).toMatchObject({
      status: 404,
      body: { status: 404 },
    });
    expect((await ann.call('GET', `${methods}?type=sms`)).status).toBe(400);
    expect((await ann.call('GET', `${methods}?page=1`)).status).toBe(400);
    expect((await ann.call('GET', `${methods}?type=totp&type=totp`)).status).toBe(400);
  });

  it.each([
    ['123456'],
    123456,
    { 0: '1' },
    '１２３４５６',
    '12345 ',
    '1234567890',
    '',
    null,
    true,
    '1'.repeat(50_000),
  ])('S-13 a code is six or eight digits as text: %j', async (otp_code) => {
    const begun = await ann.call('POST', methods, { type: 'totp' });
    const { auth_session } = begun.body;
    const answer = await ann.call('POST', `${begun.headers.location}/verify`, { auth_session, otp_code });
    expect(answer).toMatchObject({ status: 400, body: { title: 'Validation Error' } });
    expect(
      await api.house.database.db.selectFrom('second_factor_locks').select('failures').execute(),
    ).toEqual([{ failures: 0 }]);
  });

  it.each([
    ['PATCH', `${methods}/x`, { name: 'x' }],
    ['PUT', '/preferences', { preferred_factor: null }],
    [
      'POST',
      `${methods}/password%7Cnew/verify`,
      { auth_session: 'x', new_password: 'seven large green apples' },
    ],
  ] as const)('S-90 nothing else is written by %s %s', async (method, path, body) => {
    const foreign = ['id', 'type', 'confirmed', 'user_id', 'email', 'blocked', 'factor', 'label', 'proofs'];
    for (const member of foreign) {
      const answer = await ann.call(method, path, { ...body, [member]: 'x' });
      expect([answer.status, answer.body.title], member).toEqual([400, 'Validation Error']);
    }
  });
});
