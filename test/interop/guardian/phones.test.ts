import { generate } from 'otplib';
import { beforeAll, describe, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import type { Person } from '../deployment.ts';
import { get, postJson } from '../wireCalls.ts';
import { GuardianDeployment } from './deploy.ts';
import { androidPhone, iphone, type Phone } from './phones.ts';

const kinds = [
  ['Guardian.swift', iphone],
  ['Guardian.Android', androidPhone],
] as const;

forEachServer((_engine, start) => {
  let guardian: GuardianDeployment;
  let base: string;

  beforeAll(async () => {
    guardian = await GuardianDeployment.start(start);
    base = guardian.deployment.issuer;
  });

  const call = (path: string, bearer: string, body?: unknown) =>
    postJson(`${base}guardian/api/${path}`, body, { authorization: `Bearer ${bearer}` });

  /** Begins a flow, as a page without a library would. */
  async function begin(person: Person) {
    const { mfaToken, input } = await guardian.signIn(person);
    const { body } = await call('start-flow', input.requestToken, { state_transport: 'polling' });
    return { mfaToken, flow: body, token: body.transaction_token as string };
  }

  const stateOf = async (token: string) => (await call('transaction-state', token)).body;

  /** Enrols a phone and confirms it. */
  async function enrol(phone: Phone, scanned?: (ticket: string) => string) {
    const person = await guardian.deployment.person();
    const { flow, token } = await begin(person);
    const ticket: string = flow.enrollment_tx_id;
    const uri = `otpauth://totp/example:kim?enrollment_tx_id=${ticket}&base_url=${encodeURIComponent(base)}`;
    const enrollment = await phone.enroll(scanned?.(ticket) ?? uri);
    expect((await stateOf(token)).enrollment.available_methods).toContain('push');
    return { person, enrollment };
  }

  /** A login that waits for the phone. */
  async function ask(person: Person) {
    const { mfaToken, token } = await begin(person);
    expect((await call('send-push-notification', token)).status).toBe(204);
    return { mfaToken, token };
  }

  const waits = async (phone: Phone) => phone.notification();

  describe.each(kinds)('a phone with %s', (_library, make) => {
    it('enrols, and its codes are good for a login', async () => {
      const phone = make(base);
      const { person, enrollment } = await enrol(phone);
      expect(enrollment).toEqual({
        id: expect.stringMatching(/^dev_[A-Za-z0-9]{16}$/),
        userId: person.userId,
        token: expect.stringMatching(/^[\w-]{43}$/),
        totp: { secret: expect.stringMatching(/^[A-Z2-7]+$/), algorithm: 'sha1', digits: 6, period: 30 },
      });
      const { token, mfaToken } = await begin(person);
      const code = await generate({ secret: enrollment.totp?.secret ?? '' });
      expect((await call('verify-otp', token, { type: 'manual_input', code })).status).toBe(204);
      const state = await stateOf(token);
      expect(state).toMatchObject({ state: 'accepted' });
      expect((await guardian.redeem(mfaToken, state.token)).status).toBe(200);
    });

    it('enrols by an address that has the path already, and without a slash at its end', async () => {
      for (const address of [`${base}appliance-mfa`, `${base}appliance-mfa/`, base.replace(/\/$/, '')]) {
        await enrol(make(address));
      }
    });

    it('is told apart from who scanned before, and from who scanned something else', async () => {
      const phone = make(base);
      const { flow } = await begin(await guardian.deployment.person());
      const uri = `otpauth://totp/example?enrollment_tx_id=${flow.enrollment_tx_id}`;
      await phone.enroll(uri);
      const late = { status: 404, code: 'enrollment_transaction_not_found' };
      await expect(make(base).enroll(uri)).rejects.toMatchObject(late);
      await expect(phone.enroll('otpauth://totp/example?enrollment_tx_id=unknown')).rejects.toMatchObject(
        late,
      );
    });

    it('sees what it is asked for, allows it, and can’t answer twice', async () => {
      const phone = make(base);
      const { person } = await enrol(phone);
      const { token, mfaToken } = await ask(person);
      const notification = await waits(phone);
      expect(await phone.consent(notification)).toEqual({
        id: notification.consentId,
        audience: '',
        scope: ['openid'],
      });
      expect((await stateOf(token)).state).toBe('pending');
      await phone.allow(notification);
      const over = { status: 404, code: 'login_transaction_not_found' };
      await expect(phone.allow(notification)).rejects.toMatchObject(over);
      await expect(phone.reject(notification)).rejects.toMatchObject(over);
      const { state, token: signature } = await stateOf(token);
      expect(state).toBe('accepted');
      expect((await guardian.redeem(mfaToken, signature)).status).toBe(200);
      await expect(phone.consent(notification)).rejects.toMatchObject(over);
    });

    it.each([[undefined], ['mistake'], ['hack']])('rejects, with the reason %s', async (reason) => {
      const phone = make(base);
      const { person } = await enrol(phone);
      const { token, mfaToken } = await ask(person);
      await phone.reject(await waits(phone), reason);
      expect(await stateOf(token)).toEqual({ id: expect.any(String), state: 'rejected' });
      expect((await guardian.redeem(mfaToken, 'x')).status).toBe(400);
      expect(await guardian.deployment.eventsOf(person)).toContain('gd_auth_rejected');
    });

    it('changes itself by its own signature or its token, and leaves', async () => {
      const phone = make(base);
      const { enrollment } = await enrol(phone);
      const bearer = { authorization: `Bearer ${enrollment.token}` };
      const address = `${base}appliance-mfa/api/device-accounts/${enrollment.id}`;
      await phone.update({
        name: 'Blue phone',
        pushToken: phone.kind === 'ios' ? 'cd23'.repeat(16) : `fcm-${'0ther_'.repeat(12)}:APA91b`,
      });
      await phone.update({ name: 'Red phone' }, 'token');
      const { body } = await get(address, bearer);
      expect(body).toMatchObject({
        identifier: phone.device.identifier,
        name: 'Red phone',
        push_credentials: { service: phone.kind === 'ios' ? 'APNS' : 'GCM' },
        is_confirmed: true,
      });
      await phone.remove(phone.kind === 'ios' ? 'jwt' : 'token');
      const gone = { status: 404, code: 'enrollment_not_found' };
      await expect(phone.update({ name: 'Ghost' })).rejects.toMatchObject(gone);
      await expect(phone.remove()).rejects.toMatchObject(gone);
      expect((await get(address, bearer)).body.errorCode).toBe('enrollment_not_found');
    });

    it('is refused with a code and a text for people', async () => {
      const phone = make(base);
      await enrol(phone);
      const notification = { transactionToken: 'unknown', challenge: 'c', consentId: 'cns_0' };
      await expect(phone.allow(notification)).rejects.toMatchObject({ status: 404, code: 'invalid_token' });
      await expect(phone.consent(notification)).rejects.toMatchObject({
        status: 404,
        code: 'consent_not_found',
      });
    });
  });

  it('Android takes the whole text for a ticket when it is no address', async () => {
    await enrol(androidPhone(base), (ticket) => ticket);
  });

  it('a phone is told whose account it holds', async () => {
    const phone = iphone(base);
    const { person, enrollment } = await enrol(phone);
    const { body } = await get(`${base}appliance-mfa/api/device-accounts/${enrollment.id}`, {
      authorization: `Bearer ${enrollment.token}`,
    });
    expect(body.account_name).toBe(person.email);
    expect(body.issuer).toBe('Countersign');
  });

  it('the key for Web Push is the same for everybody', async () => {
    const keys = await Promise.all(
      ['api', 'appliance-mfa/api', 'guardian/api'].map((path) => get(`${base}${path}/push-key`)),
    );
    const [first] = keys;
    expect(Buffer.from(first?.body.vapid_public_key, 'base64url')).toHaveLength(65);
    expect(keys.map(({ body }) => body)).toEqual(keys.map(() => first?.body));
  });

  it('a page sees the number that the device of its person asks for', async () => {
    const phone = iphone(base);
    const { flow, token } = await begin(await guardian.deployment.person());
    const enrolled = await postJson(`${base}api/enroll`, phone.device.presented({ number_matching: true }), {
      authorization: `Ticket id="${flow.enrollment_tx_id}"`,
    });
    await stateOf(token);
    await call('send-push-notification', token);
    const { number_matching: number, state } = await stateOf(token);
    expect([state, number]).toEqual(['pending', expect.stringMatching(/^\d\d$/)]);
    const { body } = await get(`${base}api/device-accounts/${enrolled.body.id}/request`, {
      authorization: `Bearer ${enrolled.body.token}`,
    });
    expect(body.request.number_choices).toContain(number);
    const answer = (chosen: string) =>
      postJson(
        `${base}api/resolve-transaction`,
        {
          challenge_response: phone.device.answer({
            challenge: body.request.challenge,
            audience: `${base}api/resolve-transaction`,
            number: chosen,
          }),
        },
        { authorization: `Bearer ${body.request.transaction_token}` },
      );
    expect((await answer(number)).status).toBe(204);
    expect((await stateOf(token)).state).toBe('accepted');
  });
});
