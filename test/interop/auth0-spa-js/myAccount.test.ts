import type {
  EnrollmentChallengeOptions,
  EnrollmentVerifyOptions,
  MyAccountApiError,
  TotpEnrollmentChallengeResponse,
} from '@auth0/auth0-spa-js';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { forEachServer } from '../../support/server.ts';
import type { ApplicationSite } from '../applicationSite.ts';
import { AuthenticatorApp } from '../authenticatorApp.ts';
import { Deployment, type Person } from '../deployment.ts';
import { registerSpa, Spa, serveSpa } from './spa.ts';

let chromium: Browser;

beforeAll(async () => {
  chromium = await launchChromium();
});

afterAll(() => chromium.close());

forEachServer((_engine, start) => {
  let deployment: Deployment;
  let site: ApplicationSite;
  let context: BrowserContext;
  let spa: Spa;
  let kim: Person;

  beforeAll(async () => {
    deployment = await Deployment.start(start, { sentCodes: true });
    site = await serveSpa({ dataDir: deployment.server.dataDir });
  });

  afterAll(() => site.close());

  beforeEach(async () => {
    context = await chromium.newContext({ ignoreHTTPSErrors: true, locale: 'en' });
    const clientId = await registerSpa(deployment, site);
    kim = await deployment.person();
    spa = await Spa.open(context, deployment, site, clientId);
    await spa.signIn(kim);
  });

  afterEach(() => context.close());

  const begin = (options: EnrollmentChallengeOptions) =>
    spa.call((client, asked) => client.myAccount.enrollmentChallenge(asked), options);
  const verify = (options: EnrollmentVerifyOptions) =>
    spa.call((client, asked) => client.myAccount.enrollmentVerify(asked), options);
  const list = () => spa.call((client) => client.myAccount.getAuthenticationMethods(), undefined);

  /** What the SDK throws, as an application sees it. */
  const problemOf = (options: EnrollmentChallengeOptions) =>
    spa.call(async (client, asked) => {
      try {
        await client.myAccount.enrollmentChallenge(asked);
        return undefined;
      } catch (error) {
        const { name, type, status, title, detail, validation_errors } = error as MyAccountApiError;
        return { name, type, status, title, detail, validation_errors };
      }
    }, options);

  async function enrolApp() {
    const begun = (await begin({ type: 'totp' })) as TotpEnrollmentChallengeResponse;
    const app = AuthenticatorApp.scan(begun.barcode_uri);
    const { location, auth_session } = begun;
    const otp_code = await app.nextCode();
    const confirmed = await verify({ type: 'totp', location, auth_session, otp_code });
    kim.app = app;
    return confirmed;
  }

  /** Proves the second factor anew, as the API's hint has it. */
  const stepUp = () =>
    spa.signIn(kim, {
      authorizationParams: {
        audience: `${deployment.issuer}me/`,
        scope: 'openid read:me:authentication_methods',
        acr_values: 'http://idmanagement.gov/ns/assurance/aal/2',
      },
    });

  it('lists factors and methods, and adds an app', async () => {
    const factors = await spa.call((client) => client.myAccount.getFactors(), undefined);
    expect(factors).toEqual(
      expect.arrayContaining([expect.objectContaining({ type: 'totp', usage: ['secondary'] })]),
    );
    const confirmed = await enrolApp();
    expect(confirmed).toMatchObject({ type: 'totp', confirmed: true });
    // From now on there is a second factor, which this browser's session hasn't proved.
    expect(await list()).toMatchObject({
      error: 'login_required',
      error_description: 'Multifactor authentication required',
    });
    await stepUp();
    expect(await list()).toEqual(expect.arrayContaining([expect.objectContaining({ id: confirmed.id })]));
  });

  it('is told to step up, does so without the password, and goes on', async () => {
    const { id } = await enrolApp();
    expect(await problemOf({ type: 'phone', phone_number: deployment.number() })).toMatchObject({
      name: 'MyAccountApiError',
      type: 'urn:countersign:problem:insufficient-user-authentication',
      status: 403,
    });
    expect(await stepUp()).toEqual(['mfa-otp-challenge']);

    const phone_number = deployment.number();
    const begun = await begin({ type: 'phone', phone_number });
    const { location, auth_session } = begun;
    const otp_code = await deployment.codeSentTo(phone_number, 'sms');
    const phone = await verify({ type: 'phone', location, auth_session, otp_code });
    expect(phone).toMatchObject({ type: 'phone', phone_number, preferred_authentication_method: 'sms' });

    const named = await spa.call(
      (client, { id }) => client.myAccount.updateAuthenticationMethod(id, { name: 'Work' }),
      { id: phone.id },
    );
    expect(named).toMatchObject({ id: phone.id, name: 'Work' });
    const read = await spa.call((client, { id }) => client.myAccount.getAuthenticationMethod(id), { id });
    expect(read).toMatchObject({ id, type: 'totp' });
    await spa.call((client, { id }) => client.myAccount.deleteAuthenticationMethod(id), { id: phone.id });
    const phones = await spa.call((client) => client.myAccount.getAuthenticationMethods('phone'), undefined);
    expect(phones).toEqual([]);
  });

  it('renews recovery codes, and changes the password', async () => {
    await enrolApp();
    await stepUp();
    const codes = await begin({ type: 'recovery-code' });
    expect(codes).toMatchObject({ recovery_code: expect.stringMatching(/^[A-Z0-9]{24}$/) });
    const kept = await verify({
      type: 'recovery-code',
      location: codes.location,
      auth_session: codes.auth_session,
    });
    expect(kept).toMatchObject({ type: 'recovery-code' });
    const begun = await begin({ type: 'password' });
    expect(begun).toMatchObject({ id: 'password|new', policy: { complexity: { min_length: 8 } } });
    const changed = await verify({
      type: 'password',
      location: begun.location,
      auth_session: begun.auth_session,
      new_password: 'eight large green apples',
    });
    expect(changed).toMatchObject({ type: 'password', identity_user_id: kim.userId });
  });

  it('reads what was wrong', async () => {
    expect(await problemOf({ type: 'phone', phone_number: 'nonsense' })).toMatchObject({
      name: 'MyAccountApiError',
      type: 'https://auth0.com/api-errors/A0E-400-0003',
      status: 400,
      title: 'Validation Error',
      validation_errors: [{ detail: expect.any(String) }],
    });
  });
});
