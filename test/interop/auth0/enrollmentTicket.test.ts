import { ManagementClient } from 'auth0';
import { beforeAll, describe, expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { AuthenticatorApp } from '../authenticatorApp.ts';
import { Deployment } from '../deployment.ts';
import { WebBrowser } from '../webBrowser.ts';
import { get } from '../wireCalls.ts';

const scope = 'create:guardian_enrollment_tickets';

forEachServer((_engine, start) => {
  describe('guardian.enrollments.createTicket of auth0', () => {
    let deployment: Deployment;
    let management: ManagementClient;

    beforeAll(async () => {
      deployment = await Deployment.start(start);
      management = await clientWith(scope);
    });

    /** As a backend has it: the client takes care of its token. */
    async function clientWith(...scopes: string[]): Promise<ManagementClient> {
      const { clientId, clientSecret } = await deployment.application('--app-type', 'non_interactive');
      const api = `${deployment.issuer}api/v2/`;
      await deployment.server.cli('api', 'grant', clientId, api, '--scopes', scopes.join(','));
      return new ManagementClient({ domain: deployment.domain, clientId, clientSecret });
    }

    const createTicket = (request: Parameters<typeof management.guardian.enrollments.createTicket>[0]) =>
      management.guardian.enrollments.createTicket(request);

    it('gives a link by which the person sets up an authenticator app, once', async () => {
      const person = await deployment.person();
      const { ticket_id: ticket, ticket_url: link } = await createTicket({
        user_id: person.userId,
        factor: 'otp',
      });
      expect(link).toBe(`${deployment.issuer}guardian/enroll?ticket=${ticket}`);

      const browser = new WebBrowser(deployment.issuer);
      await browser.open(link ?? '');
      await browser.submit({});
      expect(browser.screen).toBe('mfa-otp-enrollment-qr');
      await browser.press('toggle-view');
      const app = AuthenticatorApp.withKey(await browser.shownCode());
      await browser.submit({ code: await app.nextCode() });
      expect(browser.screen).toBe('mfa-recovery-code-enrollment');
      await browser.submit({ saved: 'on' });
      expect(browser.screen).toBe('mfa-enroll-result');
      expect(browser.body).toContain('Your second step is set up');

      const late = new WebBrowser(deployment.issuer);
      await late.open(link ?? '');
      expect(late.body).toContain('This invitation was used already');
      expect(await deployment.eventsOf(person)).toEqual(
        expect.arrayContaining(['sapi', 'gd_start_enroll', 'gd_enrollment_complete']),
      );
    });

    it('sends the link where it is told to, in the language it is told', async () => {
      const person = await deployment.person();
      const to = `desk-${person.email}`;
      const { ticket_url: link } = await createTicket({
        user_id: person.userId,
        email: to,
        send_mail: true,
        email_locale: 'de',
        allow_multiple_enrollments: true,
      });
      const { body } = await get(`${deployment.issuer}dev/outbox.json?to=${encodeURIComponent(to)}`);
      expect(body).toHaveLength(1);
      expect(body[0].subject).toMatch(/^Richten Sie einen zweiten Schritt/);
      expect(body[0].links).toContain(link);
    });

    it('rejects with what was wrong, as the client reads it', async () => {
      const person = await deployment.person();
      await expect(createTicket({ user_id: 'auth0|nobody' })).rejects.toMatchObject({
        name: 'NotFoundError',
        statusCode: 404,
        body: { errorCode: 'inexistent_user', message: 'The user does not exist.' },
      });
      await expect(createTicket({ user_id: person.userId, factor: 'email' })).rejects.toMatchObject({
        name: 'BadRequestError',
        statusCode: 400,
        body: { errorCode: 'operation_not_supported' },
      });
      const without = await clientWith();
      await expect(
        without.guardian.enrollments.createTicket({ user_id: person.userId }),
      ).rejects.toMatchObject({
        name: 'ForbiddenError',
        statusCode: 403,
        body: { message: `Insufficient scope, expected any of: ${scope}` },
      });
    });
  });
});
