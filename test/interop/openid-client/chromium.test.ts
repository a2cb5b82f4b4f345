import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { forEachServer } from '../../support/server.ts';
import { type ApplicationSite, serveApplication } from '../applicationSite.ts';
import { chromiumVisitor } from '../chromiumVisitor.ts';
import { Deployment } from '../deployment.ts';
import { passPages } from '../hostedPages.ts';
import { RelyingParty } from '../relyingParty.ts';

let chromium: Browser;
let site: ApplicationSite;

beforeAll(async () => {
  [chromium, site] = await Promise.all([launchChromium(), serveApplication({})]);
});

afterAll(() => Promise.all([chromium.close(), site.close()]));

forEachServer((_engine, start) => {
  it('signs in and enrols in Chromium, and signs in again', async () => {
    const deployment = await Deployment.start(start);
    const redirect = { redirect_uri: `${site.origin}/callback` };
    const application = await deployment.application(
      ...['--mfa-policy', 'always', '--callbacks', redirect.redirect_uri],
    );
    const party = await RelyingParty.discover(deployment, application);
    const kim = await deployment.person();
    const context = await chromium.newContext({ ignoreHTTPSErrors: true, locale: 'en' });
    const page = await context.newPage();

    const first = await party.begin(redirect);
    await page.goto(first.url.href);
    const enrolled = await passPages(chromiumVisitor(page, deployment.issuer), kim);
    expect(enrolled.at(-1)).toBe('mfa-recovery-code-enrollment');
    const tokens = await party.finish(new URL(page.url()), first);
    expect(tokens.claims()?.amr).toContain('mfa');

    const again = await party.begin({ ...redirect, prompt: 'login' });
    await page.goto(again.url.href);
    const answered = await passPages(chromiumVisitor(page, deployment.issuer), kim);
    expect(answered).toEqual(['login', 'mfa-otp-challenge']);
    expect((await party.finish(new URL(page.url()), again)).claims()?.amr).toContain('otp');
    await context.close();
  });
});
