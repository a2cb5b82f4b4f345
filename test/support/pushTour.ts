import type { Page } from 'playwright-core';
import { deviceInHand } from './deviceInHand.ts';
import type { TestPages } from './pages.ts';
import { fillAndSubmit, type Look, open, openInteraction } from './pageTour.ts';

const person = { username: 'dana@example.com', password: 'seven red apples' };
const on = { enabled: true };
const waits = '.progress:not(:empty)';

/** Goes through the screens of requests to a device, each end of a request included. */
export async function tourPush(pages: TestPages, page: Page, look: Look): Promise<void> {
  const { house } = pages;
  await pages.addPerson(person.username, person.password);
  const factors = { 'push-notification': on, otp: on };
  await house.setTenant({ factors, showFactorListOnEnrolment: false });
  const signIn = async () => {
    await openInteraction(pages, page).then((state) => open(pages, page, `/u/login?state=${state}`));
    await fillAndSubmit(page, person);
    await page.waitForSelector(waits);
  };
  const phone = deviceInHand(house, { name: 'Dana’s phone' });

  await signIn();
  await look('device enrolment, QR code');
  await page.click('button[value="toggle-view"]');
  await page.waitForSelector(waits);
  await look('device enrolment, link');
  house.clock.advance(601);
  await page.reload();
  await look('device enrolment, over');
  await page.click('button[value="renew"]');
  await page.waitForSelector(waits);
  await phone.enrol((await page.getAttribute('a.primary', 'href')) ?? '');
  await page.waitForURL('**/application*');
  house.clock.advance(3600);

  await signIn();
  await look('request, without notifications');
  await phone.approve('00');
  await page.waitForSelector('.notice');
  await look('request, wrong number');
  house.clock.advance(600);

  await signIn();
  await phone.deny();
  await page.waitForSelector('.notice');
  await look('request, refused');
  await page.click('.ask-again button');
  await page.waitForSelector('.countdown:not([hidden])');
  await look('request, paused');
  await page.click('button[value="pick-authenticator"]');
  await look('other methods, with a device');
}
