import type { TObject } from 'typebox';
import type { Clock } from '../config/clock.ts';
import type { Db } from '../database/database.ts';
import type { DeviceCodes, DeviceSide } from './devices/deviceFactor.ts';
import type { HandedOut } from './passes/handedOut.ts';
import type { RedirectSide } from './redirects/redirectFactor.ts';
import type { FactorScreens, LocalisedTexts } from './screens.ts';
import type { ConversionWatch } from './sends/conversion.ts';
import type { SendLimits } from './sends/sendLimits.ts';

/** What the engine hands a factor. All of it runs inside the engine's database transaction. */
export interface FactorContext<Settings = unknown> {
  clock: Clock;
  /** The transaction; await nothing else. */
  db: Db;
  user: FactorUser;
  /** Tenant's friendly name, the issuer shown in authenticator apps. */
  issuer: string;
  /** Of the pages, as browsers name it: `https://login.example.com`. */
  origin: string;
  /** Of the person's browser. */
  userAgent?: string;
  /** BCP 47 tag of the language that the person reads. */
  language?: string;
  /** The factor's settings as they are stored, defaults filled in. */
  settings: Settings;
  /** Keyed hash for what only needs recognising. */
  hash(value: string): string;
  /** The text of a setting that is stored sealed: one whose schema says `secret: true`. */
  unseal(sealed: string): string;
}

/** What settings are judged by, before they are stored. */
export interface SettingsContext {
  /** The transaction that stores them; await nothing else. */
  db: Db;
  /** Of the pages, as browsers name it: `https://login.example.com`. */
  origin: string;
}

/** A setting that makes no sense. */
export interface SettingsFault {
  /** As the schema names it. */
  setting: string;
  /** What it should be instead: `expected …`. */
  message: string;
}

/** One of the things that a setting may be. */
export interface SettingChoice {
  value: string;
  /** What operators know it by. */
  label: string;
}

/** What may be seen of a method. */
export interface MethodDescription {
  name?: string;
  /** In full, for its own person and for operators: a number in E.164 form, an address. */
  address?: string;
  /** By which channel its codes come unless another is asked for; absent where the settings tell. */
  preferredChannel?: string;
  /** For a factor of one-time codes that were handed out: how many are left. */
  remaining?: number;
  /** When it stops working by itself, epoch milliseconds. */
  expiresAt?: number;
  /** For methods that are a device: why it is woken no longer, in a word. */
  unreachable?: string;
  /** For methods that are a WebAuthn credential. */
  credential?: {
    /** base64url, as is the COSE key. */
    id: string;
    publicKey: string;
    transports: readonly string[];
    /** Stands for the person towards authenticators. */
    userHandle: string;
    /** The domain that it is bound to. */
    relyingPartyId: string;
    /** The authenticator's model; absent where it doesn't tell. */
    aaguid?: string;
    /** It proved that model when it was enrolled. */
    isModelProved: boolean;
    /** The credential may exist on several devices; `isBackedUp` while it does. */
    isSynced: boolean;
    isBackedUp: boolean;
  };
}

/** What a factor may know of the person. */
export interface FactorUser {
  id: string;
  email: string;
  emailVerified: boolean;
}

/** A code on its way to a person. */
export interface OutgoingCode {
  channel: string;
  /** In canonical form: an E.164 number, an e-mail address. */
  to: string;
  code: string;
  /** Epoch milliseconds; a message that hasn't left by then is dropped. */
  expiresAt: number;
}

/** What a factor gets beside, to send a challenge. */
export interface ChallengeContext<Settings = unknown> extends FactorContext<Settings> {
  challengeId: string;
  /** Which of its channels was asked for; the method's own choice when absent. */
  channel?: string;
  /** Queues the code in this transaction: it leaves if and only if the challenge exists. */
  send(code: OutgoingCode): Promise<void>;
  /** For factors with a `device`: queues the request for it, likewise. */
  push(request: OutgoingPush): Promise<void>;
}

/** A request on its way to a device; the engine adds who asks, from where and until when. */
export interface OutgoingPush {
  /** Delivery channel of the device's push service: `webpush`, `apns`, `fcm`. */
  channel: string;
  /** Address there, as the device gave it. */
  target: unknown;
  /** Text that the answer repeats. */
  challenge: string;
}

/**
 * What a person sees or scans, by screen source: `barcodeUri`, `secret`, `recoveryCode`; and what they gave,
 * by field: `phone_number`, `country`.
 */
export type Shown = Record<string, string>;

/** What a code or a link goes through on its way to a person. */
export type Reach = 'mailbox' | 'phone';

/** What a person gave to begin an enrolment, not yet looked at: `phone_number`, `country`, `email`. */
export type EnrolmentInput = Readonly<Record<string, unknown>>;

/** The lists on an input screen, by field name. */
export type InputChoices = Readonly<Record<string, InputList>>;

/** What can be chosen from a list. */
export interface InputList {
  options: readonly InputOption[];
  /** Value of the one chosen at first; the first one's when absent. */
  preferred?: string | undefined;
}

/** One entry of a list. */
export interface InputOption {
  value: string;
  label: string;
  /** What is put before what is typed beside the list, for who hands both in as one: a calling code. */
  prefix?: string;
}

/** Why an enrolment can't begin with what was given. */
export type EnrolmentFault =
  /** Not a number, an address …, or none. */
  | 'malformed_input'
  /** Nothing is sent there: its country is off, or its kind costs the caller. */
  | 'destination_refused';

/** Where a challenge goes, as far as limits across people count it (S-96). */
export interface Destination {
  /** In canonical form. */
  to: string;
  /** Its numbers are watched together for toll fraud: the leading digits. */
  prefix?: string;
}

/** What one proof showed beyond what its factor always shows. */
export interface Evidence {
  /** RFC 8176 values in place of the factor's own. */
  amr?: readonly string[];
  /** In place of the factor's own. */
  level?: AssuranceLevel;
}

/** NIST SP 800-63B authenticator assurance level. */
export type AssuranceLevel = 1 | 2 | 3;

/**
 * Verdict on a proof. A good one carries the state that makes it unusable a second time. `detail` is a word
 * for the log: why it was refused, or what was strange about it.
 */
export type Judgement<State> =
  | { good: true; state: State; reveal?: Shown; evidence?: Evidence; detail?: string }
  | { good: false; reason: 'wrong' | 'replayed'; detail?: string };

/** A challenge that the person's browser answers by itself. */
export interface ShownChallenge {
  /** What must be kept to judge the answer. */
  state: unknown;
  lifetimeSeconds: number;
  /** What its page hands to the browser. */
  shown: Shown;
}

/** Who may answer a shown challenge. */
export interface Answerers<State> {
  purpose: 'enrolment' | 'verification';
  /** States of the methods that may: the one being enrolled, or the confirmed ones. */
  states: readonly State[];
  /** The person's confirmed methods of all factors, to exclude what is there already, and the names they gave them. */
  confirmed: readonly { factor: string; state: unknown; label?: string }[];
}

/** A challenge that was sent somewhere: what must be kept to judge the answer. */
export interface SentChallenge {
  state: unknown;
  lifetimeSeconds: number;
  /** The channel it was sent by. */
  channel: string;
  /** Absent where the person answers on the device itself. */
  bindingMethod?: 'prompt';
}

/** A channel in the words of the MFA API. */
export interface WireChannel {
  name: string;
  idPrefix: string;
  /** RFC 8176 value that a code by it adds to `amr`, where there is one. */
  amr?: string;
}

/** The words of the public contracts for this factor. */
export interface FactorWireNames {
  /** Management API type of its authentication methods: `totp`. */
  methodType: string;
  /** Their type in the My Account API, where that is another. */
  myAccountType?: string;
  /** Prefix of ids in the MFA API: `totp` in `totp|dev_…`. */
  idPrefix: string;
  /** MFA API `authenticator_type`. */
  authenticatorType:
    | 'otp'
    | 'oob'
    | 'recovery-code'
    | 'webauthn-roaming'
    | 'webauthn-platform'
    | 'duo'
    | 'temporary-pass';
  /** `type` in `mfa_requirements` and in the authenticator list; absent where the MFA API can't serve it. */
  requirementType?: string;
  /** MFA API `challenge_type` that serves it; absent when no challenge is made. */
  challengeType?: 'otp' | 'oob';
  /**
   * MFA API channels. There a method is listed once for each one that is on, under an id with the
   * channel's own prefix: `sms|dev_…` and `voice|dev_…` are one phone.
   */
  channels?: readonly WireChannel[];
  /** Error code for too many challenges sent; `too_many_requests` when absent. */
  tooManySends?: string;
}

/** Methods that a person has without enrolment. */
export interface ImplicitMethods<State> {
  statesFor(user: FactorUser): readonly State[];
  /** What a method is, however the person came by it: of two with one key there is only one. */
  keyOf(state: State): string;
}

/** `webauthn`: answers WebAuthn challenges at all; `webauthn-platform`: by the device itself. */
export type BrowserNeed = 'webauthn' | 'webauthn-platform';

/** How a factor that sends something is kept from being used to flood people or to run up costs. */
export interface Sending<State, Settings> {
  limits(settings: Settings): SendLimits;
  /** Whether the wait between messages to one person grows with each. */
  growsWait(settings: Settings): boolean;
  /** When sending to a prefix stops; undefined where no prefix is watched. */
  watch(settings: Settings): ConversionWatch | undefined;
  destination(state: State): Destination;
  /** Whether anything is sent there by the settings as they are now. */
  isAllowed(state: State, settings: Settings): boolean;
}

/**
 * A kind of proof. It declares what it is and answers whether a proof is good; the engine decides
 * policy, counts attempts, expires, locks, consumes and logs. `State` is what it remembers of one
 * person's method: plain JSON, sealed by the engine.
 */
// biome-ignore lint/suspicious/noExplicitAny: the registry holds factors of every state and settings type
export interface Factor<State = any, Settings = any, Input = any, Answer = any> {
  /** Management API name: `otp`. */
  readonly name: string;
  readonly wire: FactorWireNames;
  /** Whether it may be a person's only one. */
  readonly kind: 'independent' | 'dependent';
  /**
   * `by-person` is chosen and proved; `beside-first` comes with a person's first enrolment and needs no proof;
   * `by-operator` is handed out by one, for the day when the others are lost.
   */
  readonly enrolment: 'by-person' | 'beside-first' | 'by-operator';
  /**
   * It has an interface and an enrolment of its own: it is offered only to who has no other factor of theirs,
   * set up only where no other is on, and nothing comes beside it.
   */
  readonly isExclusive?: true;
  /** Order in which factors are offered; the highest first. */
  readonly strength: number;
  /** RFC 8176 values it adds to `amr` beside `mfa`. */
  readonly amr: readonly string[];
  readonly assurance: {
    /** The level that every proof reaches together with a password. */
    level: AssuranceLevel;
    /** The one that some reach, by evidence of their own. */
    best?: AssuranceLevel;
    isPhishingResistant: boolean;
    /** NIST SP 800-63B calls it restricted: a stronger one should be offered beside (S-48). */
    isRestricted?: true;
  };
  /** The highest level that proofs of this method can show; that of every method when absent. */
  bestLevel?(state: State): AssuranceLevel;
  /** The settings under which every proof that is accepted reaches the best level. */
  strictest?(settings: Settings): Settings;
  /** Message to the person whenever a proof of it was accepted; absent where that is everyday. */
  readonly noticeOfUse?: 'recovery_code_used' | 'temporary_pass_used';
  /** Tenant log types of its outcomes; a failed enrolment is `failed` too unless it has a type of its own. */
  readonly events: { succeeded: string; failed: string; limited: string; enrolmentFailed?: string };
  /** Form of its settings; every property has a default. */
  readonly settings: TObject;
  /** Settings with which a development server switches it on by itself; absent where it doesn't. */
  readonly developmentSettings?: Partial<Settings>;
  /** For a factor of which a person has methods without enrolment, such as a verified address. */
  readonly implicit?: ImplicitMethods<State>;
  /** With `beginChallenge`: limits on what it sends. */
  readonly sending?: Sending<State, Settings>;
  /**
   * What its codes go through. Where a first factor rests on the same already, such as a password that was chosen
   * by a link in a message, they prove nothing more (S-32).
   */
  readonly reach?: Reach;
  /** Who has just set one up is offered to set up another, for the day when it is lost. */
  readonly suggestsSpare?: true;
  /** What a browser must be able to do for it; any browser can use it when absent. */
  readonly needs?: BrowserNeed;
  /** For a factor whose challenges a device answers by itself; nobody hands in a proof. */
  readonly device?: DeviceSide<State, Settings>;
  /** For a factor whose challenges another service's page answers. */
  readonly redirect?: RedirectSide<State, Settings>;
  /** For a factor whose methods an operator hands out. */
  readonly handedOut?: HandedOut<State, Settings>;
  /** For a factor whose codes such a device makes as well. */
  readonly deviceCodes?: DeviceCodes<State>;
  readonly screens: FactorScreens;
  readonly texts: LocalisedTexts;

  /** The proof in its exact form, or undefined when `input` can't be one (S-13). */
  parseProof(input: unknown): Answer | undefined;
  /**
   * What keeps it from working although it is switched on, in words for the operator; `origin` is that of the
   * pages.
   */
  lacks?(settings: Settings, origin: string): string | undefined;
  /**
   * Why settings that have the form make no sense, in words for the operator; asked before they are stored.
   * They are named as their schema names them.
   */
  checkSettings?(settings: Settings, context: SettingsContext): Promise<SettingsFault | undefined>;
  /** What operators may choose from now for settings that list texts, as their schema names them. */
  settingChoices?(db: Db): Promise<Readonly<Record<string, readonly SettingChoice[]>>>;
  /** Names of the channels that are on, the preferred one first; for factors that have any. */
  channels?(settings: Settings): readonly string[];
  /** Reads what a person gave, before the database transaction; for factors that begin with something. */
  readInput?(input: EnrolmentInput): Promise<{ value: Input } | { fault: EnrolmentFault }>;
  /** What the person may choose from when giving it, by field: countries. */
  inputChoices?(settings: Settings, locale: string): InputChoices;
  /** State of a new, unconfirmed method. `input` is what `readInput` made. */
  beginEnrolment(context: FactorContext<Settings>, input: Input): Promise<{ state: State; shown: Shown }>;
  /** What the enrolment screens show while unconfirmed. */
  presentEnrolment(context: FactorContext<Settings>, state: State): Shown;
  /** The state of a method whose codes come by this one of its channels from now on. */
  preferChannel?(state: State, channel: string): State;
  /** Sends a challenge, to a confirmed method or to one that is being enrolled. */
  beginChallenge?(context: ChallengeContext<Settings>, state: State): Promise<SentChallenge>;
  /** Makes a challenge that the browser answers by itself, anew whenever its page is shown; it sends nothing. */
  showChallenge?(context: FactorContext<Settings>, answerers: Answerers<State>): ShownChallenge;
  /** Whether a proof names this method; any of the person's may be meant when absent. */
  isFor?(state: State, proof: Answer): boolean;
  /**
   * Whether a person who has just proved another factor is offered this one for the browser in use;
   * `states` are those of their methods of it.
   */
  suitsBrowser?(context: FactorContext<Settings>, states: readonly State[]): boolean;
  /** For a factor by which a person may sign in without a password. */
  readonly firstFactor?: {
    /** A challenge that anybody's method may answer. */
    showChallenge(context: Omit<FactorContext<Settings>, 'user'>): ShownChallenge;
    /** The `claim` of the method that a proof names. */
    claimOf(proof: Answer): string;
  };
  /** What no two methods of this server may share, once enrolled: a credential's id (S-62). */
  claim?(state: State): string;
  /**
   * For a factor whose methods can come from elsewhere, confirmed: the member of Auth0's `mfa_factors` that
   * holds one, and its state; undefined when that isn't what is `expected`, in words for the operator.
   */
  readonly imports?: {
    member: string;
    expected: string;
    read(value: unknown): Promise<State | undefined>;
  };
  /** Judges a proof of possession, at enrolment and at login alike. `challenge` is the open one's state. */
  verify(
    context: FactorContext<Settings>,
    state: State,
    proof: Answer,
    challenge?: unknown,
  ): Promise<Judgement<State>>;
  /** What its own person and operators may see of a method: a masked address, a device name. */
  describe(state: State): MethodDescription;
  /** What the screens of a challenge show of its method, masked; nothing when absent. */
  presentChallenge?(state: State): Shown;
}
