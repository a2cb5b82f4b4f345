import type { Page } from 'playwright-core';
import { codeOf, context } from './engine.ts';
import type { TestPages } from './pages.ts';
import { fillAndSubmit, type Look, open, openInteraction } from './pageTour.ts';

const person = { email: 'gus@example.com', password: 'seven red apples' };
const on = { enabled: true };

/** Goes through what people come to by a link: an invitation, and a reset that asks for a factor first. */
export async function tourErrands(pages: TestPages, page: Page, look: Look): Promise<void> {
  const { house } = pages;
  const userId = await pages.addPerson(person.email, person.password);
  await house.setTenant({ policy: 'always', factors: { otp: on, 'recovery-code': on } });
  const invite = async () => {
    const operator = { kind: 'operator', id: 'olga' } as const;
    const made = await house.engine.errands.invite(userId, { allowsAnother: false }, operator, context);
    return made.outcome === 'invited' ? made.path : '';
  };

  const link = await invite();
  await open(pages, page, link);
  await look('invitation');
  await fillAndSubmit(page);
  await page.goto(page.url().replace('-qr?', '-code?'));
  const secret = (await page.getAttribute('#shown-code', 'data-code')) ?? '';
  await fillAndSubmit(page, { code: await codeOf(secret, house.clock.now) });
  await page.check('#saved');
  await fillAndSubmit(page);
  await look('invitation, done');
  await open(pages, page, link);
  await look('invitation, used');
  await open(pages, page, '/guardian/enroll?ticket=made-up');
  await look('invitation, unknown');
  await open(pages, page, await invite());
  await fillAndSubmit(page);
  await look('invitation, nothing to do');

  const state = await openInteraction(pages, page);
  await open(pages, page, `/u/reset-password/request?state=${state}`);
  await fillAndSubmit(page, { email: person.email });
  await open(pages, page, await pages.linkFor(person.email));
  await look('reset, a factor first');
  house.clock.advance(30);
  await page.click('button[value="prove"]');
  await look('reset, challenge');
  await fillAndSubmit(page, { code: await codeOf(secret, house.clock.now) });
  await look('reset, password');
  await open(pages, page, await pages.linkFor(person.email));
  await page.click('button[value="prove"]');
  for (let attempt = 0; attempt < 10; attempt += 1) await fillAndSubmit(page, { code: '000000' });
  await look('reset, locked');
}
