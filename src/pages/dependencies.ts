import type { Accounts } from '../accounts/accounts.ts';
import type { TicketStanding } from '../accounts/tickets.ts';
import type { LandingPage } from '../applications/findLandingPage.ts';
import type { Clock } from '../config/clock.ts';
import type { RequestContext } from '../config/requestContext.ts';
import type { Vault } from '../crypto/vault.ts';
import type { ThrottleResult } from '../database/throttle.ts';
import type { BrowserDesk } from '../mfa/browsers/browserDesk.ts';
import type { ChoiceDesk } from '../mfa/choices/choiceDesk.ts';
import type { CodeDesk } from '../mfa/codes/codeDesk.ts';
import type { DeviceDesk } from '../mfa/devices/deviceDesk.ts';
import type { MfaEngine } from '../mfa/engine.ts';
import type { RedirectDesk } from '../mfa/redirects/redirectDesk.ts';
import type { DecisionInput, Proof } from '../mfa/transaction.ts';
import type { ChangeDesk } from '../mfa/undo/changeDesk.ts';
import type { TenantSettings } from '../tenant/tenantSettings.ts';

/** What an application asked for, as far as the pages need it, and what the login still lacks. */
export interface Interaction {
  readonly uid: string;
  readonly prompt: 'login' | 'mfa' | 'consent';
  readonly clientId: string;
  readonly clientName: string;
  /** Whose accounts sign in, where it isn't the tenant's directory; nobody signs up there. */
  readonly connection?: string;
  /** Parameters of the authorization request: `login_hint`, `ui_locales`, `redirect_uri` … */
  readonly params: Readonly<Record<string, unknown>>;
  /** Who is signed in already, and by which proofs; with the prompts `mfa` and `consent`. */
  readonly session?: { readonly userId: string; readonly proofs: readonly Proof[] };
  /** With the prompt `consent`: what the person is asked to grant. */
  readonly scopes?: readonly { readonly value: string; readonly description?: string }[];
  readonly decisionInput: Omit<DecisionInput, 'proofs' | 'userId' | 'browserToken'>;
  /** It belongs to no application's request, but to a link that the person was sent. */
  readonly errand?: 'enrolment' | 'password-reset';
  /** Where to go on, once there is a result: a form sent twice is sent on to it. */
  readonly resumeUrl?: string;
}

/** Name of the error that refuses a result for an interaction which has one already, or is over. */
export const interactionOverError = 'InteractionOverError';

/** Authorization requests that wait for a person. Each takes one result; a second one is refused. */
export interface Interactions {
  /** The interaction, if this browser began it; undefined as well when it expired or is over. */
  find(uid: string, cookieHeader: string | undefined): Promise<Interaction | undefined>;
  /** Stores who signed in and by which proofs. Resolves to the URL to go on to. */
  finish(uid: string, result: { userId: string; proofs: Proof[] }): Promise<string>;
  grantConsent(uid: string): Promise<string>;
  reject(uid: string, error: string, description: string): Promise<string>;
}

/** The part of the accounts that a person at the pages can reach. */
export type PagesAccounts = Pick<
  Accounts,
  'checkPassword' | 'requestSignUp' | 'requestPasswordReset' | 'verifyEmail' | 'ticketStanding'
>;

/** An errand under way in one browser, or why there is none. `cookie` is for `Set-Cookie`. */
export type ErrandBegun =
  | { outcome: 'begun'; uid: string; cookie: string }
  | { outcome: 'invalid'; standing: Exclude<TicketStanding, 'valid'> }
  | ({ outcome: 'throttled' } & ThrottleResult);

/** What became of an invitation that was taken up. */
export type EnrolmentResult = 'enrolled' | 'already-enrolled' | Exclude<TicketStanding, 'valid'>;

/** The right to choose a password: the link itself, or an errand that this browser finished. */
export type ResetAuthority = { ticket: string } | { uid: string; cookieHeader: string | undefined };

/** What people do by a link that they were sent, without an application. */
export interface PagesErrands {
  /** Takes up an invitation to set up a factor; its link is used up by what comes of it. */
  beginEnrolment(ticket: string): Promise<ErrandBegun>;
  /** What came of it in this browser; undefined while it is under way, and where nobody took it up. */
  enrolmentResult(uid: string, cookieHeader: string | undefined): Promise<EnrolmentResult | undefined>;
  /** Whether choosing a password by this link takes more than the link; undefined when it doesn't work. */
  resetNeedsProof(ticket: string): Promise<boolean | undefined>;
  /** Takes up a reset that needs more than the link. */
  beginPasswordReset(ticket: string): Promise<ErrandBegun>;
  /** Whether this browser proved what was demanded, and may choose the password now. */
  isResetProved(uid: string, cookieHeader: string | undefined): Promise<boolean>;
  /** Sets it; what is demanded is judged once more. */
  choosePassword(
    authority: ResetAuthority,
    choice: { password: string; endsSessions: boolean; context: RequestContext },
  ): ReturnType<Accounts['changePassword']>;
}

/** The part of the engine that a person at the pages can reach. */
export type PagesEngine = Pick<
  MfaEngine,
  | 'registry'
  | 'begin'
  | 'findByInteraction'
  | 'beginEnrolment'
  | 'pendingEnrolment'
  | 'inputChoices'
  | 'beginChallenge'
  | 'resendChallenge'
  | 'latestChallenge'
  | 'showChallenge'
  | 'reportUnanswered'
  | 'hasFirstFactor'
  | 'showFirstFactor'
  | 'signInByFirstFactor'
  | 'followUp'
  | 'settleFollowUp'
  | 'submit'
  | 'acknowledge'
  | 'acceptOffer'
  | 'declineOffer'
  | 'complete'
  | 'lockOf'
> & {
  readonly devices: Pick<DeviceDesk, 'standing' | 'requestChanged'>;
  readonly redirects: RedirectDesk;
  readonly codes: CodeDesk;
  readonly choices: ChoiceDesk;
  readonly changes: ChangeDesk;
  readonly browsers: Pick<BrowserDesk, 'remember'>;
};

/** Everything the hosted pages are given. */
export interface PagesDependencies {
  /** Public origin with a trailing slash, from the settings and never from a header (S-85). */
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly vault: Pick<Vault, 'hash'>;
  readonly engine: PagesEngine;
  readonly interactions: Interactions;
  readonly errands: PagesErrands;
  readonly accounts: PagesAccounts;
  readSettings(): Promise<TenantSettings>;
  /** Where an application can be entered, as it registered that; undefined when there is no such application. */
  findLandingPage(clientId: string): Promise<LandingPage | undefined>;
}
