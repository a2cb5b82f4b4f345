import type { TObject } from 'typebox';
import type { Clock } from '../config/clock.ts';
import type { Db } from '../database/database.ts';
import type { FactorScreens, LocalisedTexts } from './screens.ts';

/** What the engine hands a factor. All of it runs inside the engine's database transaction. */
export interface FactorContext<Settings = unknown> {
  clock: Clock;
  /** The transaction; await nothing else. */
  db: Db;
  user: { id: string; email: string };
  /** Tenant's friendly name, the issuer shown in authenticator apps. */
  issuer: string;
  /** The factor's settings as they are stored, defaults filled in. */
  settings: Settings;
  /** Keyed hash for what only needs recognising. */
  hash(value: string): string;
}

/** What a person sees or scans once, by screen source: `barcodeUri`, `secret`, `recoveryCode`. */
export type Shown = Record<string, string>;

/** Verdict on a proof. A good one carries the state that makes it unusable a second time. */
export type Judgement<State> =
  | { good: true; state: State; reveal?: Shown }
  | { good: false; reason: 'wrong' | 'replayed' };

/** A challenge that was sent somewhere: what must be kept to judge the answer. */
export interface SentChallenge {
  state: unknown;
  lifetimeSeconds: number;
  /** Absent where the person answers on the device itself. */
  bindingMethod?: 'prompt';
}

/** The words of the public contracts for this factor. */
export interface FactorWireNames {
  /** Management API and My Account type of its authentication methods: `totp`. */
  methodType: string;
  /** Prefix of ids in the MFA API: `totp` in `totp|dev_…`. */
  idPrefix: string;
  /** MFA API `authenticator_type`. */
  authenticatorType: 'otp' | 'oob' | 'recovery-code';
  /** `type` in `mfa_requirements` and in the authenticator list. */
  requirementType: string;
  /** MFA API `challenge_type` that serves it; absent when no challenge is made. */
  challengeType?: 'otp' | 'oob';
  /** MFA API `oob_channel`. */
  oobChannel?: string;
}

/**
 * A kind of proof. It declares what it is and answers whether a proof is good; the engine decides
 * policy, counts attempts, expires, locks, consumes and logs. `State` is what it remembers of one
 * person's method: plain JSON, sealed by the engine.
 */
// biome-ignore lint/suspicious/noExplicitAny: the registry holds factors of every state and settings type
export interface Factor<State = any, Settings = any> {
  /** Management API name: `otp`. */
  readonly name: string;
  readonly wire: FactorWireNames;
  /** Whether it may be a person's only one. */
  readonly kind: 'independent' | 'dependent';
  /** `by-person` is chosen and proved; `beside-first` comes with a person's first enrolment and needs no proof. */
  readonly enrolment: 'by-person' | 'beside-first';
  /** Order in which factors are offered; the highest first. */
  readonly strength: number;
  /** RFC 8176 values it adds to `amr` beside `mfa`. */
  readonly amr: readonly string[];
  readonly assurance: {
    /** Highest NIST SP 800-63B authenticator assurance level reached together with a password. */
    level: 1 | 2 | 3;
    isPhishingResistant: boolean;
  };
  /** Message to the person whenever a proof of it was accepted; absent where that is everyday. */
  readonly noticeOfUse?: 'recovery_code_used';
  /** Tenant log types of its outcomes. */
  readonly events: { succeeded: string; failed: string; limited: string };
  /** Form of its settings; every property has a default. */
  readonly settings: TObject;
  readonly screens: FactorScreens;
  readonly texts: LocalisedTexts;

  /** The proof in its exact form, or undefined when `input` can't be one (S-13). */
  parseProof(input: unknown): string | undefined;
  /** State of a new, unconfirmed method. */
  beginEnrolment(context: FactorContext<Settings>): Promise<{ state: State; shown: Shown }>;
  /** What the enrolment screens show while unconfirmed. */
  presentEnrolment(context: FactorContext<Settings>, state: State): Shown;
  /** Sends a challenge; undefined when there is nothing to send. */
  beginChallenge?(context: FactorContext<Settings>, state: State): Promise<SentChallenge>;
  /** Judges a proof of possession, at enrolment and at login alike. `sent` is the open challenge's state. */
  verify(
    context: FactorContext<Settings>,
    state: State,
    proof: string,
    sent?: unknown,
  ): Promise<Judgement<State>>;
  /** What a person may see of a confirmed method: a masked address, a device name. */
  describe(state: State): { name?: string };
}
