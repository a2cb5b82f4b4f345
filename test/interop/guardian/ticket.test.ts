import { beforeAll, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { AuthenticatorApp } from '../authenticatorApp.ts';
import type { Person } from '../deployment.ts';
import { postJson } from '../wireCalls.ts';
import { GuardianDeployment } from './deploy.ts';
import { iphone } from './phones.ts';
import { confirmed, WidgetPage } from './widget.ts';

/** auth0-guardian-js 1.4.1, unchanged, with the ticket of an invitation in place of a login. */
forEachServer((_engine, start) => {
  let guardian: GuardianDeployment;

  beforeAll(async () => {
    guardian = await GuardianDeployment.start(start);
  });

  async function invite({ email }: Person, ...flags: string[]): Promise<string> {
    const made = await guardian.deployment.server.cli<{ ticket_url: string }>(
      ...['user', 'invite-mfa', email, ...flags],
    );
    return new URL(made.ticket_url).searchParams.get('ticket') ?? '';
  }

  const serviceUrl = () => `${guardian.deployment.issuer}guardian`;
  const open = (ticket: string) => WidgetPage.open({ serviceUrl: serviceUrl(), ticket });
  const begin = (ticket: string) =>
    postJson(
      `${serviceUrl()}/api/start-flow`,
      { state_transport: 'polling' },
      {
        authorization: `Ticket id="${ticket}"`,
      },
    );

  it.concurrent('sets an app up, tells the recovery code, and hands out nothing to sign in by (S-25)', async () => {
    const person = await guardian.deployment.person();
    const ticket = await invite(person);
    const page = await open(ticket);
    const step = await page.enroll('otp');
    const app = AuthenticatorApp.scan(step.getUri() ?? '');
    const { recoveryCode } = await confirmed(step, await app.nextCode());
    expect(recoveryCode).toMatch(/^[A-Z1-9]{24}$/);
    expect(await page.enrollmentComplete()).toMatchObject({ recoveryCode, authRequired: false });
    const { accepted, signature } = await page.authResponse();
    expect({ accepted, signature: signature ?? null }).toEqual({ accepted: true, signature: null });
    // S-42: once.
    expect(await begin(ticket)).toMatchObject({
      status: 404,
      body: { errorCode: 'enrollment_transaction_not_found' },
    });
  });

  it.concurrent('sets a phone up that takes pushes, without a login to approve', async () => {
    const page = await open(
      await invite(await guardian.deployment.person(), '--factor', 'push-notification'),
    );
    expect(page.transaction.getAvailableEnrollmentMethods()).toEqual(['push']);
    const step = await page.enroll('push');
    await iphone(guardian.deployment.issuer).enroll(step.getUri() ?? '');
    const complete = await page.enrollmentComplete();
    expect(complete.enrollment.getAvailableAuthenticatorTypes()).toContain('push');
  });

  it.concurrent('S-42 the flow begun last counts, and one enrolment', async () => {
    const ticket = await invite(await guardian.deployment.person());
    const [first, second] = [await open(ticket), await open(ticket)];
    const late = await first.enroll('otp');
    const lateCode = await AuthenticatorApp.scan(late.getUri() ?? '').nextCode();
    await expect(confirmed(late, lateCode)).rejects.toMatchObject({
      errorCode: 'transaction_expired',
      statusCode: 401,
    });
    const step = await second.enroll('otp');
    await confirmed(step, await AuthenticatorApp.scan(step.getUri() ?? '').nextCode());
    await second.enrollmentComplete();
  });

  it.concurrent('S-39 is for people who have nothing: the rest goes to the hosted pages', async () => {
    const person = await guardian.deployment.enrolledPerson();
    for (const flags of [[], ['--beside']]) {
      expect(await begin(await invite(person, ...flags))).toMatchObject({
        status: 409,
        body: { errorCode: 'enrollment_conflict' },
      });
    }
  });

  it.concurrent('is refused with a made-up ticket', async () => {
    expect(await begin('made-up')).toMatchObject({ status: 404 });
  });
});
