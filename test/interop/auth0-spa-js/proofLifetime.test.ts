import { decodeJwt } from 'jose';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { forEachServer } from '../../support/server.ts';
import type { ApplicationSite } from '../applicationSite.ts';
import { Deployment } from '../deployment.ts';
import { registerSpa, Spa, serveSpa } from './spa.ts';

const level = 'http://idmanagement.gov/ns/assurance/aal/2';
const strict = ['--mfa-policy', 'always', '--second-factor-minutes', '5'];

let chromium: Browser;

beforeAll(async () => {
  chromium = await launchChromium();
});

afterAll(() => chromium.close());

forEachServer((_engine, start) => {
  let deployment: Deployment;
  let site: ApplicationSite;
  let context: BrowserContext;

  beforeAll(async () => {
    deployment = await Deployment.start(start);
    site = await serveSpa({ dataDir: deployment.server.dataDir });
  });

  afterAll(() => site.close());

  beforeEach(async () => {
    context = await chromium.newContext({ ignoreHTTPSErrors: true, locale: 'en' });
  });

  afterEach(() => context.close());

  describe('an application for which a second factor counts five minutes', () => {
    it('hears from silent authentication that it is over, and goes on by a pop-up without a new sign-in', async () => {
      const clientId = await registerSpa(deployment, site, ...strict);
      const kim = await deployment.enrolledPerson();
      const spa = await Spa.open(context, deployment, site, clientId);
      expect(await spa.signIn(kim)).toEqual(['login', 'mfa-otp-challenge']);
      expect((await spa.getTokenSilently()).error).toBeUndefined();
      await deployment.ageProofs(kim, 6);
      expect(await spa.getTokenSilently()).toMatchObject({
        error: 'login_required',
        error_description: 'Multifactor authentication required',
      });

      const popup = context.waitForEvent('page');
      const proved = spa.call(async (client, acr_values) => {
        const token = await client.getTokenWithPopup({ authorizationParams: { acr_values } });
        const claims = await client.getIdTokenClaims();
        return { access_token: token ?? '', id_token: claims?.__raw ?? '' };
      }, level);
      const window = await popup;
      await window.waitForURL('**/u/mfa-otp-challenge*');
      await window.fill('#code', await kim.app.nextCode());
      await window.click('#step button[value="default"]');
      const { error, id_token } = await proved;
      expect(error).toBeUndefined();
      expect(decodeJwt(id_token)).toMatchObject({ acr: level, amr: ['mfa', 'pwd', 'otp'] });
      expect((await spa.getTokenSilently()).error).toBeUndefined();
    });

    it('hears it from a refresh, and goes on by the MFA client', async () => {
      const grants = 'authorization_code,refresh_token,mfa-otp';
      const clientId = await registerSpa(deployment, site, ...strict, '--grant-types', grants);
      const kim = await deployment.enrolledPerson();
      const spa = await Spa.open(context, deployment, site, clientId, { useRefreshTokens: true });
      await spa.signIn(kim);
      expect((await spa.getTokenSilently()).error).toBeUndefined();
      await deployment.ageProofs(kim, 6);
      const refused = await spa.getTokenSilently();
      expect(refused).toMatchObject({ error: 'mfa_required', mfa_token: expect.any(String) });
      const answer = [refused.mfa_token ?? '', await kim.app.nextCode()] as const;
      const verified = await spa.call(
        (client, [mfaToken, otp]) => client.mfa.verify({ mfaToken, otp }),
        answer,
      );
      expect(verified.error).toBeUndefined();
      for (let use = 0; use < 2; use += 1) expect((await spa.getTokenSilently()).error).toBeUndefined();
    });
  });
});
