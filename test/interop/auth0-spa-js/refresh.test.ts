import { decodeJwt } from 'jose';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { forEachServer } from '../../support/server.ts';
import type { ApplicationSite } from '../applicationSite.ts';
import { AuthenticatorApp } from '../authenticatorApp.ts';
import { Deployment, type Person } from '../deployment.ts';
import { interruptRefresh, registerSpa, Spa, serveSpa } from './spa.ts';

const multiFactor = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';
const api = 'https://api.example.com/timesheet';

let chromium: Browser;

beforeAll(async () => {
  chromium = await launchChromium();
});

afterAll(() => chromium.close());

forEachServer((_engine, start) => {
  let deployment: Deployment;
  /** The application's site, beside the server and over TLS as well. */
  let site: ApplicationSite;
  let context: BrowserContext;

  beforeAll(async () => {
    deployment = await Deployment.start(start);
    site = await serveSpa({ dataDir: deployment.server.dataDir });
    await deployment.api(api, '--scopes', 'read:hours', '--allow-offline-access');
  });

  afterAll(() => site.close());

  beforeEach(async () => {
    context = await chromium.newContext({ ignoreHTTPSErrors: true, locale: 'en' });
  });

  afterEach(() => context.close());

  describe('refresh tokens', () => {
    it.each([true, false])('rotate at each use, bodies as forms: %s', async (useFormData) => {
      const clientId = await registerSpa(deployment, site);
      const kim = await deployment.person();
      const spa = await Spa.open(context, deployment, site, clientId, {
        useRefreshTokens: true,
        useFormData,
        authorizationParams: { audience: api, scope: 'openid read:hours' },
      });
      await spa.signIn(kim);
      const tokens = new Set<string | undefined>();
      for (let use = 0; use < 3; use += 1) {
        const outcome = await spa.getTokenSilently();
        expect(outcome.error).toBeUndefined();
        tokens.add(outcome.access_token);
      }
      expect(tokens.size).toBe(3);
    });

    it('serve an application on another site, where browsers keep cookies out of frames', async () => {
      const distant = await serveSpa({ host: '127.0.0.1' });
      const kim = await deployment.person();
      const clientId = await registerSpa(deployment, distant);
      const spa = await Spa.open(context, deployment, distant, clientId, { useRefreshTokens: true });
      await spa.signIn(kim);
      expect((await spa.getTokenSilently()).access_token).toEqual(expect.any(String));
      // A browser that lets them in sends this one along.
      expect(await context.cookies(deployment.issuer)).toContainEqual(
        expect.objectContaining({
          name: '__Host-countersign',
          sameSite: 'None',
          secure: true,
          httpOnly: true,
        }),
      );
      await distant.close();
    });
  });

  describe('its MFA client', () => {
    const interruptedSpa = (person: Person, useFormData?: boolean) =>
      interruptRefresh(context, deployment, site, person, { audience: api, useFormData });

    it.each([true, false])('answers a challenge after a refresh, forms: %s', async (useFormData) => {
      const kim = await deployment.enrolledPerson();
      const { spa, mfaToken, requirements } = await interruptedSpa(kim, useFormData);
      expect(requirements).toEqual({ challenge: [{ type: 'otp' }, { type: 'recovery-code' }] });
      const authenticators = await spa.call((client, token) => client.mfa.getAuthenticators(token), mfaToken);
      expect(authenticators).toEqual([
        expect.objectContaining({ authenticatorType: 'otp', type: 'otp', active: true }),
        expect.objectContaining({ authenticatorType: 'recovery-code', active: true }),
      ]);
      const challenge = await spa.call(
        (client, [token, authenticatorId]) =>
          client.mfa.challenge({ mfaToken: token, challengeType: 'otp', authenticatorId }),
        [mfaToken, authenticators[0]?.id ?? ''] as const,
      );
      expect(challenge).toEqual({ challengeType: 'otp' });

      const verify = (otp: string) =>
        spa.call((client, [token, code]) => client.mfa.verify({ mfaToken: token, otp: code }), [
          mfaToken,
          otp,
        ] as const);
      expect(await verify(await kim.app.wrongCode())).toMatchObject({
        error: 'invalid_grant',
        error_description: 'Invalid otp_code.',
      });
      const verified = await verify(await kim.app.nextCode());
      expect(verified.error).toBeUndefined();
      expect([decodeJwt(verified.access_token).aud].flat()).toContain(api);
      expect(decodeJwt(verified.id_token)).toMatchObject({ sub: kim.userId, acr: multiFactor });

      // The SDK took over the tokens of the verification: refreshing works again, unasked.
      expect((await spa.getTokenSilently()).error).toBeUndefined();
    });

    it('enrols a person who has no factor', async () => {
      const { spa, mfaToken } = await interruptedSpa(await deployment.person());
      const factors = await spa.call((client, token) => client.mfa.getEnrollmentFactors(token), mfaToken);
      expect(factors).toEqual([{ type: 'otp' }]);
      const enrolment = await spa.call(
        (client, token) => client.mfa.enroll({ mfaToken: token, factorType: 'otp' }),
        mfaToken,
      );
      expect(enrolment.error).toBeUndefined();
      const app = AuthenticatorApp.scan(enrolment.barcodeUri ?? '');
      const verified = await spa.call((client, [token, otp]) => client.mfa.verify({ mfaToken: token, otp }), [
        mfaToken,
        await app.nextCode(),
      ] as const);
      expect(verified.error).toBeUndefined();
      expect((await spa.getTokenSilently()).error).toBeUndefined();
    });

    it('takes a recovery code and hands out the next', async () => {
      const kim = await deployment.enrolledPerson();
      const { spa, mfaToken } = await interruptedSpa(kim);
      const verified = await spa.call(
        (client, [token, recoveryCode]) => client.mfa.verify({ mfaToken: token, recoveryCode }),
        [mfaToken, kim.recoveryCode] as const,
      );
      expect(verified.error).toBeUndefined();
      expect(verified).toMatchObject({ recovery_code: expect.stringMatching(/^[A-Z1-9]{24}$/) });
    });
  });
});
