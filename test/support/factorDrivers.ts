import type { Page } from 'playwright-core';
import { deviceInHand } from './deviceInHand.ts';
import { codeOf, context } from './engine.ts';
import type { TestPages } from './pages.ts';
import { fillAndSubmit } from './pageTour.ts';
import { type AuthenticatorKind, addAuthenticator } from './virtualAuthenticator.ts';

/** A person before the served pages. */
export interface FactorScene {
  pages: TestPages;
  page: Page;
  userId: string;
  /** For the numbers of telephones: no two people have the same. */
  serial: number;
}

/** What a person does with one factor, whatever the page has for it. */
export interface FactorDriver {
  /** Gets it, where nobody sets it up. */
  receive?(): Promise<void>;
  /** Keeps it from answering before the test wants that. */
  hold?(): Promise<void>;
  /** From the screen that sets it up to where it is proved. */
  enrol?(): Promise<void>;
  /** From its challenge to where that is answered. */
  answer(): Promise<void>;
  /** Answers its challenge wrongly, and waits for the page that says so. */
  fail(): Promise<void>;
}

export type MakeDriver = (scene: FactorScene) => FactorDriver;

const isRefused = '.field.has-error, .errors, .notice, h1:text("Paused")';

async function failByCode(page: Page, code: string): Promise<void> {
  await fillAndSubmit(page, { code });
  await page.waitForSelector(isRefused);
}

/** Does something after which the screen goes on by itself, and waits for that. */
async function leave(page: Page, act: () => Promise<unknown>): Promise<void> {
  const left = new URL(page.url()).pathname;
  await act();
  await page.waitForURL(({ pathname }) => pathname !== left);
}

/** An authenticator app. */
export const appDriver: MakeDriver = ({ pages: { house }, page }) => {
  let secret = '';
  const code = () => codeOf(secret, house.clock.now);
  return {
    async enrol() {
      await page.click('button[value="toggle-view"]');
      secret = (await page.getAttribute('#shown-code', 'data-code')) ?? '';
      await fillAndSubmit(page, { code: await code() });
    },
    answer: async () => fillAndSubmit(page, { code: await code() }),
    fail: () => failByCode(page, '000000'),
  };
};

/** A code that was sent, by this channel to a telephone. */
export const phoneDriver =
  (channel: 'sms' | 'voice'): MakeDriver =>
  (scene) => ({
    async enrol() {
      const { page, serial } = scene;
      await page.check(`input[value="${channel}"]`);
      await fillAndSubmit(page, { phone: `+49 1511 ${2_345_000 + serial}` });
      await mailDriver(scene).answer();
    },
    answer: () => mailDriver(scene).answer(),
    fail: () => mailDriver(scene).fail(),
  });

/** A code that was sent anywhere. */
export const mailDriver: MakeDriver = ({ pages: { house }, page }) => {
  const sent = () => house.codes.at(-1)?.code ?? '';
  return {
    async answer() {
      await page.waitForSelector('[name="code"]');
      await fillAndSubmit(page, { code: sent() });
    },
    fail: () =>
      failByCode(
        page,
        sent().replace(/.$/, (digit) => String((Number(digit) + 1) % 10)),
      ),
  };
};

/** A device that answers requests. */
export const deviceDriver: MakeDriver = ({ pages: { house }, page }) => {
  const device = deviceInHand(house);
  return {
    async enrol() {
      await page.click('button[value="toggle-view"]');
      const link = (await page.getAttribute('a.primary', 'href')) ?? '';
      await leave(page, () => device.enrol(link));
    },
    async answer() {
      const number = await page.locator('.match-number').textContent();
      await device.approve(number ?? '');
    },
    async fail() {
      await page.waitForSelector('.match-number');
      await device.deny();
      await page.waitForSelector(isRefused);
    },
  };
};

/** A security key, or the device itself. */
export const authenticatorDriver =
  (kind: AuthenticatorKind): MakeDriver =>
  ({ page }) => {
    const plugged = addAuthenticator(page, kind);
    const askAgain = async (isVerified: boolean) => {
      const authenticator = await plugged;
      await authenticator.setUserVerified(isVerified);
      await authenticator.setTouched(true);
      await page.reload();
    };
    return {
      hold: async () => (await plugged).setTouched(false),
      async enrol() {
        await (await plugged).setTouched(true);
        await leave(page, () => page.click('.ceremony .primary:not([disabled])'));
      },
      answer: () => askAgain(true),
      async fail() {
        await askAgain(false);
        // What fails without a click is no failure of the person's.
        await page.click('.ceremony .primary:not([disabled])');
        await page.waitForSelector(isRefused);
      },
    };
  };

/** The code that stands by; `current` is the one that the person keeps. */
export const recoveryDriver =
  (current: () => string): MakeDriver =>
  ({ page }) => ({
    answer: () => fillAndSubmit(page, { code: current() }),
    fail: () => failByCode(page, 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF'),
  });

/** A pass, which an operator hands out as soon as it is wanted. */
export const passDriver: MakeDriver = ({ pages: { house }, page, userId }) => {
  let pass: string | undefined;
  const receive = async () => {
    const order = { reason: 'Lost everything', lifetimeSeconds: 86_400, isReusable: true };
    const issued = await house.engine.passes.issue(userId, order, { kind: 'operator', id: 'olga' }, context);
    if (issued.outcome !== 'issued') throw new Error(`No pass was handed out: ${issued.code}.`);
    pass = issued.pass;
  };
  return {
    receive,
    answer: () => fillAndSubmit(page, { code: pass ?? '' }),
    fail: () => failByCode(page, 'AAAA-BBBB-CCCC'),
  };
};

/** Duo's own page. */
export const duoDriver: MakeDriver = ({ page }) => {
  const choose = async (choice: 'Approve' | 'Deny') => {
    // The first time, and after a refusal, the person goes there by a button.
    if (new URL(page.url()).pathname.startsWith('/u/')) await fillAndSubmit(page);
    await page.click(`text=${choice}`);
  };
  return {
    enrol: () => choose('Approve'),
    answer: () => choose('Approve'),
    async fail() {
      await choose('Deny');
      await page.waitForSelector(isRefused);
    },
  };
};
