import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { forEachServer } from '../../support/server.ts';
import type { ApplicationSite } from '../applicationSite.ts';
import { Deployment, type Person } from '../deployment.ts';
import { interruptRefresh, type Spa, serveSpa } from './spa.ts';

const audience = 'https://api.example.com/timesheet';

let chromium: Browser;

beforeAll(async () => {
  chromium = await launchChromium();
});

afterAll(() => chromium.close());

forEachServer((_engine, start) => {
  let deployment: Deployment;
  let site: ApplicationSite;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    deployment = await Deployment.start(start, { sentCodes: true });
    site = await serveSpa({ dataDir: deployment.server.dataDir });
    await deployment.api(audience, '--scopes', 'read:hours', '--allow-offline-access');
  });

  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await site.close();
  });

  /** In a browser that has no session yet. */
  async function interrupt(person: Person) {
    const context = await chromium.newContext({ ignoreHTTPSErrors: true, locale: 'en' });
    contexts.push(context);
    return interruptRefresh(context, deployment, site, person, { audience });
  }

  const verify = (spa: Spa, mfaToken: string, oobCode: string | undefined, bindingCode: string) =>
    spa.call(
      (client, [token, oob, binding]) =>
        client.mfa.verify({ mfaToken: token, oobCode: oob, bindingCode: binding }),
      [mfaToken, oobCode ?? '', bindingCode] as const,
    );

  it('enrols a phone by its MFA client, then answers by a call and by e-mail', async () => {
    const kim = await deployment.person();
    const number = deployment.number();
    const { spa, mfaToken } = await interrupt(kim);
    const factors = await spa.call((client, token) => client.mfa.getEnrollmentFactors(token), mfaToken);
    expect(factors).toEqual([{ type: 'otp' }, { type: 'phone' }]);
    const enrolment = await spa.call(
      (client, [token, phoneNumber]) =>
        client.mfa.enroll({ mfaToken: token, factorType: 'sms', phoneNumber }),
      [mfaToken, number] as const,
    );
    expect(enrolment).toMatchObject({ authenticatorType: 'oob', oobChannel: 'sms', bindingMethod: 'prompt' });
    if (enrolment.authenticatorType !== 'oob') throw new Error('Another kind of authenticator was enrolled.');
    const enrolled = await verify(
      spa,
      mfaToken,
      enrolment.oobCode,
      await deployment.codeSentTo(number, 'sms'),
    );
    expect(enrolled.error).toBeUndefined();

    for (const [prefix, type, to, channel] of [
      ['voice', 'phone', number, 'voice'],
      ['email', 'email', kim.email, 'email'],
    ] as const) {
      const again = await interrupt(kim);
      expect(again.requirements).toEqual({
        challenge: [{ type: 'phone' }, { type: 'email' }, { type: 'recovery-code' }],
      });
      const list = await again.spa.call(
        (client, token) => client.mfa.getAuthenticators(token),
        again.mfaToken,
      );
      const chosen = list.find((one) => one.type === type && one.id.startsWith(`${prefix}|`));
      const challenge = await again.spa.call(
        (client, [token, authenticatorId]) =>
          client.mfa.challenge({ mfaToken: token, challengeType: 'oob', authenticatorId }),
        [again.mfaToken, chosen?.id ?? ''] as const,
      );
      const bindingCode = await deployment.codeSentTo(to, channel);
      const verified = await verify(again.spa, again.mfaToken, challenge.oobCode, bindingCode);
      expect(verified.error).toBeUndefined();
      expect((await again.spa.getTokenSilently()).error).toBeUndefined();
    }
  });
});
