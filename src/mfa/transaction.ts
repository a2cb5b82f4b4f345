import type { ThrottleResult } from '../database/throttle.ts';
import type { EnrolmentFault, Evidence, Shown } from './factor.ts';

/**
 * One proof that was given: `factor` is a factor's name or a first factor's: `password`, or `link` for one
 * that came in a message or by hand. `at` is epoch milliseconds. A list of them is what sessions and refresh
 * tokens remember.
 */
export interface Proof {
  factor: string;
  methodId?: string;
  /** By which channel its code, or its link, came. */
  channel?: string;
  /** What it showed beyond what its factor always shows. */
  evidence?: Evidence;
  /** The person signed in by it, without a password. */
  isSignIn?: true;
  /**
   * Nothing was proved: its service was down, and the operator lets people in then. It meets the policy's own
   * demand for a few minutes, and nothing else.
   */
  isWaived?: true;
  /** It confirmed the method that an invitation was for: id of the invitation's ticket. */
  enrolledBy?: string;
  at: number;
}

/** What a transaction still demands. Factor names, strongest first. */
export type Requirement =
  /** `followUp` is the method just enrolled, where something about it is still to be said: its name. */
  | { kind: 'none'; offers?: Offers; followUp?: string }
  /** `preferred` is the one among them that the person wants to be asked for first. */
  | { kind: 'challenge'; factors: string[]; preferred?: string }
  /** With `offer` the person chose to, and may leave it again. */
  | { kind: 'enrol'; factors: string[]; offer?: Offer }
  /** A second factor is demanded and this tenant offers none that the person could use or enrol. */
  | { kind: 'blocked' };

/** Factors that a person may set up although nothing demands it. */
export interface Offers {
  /**
   * `lost`: they had to take the recovery code (S-66). `this-browser`: the one in use can prove more.
   * `another`: one more of the kind just set up, as a spare.
   */
  reason: 'lost' | 'this-browser' | 'another';
  factors: string[];
}

/** An offer that was taken. */
export interface Offer {
  reason: Offers['reason'];
  /** Takes away what was enrolled before, once the new method is confirmed. */
  removesEarlier: boolean;
}

/** Why something was demanded, or not: a stable code and the facts that led to it. */
export interface Reason {
  code: string;
  facts?: Record<string, unknown>;
}

export type TransactionState =
  | 'pending'
  | 'enrolling'
  | 'challenged'
  | 'satisfied'
  | 'completed'
  | 'rejected'
  | 'expired'
  | 'locked';

/** Every move a transaction may make; whatever isn't here is refused. */
const transitions: Record<TransactionState, readonly TransactionState[]> = {
  pending: ['pending', 'enrolling', 'challenged', 'satisfied', 'completed', 'rejected', 'expired', 'locked'],
  enrolling: [
    'enrolling',
    'challenged',
    'pending',
    'satisfied',
    'completed',
    'rejected',
    'expired',
    'locked',
  ],
  challenged: [
    'challenged',
    'enrolling',
    'pending',
    'satisfied',
    'completed',
    'rejected',
    'expired',
    'locked',
  ],
  satisfied: ['completed', 'pending', 'rejected', 'expired'],
  completed: [],
  rejected: [],
  expired: [],
  locked: [],
};

/** The states from which `to` may be reached: the precondition of the write that moves there. */
export function statesBefore(to: TransactionState): TransactionState[] {
  return (Object.keys(transitions) as TransactionState[]).filter((from) => transitions[from].includes(to));
}

/** Whether a transaction still waits for a proof. */
export function isOpen(state: TransactionState): boolean {
  return transitions[state].includes('satisfied');
}

/** Whether a transaction is over, whatever the clock says. */
export function isOver(state: TransactionState): boolean {
  return transitions[state].length === 0;
}

/** What a transaction is for, judged anew at every step. */
export interface DecisionInput {
  /**
   * `login` a person at the pages; `silent` a session without interaction; `token` a password grant;
   * `refresh` a refresh token; `self-service` managing one's own methods; `enrolment` an invitation to set up
   * a factor; `password-reset` choosing a new password by a link.
   */
  purpose: 'login' | 'silent' | 'token' | 'refresh' | 'self-service' | 'enrolment' | 'password-reset';
  userId: string;
  client: {
    id: string;
    name: string;
    mfaPolicy?: 'never' | 'always';
    /** How long a second factor counts for this application; the tenant's setting when absent. */
    proofMinutes?: number;
    /** How long a remembered browser counts here, 0 for not at all; the tenant's setting when absent. */
    rememberBrowserDays?: number;
  };
  acrValues: readonly string[];
  audience?: string;
  scope: readonly string[];
  /** The API's step-up scopes among the requested ones. */
  stepUpScopes: readonly string[];
  /** Whether the audience is the MFA API's own. */
  mfaAudience: boolean;
  /** Likewise for the My Account API. */
  myAccountAudience?: boolean;
  /** With the purpose `enrolment`: what the invitation is for. */
  enrols?: Enrols;
  /** Given so far, in this login, this session or for this refresh token; the password first. */
  proofs: readonly Proof[];
  /** Value of the remembered-browser cookie. */
  browserToken?: string;
}

/** What an invitation lets a person set up, once. */
export interface Enrols {
  /** Of the ticket, spent with the first method that it enrols. */
  ticketId: string;
  /** Names of factors; any that may be enrolled when absent. */
  factors?: readonly string[];
  /** Who has a method already may add one, after proving one. */
  allowsAnother: boolean;
}

/** What is required and why. */
export interface Verdict {
  requirement: Requirement;
  reasons: Reason[];
  /** Whether remembering this browser would count the next time. */
  allowsRememberBrowser: boolean;
}

/** The same, and what may be told. */
export interface Decision extends Verdict {
  /** The proofs that tokens may tell of: the first ones, and the others that still count. */
  standing: readonly Proof[];
}

/** One user's passage through multi-factor authentication for one purpose. */
export interface Transaction {
  id: string;
  userId: string;
  clientId: string;
  purpose: DecisionInput['purpose'];
  state: TransactionState;
  requirement: Requirement;
  reasons: Reason[];
  allowsRememberBrowser: boolean;
  proofs: Proof[];
  /** What was asked for before the second factor; tokens answer this and nothing else (S-27). */
  request: Record<string, unknown>;
  interactionId?: string;
  /** Shown to this transaction until acknowledged: the recovery code of a first enrolment, or a replacement. */
  reveal?: { shown: Shown; factor: string; isReplacement: boolean };
  /** Epoch milliseconds, as is `expiresAt`. */
  createdAt: number;
  expiresAt: number;
}

/** Why a step was refused. Nothing in it tells whether another account or method exists. */
export type RefusalCode =
  /** Wrong, replayed, or nobody's. */
  | 'invalid_proof'
  /** Not of the form this factor's proofs have; nothing was counted. */
  | 'malformed_proof'
  /** Too many failed second factors; `throttle` tells until when. */
  | 'locked'
  /** Too many steps in too short a time. */
  | 'rate_limited'
  /** The transaction is over. */
  | 'expired'
  /** No such transaction, method or challenge for this person. */
  | 'not_found'
  /** Not at this point: another step comes first. */
  | 'not_allowed'
  /** The person has a method and must prove it before adding one. */
  | 'already_enrolled'
  | 'factor_disabled'
  | 'nothing_enrolled'
  /** No enrolled method serves what was asked for. */
  | 'unsupported'
  | 'too_many_methods'
  /** Too many challenges sent; `throttle` tells until when. */
  | 'too_many_sends'
  | EnrolmentFault
  /** The `oob_code` names no challenge of this transaction. */
  | 'wrong_challenge'
  /** The challenge is too old, was replaced, or has used up its tries: a new one is needed. */
  | 'challenge_expired'
  /** The device hasn't answered yet. */
  | 'answer_pending'
  /** The person denied it on the device, or took another number than the page shows. */
  | 'answer_denied'
  /** A later request to the same person took its place. */
  | 'answer_replaced'
  /** Asked for the device's answer too often. */
  | 'polled_too_fast'
  /** What was proved is weaker than what it is to change. */
  | 'weak_proof'
  /** The service that would answer can't be reached. */
  | 'service_unavailable'
  /** The method can't be removed by itself, such as a verified address. */
  | 'not_removable';

/** An expected no. It is returned, never thrown, so that what it counted and logged is committed (S-16). */
export interface Refusal {
  outcome: 'refused';
  code: RefusalCode;
  throttle?: ThrottleResult;
  /** With `too_many_sends`: name of the factor that would have sent. */
  factor?: string;
}

export function refuse(code: RefusalCode, throttle?: ThrottleResult): Refusal {
  return { outcome: 'refused', code, ...(throttle ? { throttle } : {}) };
}
