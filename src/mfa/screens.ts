/**
 * Screens as data: a factor says what its screens hold, `pages/` draws them.
 * A factor never touches HTML and the pages know no factor by name.
 */

/** One hosted screen of a factor. Its address is `/u/{id}`. */
export interface Screen {
  /** Auth0's screen name, `mfa-otp-challenge`. */
  readonly id: string;
  /** Auth0's prompt name the texts stand under, `mfa-otp`. */
  readonly prompt: string;
  /**
   * What the person does there: `input` gives what an enrolment begins with, `enrolment` proves
   * possession of a new method, `challenge` answers an enrolled one, `pick-method` chooses among several
   * of this factor, `follow-up` says something about the method just enrolled, `reveal` shows a secret that a first enrolment yielded, `replacement` shows one that
   * replaces a spent one.
   */
  readonly step: 'input' | 'enrolment' | 'challenge' | 'pick-method' | 'follow-up' | 'reveal' | 'replacement';
  /**
   * For factors with channels. `input`: the screen for just this set of channels that are on.
   * `enrolment` and `challenge`: the screen of a challenge sent by one of these.
   */
  readonly channels?: readonly string[];
  /** Of several for one step it is the first that has this key in the screen's data; any data will do when absent. */
  readonly source?: string;
  /** Where this screen is the better one when two serve the same step; both when absent. */
  readonly suits?: 'desktop' | 'phone';
  readonly blocks: readonly Block[];
  /** Error text for too many challenges sent; for factors that send. */
  readonly tooManyText?: string;
  /** Error text for nothing being sent there any more, by the settings as they are now. */
  readonly unavailableText?: string;
  /** Error text for a challenge that can't be answered any more; for factors that send. */
  readonly expiredText?: string;
  /** The other screen of the same step, reached by `toggle-view`. */
  readonly alternate?: string;
}

/** What stands on a screen, in reading order. Every `…Text` is a key of the screen's texts. */
export type Block =
  | { readonly kind: 'title' }
  | { readonly kind: 'description' }
  /** A URI drawn as a QR code; `source` is its key in the screen's data, without which nothing is drawn. */
  | { readonly kind: 'qr'; readonly source: string; readonly altText: string }
  /**
   * A code to copy, shown in groups of four, or a list of them with spaces between; `source` is its key in the
   * screen's data.
   */
  | {
      readonly kind: 'text-code';
      readonly source: string;
      readonly print?: boolean;
      readonly download?: boolean;
    }
  /** The field for the proof. Spaces and hyphens a person types are dropped before judging. */
  | {
      readonly kind: 'code-input';
      readonly field: 'code';
      readonly inputMode: 'numeric' | 'text';
      readonly autocomplete: string;
      /** Error text for a proof of the wrong form. */
      readonly malformedText: string;
    }
  /** What an enrolment begins with: a field to type in, and a list beside it that tells how to read that. */
  | {
      readonly kind: 'input';
      readonly typed: TypedInput;
      readonly list?: ListInput;
      /** Error texts: nothing typed, nothing of this kind, nothing is sent there. */
      readonly emptyText: string;
      readonly malformedText: string;
      readonly refusedText: string;
    }
  /** One of the factor's channels, by radio buttons. */
  | {
      readonly kind: 'channel-choice';
      readonly field: string;
      readonly text: string;
      readonly options: readonly { readonly value: string; readonly text: string }[];
    }
  /** Sends the challenge again, after a wait that is shown. */
  | { readonly kind: 'resend'; readonly lead: string; readonly text: string }
  /** Sends the challenge by another channel, where that is on. */
  | {
      readonly kind: 'switch-channel';
      readonly to: string;
      readonly lead: string;
      readonly text: string;
    }
  /** Back to what the enrolment began with. */
  | { readonly kind: 'edit-input'; readonly text: string }
  /** To the list of this factor's methods, where there are several. */
  | { readonly kind: 'pick-method'; readonly text: string }
  | { readonly kind: 'method-list' }
  /** Leads back to the screen before; for lists. */
  | { readonly kind: 'back'; readonly text: string }
  /**
   * A button that hands the screen's challenge to the browser's authenticators and posts what they answer.
   * `source` is its key in the screen's data. Needs scripts.
   */
  | {
      readonly kind: 'ceremony';
      readonly ceremony: 'create' | 'get';
      readonly source: string;
      readonly field: 'response';
      readonly text: string;
      readonly waitingText: string;
      /** Error texts: the person or the browser broke it off, nothing came of it otherwise. */
      readonly cancelledText: string;
      readonly failedText: string;
      /** For `create`: the authenticator is enrolled already. */
      readonly knownText?: string;
    }
  /** What the person will hold in hand or touch. */
  | { readonly kind: 'picture'; readonly name: 'security-key' | 'device' | 'request' }
  /** The number that a device asks for, under the words that tell so; only where the screen's data has one. */
  | { readonly kind: 'number'; readonly source: string; readonly text: string }
  /** Opens the authenticator of this server, in a tab of its own; `source` is the key of the address in the data. */
  | { readonly kind: 'app-link'; readonly source: string; readonly text: string }
  /** An enrolment's URI, to take elsewhere. */
  | {
      readonly kind: 'copy-link';
      readonly source: string;
      readonly lead: string;
      readonly text: string;
    }
  /**
   * Waits for what a device answers. A script goes on by itself then; without one the person presses the button.
   * The error texts say that it hasn't answered yet, and how a request ended that wasn't approved.
   */
  | {
      readonly kind: 'waiting';
      readonly waitingText: string;
      readonly pendingText: string;
      readonly deniedText?: string;
      /** Another number was given than the screen shows. */
      readonly mismatchedText?: string;
      readonly replacedText: string;
      /** Asked for the answer too often. */
      readonly tooFastText: string;
    }
  /**
   * A button that leads to the page of the factor's service; while the browser goes there, the two texts are shown.
   * The error texts: the service said nothing good, it can't be reached.
   */
  | {
      readonly kind: 'redirect';
      readonly text: string;
      readonly leavingTitleText: string;
      readonly leavingText: string;
      readonly deniedText: string;
      readonly unavailableText: string;
    }
  /** Begins the enrolment anew, once what the screen shows can't be used any more. */
  | { readonly kind: 'renew'; readonly text: string }
  /** Makes new codes in the place of those that are left; with `laterText` as the main thing to do, and a way past. */
  | {
      readonly kind: 'new-codes';
      readonly source: string;
      readonly text: string;
      readonly laterText?: string;
    }
  /** To the challenge of the factor whose codes a device makes as well, where that would do. */
  | { readonly kind: 'device-codes'; readonly lead: string; readonly text: string }
  /** What will happen, one after the other. With `source` only where the screen's data has that key. */
  | { readonly kind: 'steps'; readonly texts: readonly string[]; readonly source?: string }
  /** The field for the name of the method just enrolled, filled with the one that it has. */
  | {
      readonly kind: 'name-input';
      readonly field: 'nickname';
      readonly text: string;
      readonly tooShortText: string;
      readonly tooLongText: string;
    }
  /** Sets up one more of this factor. */
  | { readonly kind: 'another'; readonly text: string }
  /** Leaves an offered enrolment: for now, or for good in this browser. */
  | { readonly kind: 'postpone'; readonly snoozeText: string; readonly refuseText: string }
  /**
   * A remark set apart, such as that something safer exists. With `source` only where the screen's data has
   * that key.
   */
  | { readonly kind: 'hint'; readonly text: string; readonly source?: string }
  /** A box that must be ticked. */
  | { readonly kind: 'confirm'; readonly field: 'saved'; readonly text: string }
  | { readonly kind: 'submit'; readonly text?: string }
  | { readonly kind: 'remember-browser' }
  | { readonly kind: 'pick-authenticator' }
  | { readonly kind: 'toggle-view'; readonly to: string; readonly text: string };

/** A field that a person types in. */
export interface TypedInput {
  /** Its name in the form. */
  readonly field: string;
  /** Its name in what the factor reads and shows. */
  readonly member: string;
  readonly text: string;
  readonly type: 'text' | 'tel';
  readonly inputMode: 'text' | 'email' | 'tel';
  readonly autocomplete: string;
}

/** A list to choose from; the factor's `inputChoices` fills the one of this name. */
export interface ListInput {
  /** Its name in the form, and in what the factor reads and shows. */
  readonly field: string;
  readonly text: string;
  readonly autocomplete: string;
}

/** How a factor is shown: its name on the chooser screens, a picture, its screens. */
export interface FactorScreens {
  /** Text key of its name on the chooser screens, `authenticatorNamesOTP`. */
  readonly nameText: string;
  /** Text keys of its name where just one of its channels is on, by channel. */
  readonly nameTextOfChannel?: Readonly<Record<string, string>>;
  readonly icon:
    | 'authenticator-app'
    | 'recovery-code'
    | 'phone'
    | 'email'
    | 'security-key'
    | 'device'
    | 'request'
    | 'elsewhere';
  readonly screens: readonly Screen[];
}

/** Texts of one language: prompt → screen → Auth0's text key → text with `${placeholders}`. */
export type Texts = {
  readonly [prompt: string]: {
    readonly [screen: string]: { readonly [key: string]: string };
  };
};

/** Texts by language tag. */
export type LocalisedTexts = { readonly [locale: string]: Texts };
