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
   * What the person does there: `enrolment` proves possession of a new method, `challenge`
   * answers an enrolled one, `reveal` shows a secret that a first enrolment yielded,
   * `replacement` shows one that replaces a spent one.
   */
  readonly step: 'enrolment' | 'challenge' | 'reveal' | 'replacement';
  /** Where this screen is the better one when two serve the same step; both when absent. */
  readonly suits?: 'desktop' | 'phone';
  readonly blocks: readonly Block[];
  /** The other screen of the same step, reached by `toggle-view`. */
  readonly alternate?: string;
}

/** What stands on a screen, in reading order. Every `…Text` is a key of the screen's texts. */
export type Block =
  | { readonly kind: 'title' }
  | { readonly kind: 'description' }
  /** A URI drawn as a QR code; `source` is its key in the screen's data. */
  | { readonly kind: 'qr'; readonly source: string; readonly altText: string }
  /** A code to copy, shown in groups of four; `source` is its key in the screen's data. */
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
  /** A box that must be ticked. */
  | { readonly kind: 'confirm'; readonly field: 'saved'; readonly text: string }
  | { readonly kind: 'submit' }
  | { readonly kind: 'remember-browser' }
  | { readonly kind: 'pick-authenticator' }
  | { readonly kind: 'toggle-view'; readonly to: string; readonly text: string };

/** How a factor is shown: its name on the chooser screens, a picture, its screens. */
export interface FactorScreens {
  /** Text key of its name on the chooser screens, `authenticatorNamesOTP`. */
  readonly nameText: string;
  readonly icon: 'authenticator-app' | 'recovery-code';
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
