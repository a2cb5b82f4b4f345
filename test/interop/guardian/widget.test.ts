import auth0GuardianJS, { type AuthStep, type Enrollment, type Transaction } from 'auth0-guardian-js';
import { decodeJwt } from 'jose';
import { beforeAll, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { AuthenticatorApp } from '../authenticatorApp.ts';
import type { Person } from '../deployment.ts';
import { postJson } from '../wireCalls.ts';
import { GuardianDeployment, type Interrupted } from './deploy.ts';
import { androidPhone, iphone, type Phone } from './phones.ts';
import { called, confirmed, verified, WidgetPage } from './widget.ts';

/** auth0-guardian-js 1.4.1, unchanged, over TLS. */
forEachServer((_engine, start) => {
  let guardian: GuardianDeployment;

  beforeAll(async () => {
    guardian = await GuardianDeployment.start(start);
  });

  const base = () => guardian.deployment.issuer;

  async function open(person: Person): Promise<{ page: WidgetPage } & Interrupted> {
    const interrupted = await guardian.signIn(person);
    return { ...interrupted, page: await WidgetPage.open(interrupted.input) };
  }

  /** The application completes the login, once. */
  async function expectTokens(
    { mfaToken }: Pick<Interrupted, 'mfaToken'>,
    signature: string | null,
    amr?: string,
  ) {
    const { status, body } = await guardian.redeem(mfaToken, signature);
    expect([status, body.token_type]).toEqual([200, 'Bearer']);
    const claims = decodeJwt(body.id_token);
    expect(claims.amr).toEqual(expect.arrayContaining(amr === undefined ? ['mfa'] : ['mfa', amr]));
    expect((await guardian.redeem(mfaToken, signature)).body.error).toBe('expired_token');
  }

  /** Somebody with a number, enrolled by the MFA API. */
  async function phoneOwner(): Promise<Person & { number: string }> {
    const person = await guardian.deployment.person();
    const number = guardian.deployment.number();
    const { mfaToken } = await guardian.signIn(person);
    const bearer = { authorization: `Bearer ${mfaToken}` };
    const asked = { authenticator_types: ['oob'], oob_channels: ['sms'], phone_number: number };
    const { body } = await postJson(`${base()}mfa/associate`, asked, bearer);
    const { clientId, clientSecret } = guardian.application;
    const confirmation = await guardian.deployment.token({
      grant_type: 'http://auth0.com/oauth/grant-type/mfa-oob',
      ...{ client_id: clientId, client_secret: clientSecret, mfa_token: mfaToken },
      ...{ oob_code: body.oob_code, binding_code: await guardian.deployment.codeSentTo(number, 'sms') },
    });
    expect(confirmation.status).toBe(200);
    return { ...person, number };
  }

  /** Somebody with a phone that takes pushes, enrolled by the widget. */
  async function pushOwner(phone: Phone): Promise<Person> {
    const person = await guardian.deployment.person();
    const opened = await open(person);
    const step = await opened.page.enroll('push');
    await phone.enroll(step.getUri() ?? '');
    await opened.page.enrollmentComplete();
    return person;
  }

  it.concurrent('a person without a second factor may enrol any of the three', async () => {
    const { page } = await open(await guardian.deployment.person());
    expect(page.transaction.isEnrolled()).toBe(false);
    expect(page.transaction.getAvailableEnrollmentMethods()).toEqual(['push', 'otp', 'sms']);
  });

  it.concurrent('push is enrolled by an iPhone, and then approved', async () => {
    const phone = iphone(base());
    const opened = await open(await guardian.deployment.person());
    const step = await opened.page.enroll('push');
    const uri = new URL(step.getUri() ?? '');
    expect(uri.searchParams.get('base_url')).toBe(`${base()}guardian`);
    const enrolled = await phone.enroll(uri.href);
    expect(uri.searchParams.get('id')).toBe(enrolled.id);
    const complete = await opened.page.enrollmentComplete();
    expect(complete).toMatchObject({
      recoveryCode: expect.stringMatching(/^[A-Z1-9]{24}$/),
      authRequired: true,
    });
    expect(complete.enrollment.getAvailableAuthenticatorTypes()).toEqual(['push', 'otp', 'recovery-code']);
    expect(complete.enrollment.getName()).toBe(phone.device.name);
    await opened.page.requestAuth('push');
    await phone.allow(await phone.notification());
    const { accepted, signature } = await opened.page.authResponse();
    expect(accepted).toBe(true);
    await expectTokens(opened, signature);
  });

  it.concurrent('an app is enrolled, which completes the login', async () => {
    const opened = await open(await guardian.deployment.person());
    const step = await opened.page.enroll('otp');
    const app = AuthenticatorApp.scan(step.getUri() ?? '');
    await expect(confirmed(step, await app.wrongCode())).rejects.toMatchObject({
      errorCode: 'invalid_otp',
      statusCode: 401,
    });
    const again = await opened.page.enroll('otp');
    const { recoveryCode } = await confirmed(again, await app.nextCode());
    expect(recoveryCode).toMatch(/^[A-Z1-9]{24}$/);
    const complete = await opened.page.enrollmentComplete();
    expect(complete).toMatchObject({ recoveryCode, authRequired: false });
    const { accepted, signature } = await opened.page.authResponse();
    expect(accepted).toBe(true);
    await expectTokens(opened, signature, 'otp');
  });

  it.concurrent('a number is enrolled, which completes the login, also after a wrong number', async () => {
    const number = guardian.deployment.number();
    const opened = await open(await guardian.deployment.person());
    await expect(opened.page.enroll('sms', { phoneNumber: '12' })).rejects.toMatchObject({
      errorCode: 'invalid_phone_number',
      statusCode: 400,
    });
    await opened.page.enroll('sms', { phoneNumber: guardian.deployment.number() });
    const step = await opened.page.enroll('sms', { phoneNumber: number });
    await confirmed(step, await guardian.deployment.codeSentTo(number, 'sms'));
    const complete = await opened.page.enrollmentComplete();
    expect(complete.authRequired).toBe(false);
    expect(complete.enrollment.getPhoneNumber()).toBe(`XXXXXXXXXX${number.slice(-4)}`);
    const { signature } = await opened.page.authResponse();
    await expectTokens(opened, signature, 'sms');
  });

  it.concurrent('who turned from a number to the app, or to the phone, is enrolled all the same', async () => {
    const app = await open(await guardian.deployment.person());
    const number = guardian.deployment.number();
    await app.page.enroll('sms', { phoneNumber: number });
    const step = await app.page.enroll('otp');
    await confirmed(step, await AuthenticatorApp.scan(step.getUri() ?? '').nextCode());
    const { enrollment } = await app.page.enrollmentComplete();
    expect(enrollment.getAvailableAuthenticatorTypes()).toEqual(['otp', 'recovery-code']);
    await expectTokens(app, (await app.page.authResponse()).signature, 'otp');

    const phone = androidPhone(base());
    const push = await open(await guardian.deployment.person());
    await push.page.enroll('sms', { phoneNumber: number });
    const scan = await push.page.enroll('push');
    await phone.enroll(scan.getUri() ?? '');
    const complete = await push.page.enrollmentComplete();
    expect(complete.enrollment.getAvailableAuthenticatorTypes()).toEqual(['push', 'otp', 'recovery-code']);
  });

  it.concurrent.each([['/appliance-mfa'], ['/']])('works at the mount %s just as well', async (mount) => {
    const person = await guardian.deployment.enrolledPerson();
    const { mfaToken, input } = await guardian.signIn(person);
    const page = await WidgetPage.open({ ...input, serviceUrl: new URL(mount, base()).href });
    await verified(await page.requestAuth('otp'), await person.app.nextCode());
    await expectTokens({ mfaToken }, (await page.authResponse()).signature, 'otp');
  });

  it.concurrent('a code of the app answers a login, after a wrong one', async () => {
    const person = await guardian.deployment.enrolledPerson();
    const opened = await open(person);
    expect(opened.page.transaction.isEnrolled()).toBe(true);
    const wrong = await person.app.wrongCode();
    await expect(verified(await opened.page.requestAuth('otp'), wrong)).rejects.toMatchObject({
      errorCode: 'invalid_otp',
      statusCode: 401,
    });
    await verified(await opened.page.requestAuth('otp'), await person.app.nextCode());
    const { accepted, signature } = await opened.page.authResponse();
    expect(accepted).toBe(true);
    await expectTokens(opened, signature, 'otp');
    expect(opened.page.heard.map(({ name }) => name)).not.toContain('enrollment-complete');
  });

  it.concurrent('a code by text message answers a login, after a wrong one', async () => {
    const person = await phoneOwner();
    const opened = await open(person);
    const [enrollment] = opened.page.transaction.getEnrollments();
    expect(enrollment?.getAvailableMethods()).toEqual(['sms']);
    expect(enrollment?.getPhoneNumber()).toBe(`XXXXXXXXXX${person.number.slice(-4)}`);
    const step = await opened.page.requestAuth('sms');
    const code = await guardian.deployment.codeSentTo(person.number, 'sms');
    await expect(verified(step, code === '000000' ? '111111' : '000000')).rejects.toMatchObject({
      errorCode: 'invalid_otp',
    });
    const again = await opened.page.requestAuth('sms');
    await verified(again, await guardian.deployment.codeSentTo(person.number, 'sms'));
    const { signature } = await opened.page.authResponse();
    await expectTokens(opened, signature, 'sms');
  });

  it.concurrent('a push is accepted', async () => {
    const phone = androidPhone(base());
    const opened = await open(await pushOwner(phone));
    await opened.page.requestAuth();
    const notification = await phone.notification();
    expect(await phone.consent(notification)).toEqual({
      id: notification.consentId,
      audience: '',
      scope: ['openid'],
    });
    await phone.allow(notification);
    const { accepted, signature } = await opened.page.authResponse();
    expect(accepted).toBe(true);
    await expectTokens(opened, signature);
  });

  it.concurrent('a push is rejected, and the next one accepted', async () => {
    const phone = iphone(base());
    const opened = await open(await pushOwner(phone));
    await opened.page.requestAuth('push');
    await phone.reject(await phone.notification(), 'mistake');
    expect(await opened.page.authResponse()).toEqual({ accepted: false, signature: null });
    // Denials make the next request wait a minute.
    await expect(opened.page.requestAuth('push')).rejects.toMatchObject({
      errorCode: 'too_many_pn',
      statusCode: 429,
    });
    expect((await opened.page.getState()).state).toBe('rejected');
    await guardian.deployment.forgetDenials();
    await opened.page.requestAuth('push');
    expect((await opened.page.getState()).state).toBe('pending');
    await phone.allow(await phone.notification());
    const { signature } = await opened.page.acceptance();
    await expectTokens(opened, signature);
  });

  it.concurrent('the recovery code answers a login and is replaced', async () => {
    const person = await guardian.deployment.enrolledPerson();
    const opened = await open(person);
    await expect(opened.page.recover('A'.repeat(24))).rejects.toMatchObject({
      errorCode: 'invalid_recovery_code',
      statusCode: 401,
    });
    const { recoveryCode } = await opened.page.recover(person.recoveryCode);
    expect(recoveryCode).toMatch(/^[A-Z1-9]{24}$/);
    expect(recoveryCode).not.toBe(person.recoveryCode);
    const { accepted, signature } = await opened.page.authResponse();
    expect(accepted).toBe(true);
    await expectTokens(opened, signature);
  });

  it.concurrent('a page that was left is taken up again, and asks for the state itself', async () => {
    const person = await guardian.deployment.enrolledPerson();
    const { mfaToken, input } = await guardian.signIn(person);
    const issuer = { label: 'Example', name: 'example' };
    const left = await called<Transaction>((done) =>
      auth0GuardianJS({ ...input, issuer, transport: 'manual' }).start(done),
    );
    const kept: unknown = JSON.parse(JSON.stringify(left.serialize()));
    const resumed = await called<Transaction>((done) =>
      auth0GuardianJS.resume({ transport: 'manual' }, kept, done),
    );
    const state = () => called<Record<string, unknown>>((done) => resumed.getState(done));
    expect(await state()).toEqual({ id: expect.any(String), state: 'pending' });
    const [enrollment] = resumed.getEnrollments();
    const step = await called<AuthStep>((done) =>
      resumed.requestAuth(enrollment as Enrollment, { method: 'otp' }, done),
    );
    await verified(step, await person.app.nextCode());
    const { state: reached, token } = await state();
    expect(reached).toBe('accepted');
    await expectTokens({ mfaToken }, String(token), 'otp');
  });

  it.concurrent('a token that has expired is refused by the package, and by the server', async () => {
    const person = await guardian.deployment.enrolledPerson();
    const { input } = await guardian.signIn(person);
    const [header, , signature] = input.requestToken.split('.');
    const soon = { exp: Date.now() / 1000 + 0.5 };
    const payload = Buffer.from(JSON.stringify(soon)).toString('base64url');
    const late = WidgetPage.open({ ...input, requestToken: `${header}.${payload}.${signature}` }, 600);
    await expect(late).rejects.toMatchObject({ errorCode: 'credentials_expired' });

    const opened = await open(person);
    const step = await opened.page.requestAuth('otp');
    await guardian.deployment.ageTransactions(person, 20);
    await expect(WidgetPage.open(input)).rejects.toMatchObject({ statusCode: 401 });
    await expect(verified(step, await person.app.nextCode())).rejects.toMatchObject({
      errorCode: 'transaction_expired',
      statusCode: 401,
    });
    expect(await opened.page.error()).toMatchObject({ status: 401 });
    expect((await guardian.redeem(opened.mfaToken, 'x')).status).toBe(401);
  });

  it.concurrent('S-54 who asks for the state too often is told to wait, and gets it then', async () => {
    const person = await guardian.deployment.enrolledPerson();
    const opened = await open(person);
    const asked = await Promise.allSettled(Array.from({ length: 30 }, () => opened.page.getState()));
    const refused = asked.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThanOrEqual(8);
    for (const one of refused) expect(one).toMatchObject({ reason: { statusCode: 429 } });
    const step = await opened.page.requestAuth('otp');
    await verified(step, await person.app.nextCode());
    const { signature } = await opened.page.authResponse();
    await expectTokens(opened, signature, 'otp');
  });
});
