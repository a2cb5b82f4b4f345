import { AuthenticatorApp } from './authenticatorApp.ts';
import type { Person } from './deployment.ts';

/** A browser of either kind, as far as passing the hosted pages needs it. */
export interface Visitor {
  /** Name of the screen after `/u/`; undefined outside the hosted pages. */
  readonly screen: string | undefined;
  /** Fills in the main form and presses its button; ends at the next page, or outside. */
  submit(fields: Record<string, string>): Promise<void>;
  /** Presses a button beside the main form. */
  press(action: string): Promise<void>;
  /** The code or key that the page shows for copying. */
  shownCode(): Promise<string>;
}

/**
 * Goes through the hosted pages as this person: gives the password, enrols an authenticator app where that
 * is asked, answers with its codes, keeps the recovery code. Ends outside the pages, or at a screen that
 * none of this passes.
 *
 * @returns the screens on the way.
 */
export async function passPages(
  visitor: Visitor,
  person: Person,
  { rememberBrowser = false } = {},
): Promise<string[]> {
  const screens: string[] = [];
  while (visitor.screen !== undefined && screens.length < 8) {
    const { screen } = visitor;
    screens.push(screen);
    const pass = passes[screen];
    if (!pass) break;
    await pass(visitor, person, rememberBrowser ? { rememberBrowser: 'true' } : {});
    if (visitor.screen === screen) throw new Error(`The page ${screen} did not let the person pass.`);
  }
  return screens;
}

type Pass = (visitor: Visitor, person: Person, wishes: Record<string, string>) => Promise<void>;

const keepRecoveryCode: Pass = async (visitor, person) => {
  person.recoveryCode = await visitor.shownCode();
  await visitor.submit({ saved: 'on' });
};

const passes: Readonly<Record<string, Pass>> = {
  login: (visitor, { email, password }) => visitor.submit({ username: email, password }),
  'mfa-otp-enrollment-qr': (visitor) => visitor.press('toggle-view'),
  'mfa-otp-enrollment-code': async (visitor, person) => {
    person.app = AuthenticatorApp.withKey(await visitor.shownCode());
    await visitor.submit({ code: await person.app.nextCode() });
  },
  'mfa-otp-challenge': async (visitor, { app }, wishes) => {
    if (!app) throw new Error('The person has no authenticator app.');
    await visitor.submit({ code: await app.nextCode(), ...wishes });
  },
  'mfa-recovery-code-enrollment': keepRecoveryCode,
  'mfa-recovery-code-challenge': async (visitor, { recoveryCode }) => {
    if (!recoveryCode) throw new Error('The person has no recovery code.');
    await visitor.submit({ code: recoveryCode });
  },
  'mfa-recovery-code-challenge-new-code': keepRecoveryCode,
};
