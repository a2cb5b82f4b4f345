import type { Page } from 'playwright-core';
import type { TestPages } from './pages.ts';
import { fillAndSubmit, type Look, open, openInteraction } from './pageTour.ts';
import { addAuthenticator, type VirtualAuthenticator } from './virtualAuthenticator.ts';
import { keepRecoveryCode, startCeremony, webauthnFactors } from './webauthnPages.ts';

const person = { username: 'carla@example.com', password: 'seven red apples' };

/** Goes through the screens of keys and devices, and of browsers that can't use them. */
export async function tourWebauthn(pages: TestPages, page: Page, look: Look): Promise<void> {
  await pages.addPerson(person.username, person.password);
  await pages.house.setTenant({ factors: webauthnFactors, showFactorListOnEnrolment: false });
  const signIn = async () => {
    const state = await openInteraction(pages, page);
    await open(pages, page, `/u/login?state=${state}`);
    await fillAndSubmit(page, person);
    return state;
  };
  const key = await tourKey(page, signIn, look);
  pages.house.clock.advance(60);
  await tourDevice(page, key, signIn, look);
  await tourHelplessBrowser(page, signIn, look);
}

type SignIn = () => Promise<string>;

async function tourKey(page: Page, signIn: SignIn, look: Look): Promise<VirtualAuthenticator> {
  const key = await addAuthenticator(page, 'usb key');
  await key.setTouched(false);
  await signIn();
  await page.waitForURL('**/u/mfa-webauthn-roaming-enrollment*');
  await page.waitForSelector('.ceremony .primary:not([hidden])');
  await look('key enrolment');
  await startCeremony(page);
  await page.waitForSelector('.progress:not(:empty)');
  await look('key enrolment, waiting');
  await key.setTouched(true);
  await page.reload();
  await startCeremony(page);
  await page.waitForURL('**/u/mfa-webauthn-change-key-nickname*');
  await look('name of the key');
  await fillAndSubmit(page, { nickname: '' });
  await look('name of the key, none');
  await fillAndSubmit(page, { nickname: 'Blue key' });
  await keepRecoveryCode(page);
  return key;
}

async function tourDevice(page: Page, key: VirtualAuthenticator, signIn: SignIn, look: Look) {
  const device = await addAuthenticator(page, 'device');
  await page.context().clearCookies({ name: 'cs-abilities' });
  await key.setTouched(false);
  await signIn();
  await page.waitForURL('**/u/mfa-webauthn-roaming-challenge*');
  await look('key challenge');
  await startCeremony(page);
  await page.waitForSelector('.progress:not(:empty)');
  await look('key challenge, waiting');
  await key.setTouched(true);
  await page.reload();
  await startCeremony(page);
  await page.waitForURL('**/u/mfa-webauthn-platform-enrollment*');
  await page.waitForSelector('.ceremony .primary:not([hidden])');
  await look('offer to set up the device');
  await startCeremony(page);
  await page.waitForURL('**/u/mfa-webauthn-enrollment-success*');
  await look('device set up');
  await fillAndSubmit(page);
  await page.waitForURL('**/application*');
  await device.setUserVerified(false);
  await signIn();
  await page.waitForURL('**/u/mfa-webauthn-platform-challenge*');
  await startCeremony(page);
  await page.waitForSelector('.errors');
  await look('device challenge, cancelled');
  await page.click('button[value="pick-authenticator"]');
  await look('other methods, with a device');
}

async function tourHelplessBrowser(page: Page, signIn: SignIn, look: Look) {
  await page.context().clearCookies({ name: 'cs-abilities' });
  await page.route('**/detectCapabilities.*', (route) => route.abort());
  await signIn();
  await page.waitForSelector('.if-stuck button');
  await look('what the browser can do');
  await page.click('button[value="default"]');
  await page.waitForURL('**/u/mfa-webauthn-not-available-error*');
  await look('not in this browser');
}
