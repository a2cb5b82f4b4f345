import type { Accounts } from '../accounts/accounts.ts';
import type { LandingPage } from '../applications/findLandingPage.ts';
import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { BrowserDesk } from '../mfa/browsers/browserDesk.ts';
import type { DeviceDesk } from '../mfa/devices/deviceDesk.ts';
import type { MfaEngine } from '../mfa/engine.ts';
import type { DecisionInput, Proof } from '../mfa/transaction.ts';
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
  | 'checkPassword'
  | 'requestSignUp'
  | 'requestPasswordReset'
  | 'changePassword'
  | 'verifyEmail'
  | 'isTicketValid'
>;

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
  readonly accounts: PagesAccounts;
  readSettings(): Promise<TenantSettings>;
  /** Where an application can be entered, as it registered that; undefined when there is no such application. */
  findLandingPage(clientId: string): Promise<LandingPage | undefined>;
}
