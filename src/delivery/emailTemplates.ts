import type { CodePurpose } from './codePurpose.ts';

/** When something happened and from where, as far as it is known: an operator's act has no browser. */
export interface Occasion {
  /** Epoch milliseconds. */
  at: number;
  ip?: string;
  userAgent?: string;
}

/** A one-time link and how long it works. */
export interface LinkVariables {
  /** Path and query, `/u/…?ticket=…`: the public URL is put before it when the message is rendered (S-85). */
  path: string;
  lifetimeSeconds: number;
}

/** A link by which the reader says that it wasn't them; null where it can't be undone. */
export interface UndoVariables {
  undo: LinkVariables | null;
}

/** What somebody signs in to, and from where. */
export interface ApplicationVariables {
  /** Name of the application. */
  clientName: string;
  /** `Lisbon, Portugal`, where it is known. */
  place?: string;
}

/** A code and what it is for. */
export interface CodeVariables extends ApplicationVariables {
  code: string;
  purpose: CodePurpose;
  lifetimeSeconds: number;
}

/** What each template needs to know. Names are Auth0's where Auth0 has the template. */
export interface EmailVariables {
  verify_email: LinkVariables;
  reset_email: LinkVariables;
  /** Somebody signed up with the address of an existing account; the link chooses a new password. */
  account_exists: LinkVariables;
  /** The link sets up a second factor. */
  enrollment_email: LinkVariables;
  password_changed: Occasion;
  /** `factorName` is the factor's name in the message's language. */
  mfa_enrolled: Occasion & UndoVariables & { factorName: string };
  mfa_removed: Occasion & UndoVariables & { factorName: string };
  /** `codesLeft` of several; absent where the one used was replaced. */
  recovery_code_used: Occasion & { codesLeft?: number };
  /** An operator took all authentication methods of the person away. */
  mfa_reset: Occasion;
  /** The person said of a change that it wasn't theirs; the link chooses a new password. */
  mfa_change_undone: LinkVariables;
  /** An operator handed out what stands in for the second factor. */
  temporary_pass_issued: Occasion & UndoVariables;
  temporary_pass_used: Occasion;
  failed_second_factors: Occasion & { failures: number };
  /** The person said of a request on their device that the sign-in wasn't theirs. */
  push_denied: Occasion & ApplicationVariables;
  /** A code for the second factor. */
  mfa_oob_code: Occasion & CodeVariables;
}

export type EmailTemplate = keyof EmailVariables;

const everyTemplate: Record<EmailTemplate, true> = {
  mfa_oob_code: true,
  verify_email: true,
  reset_email: true,
  account_exists: true,
  enrollment_email: true,
  password_changed: true,
  mfa_enrolled: true,
  mfa_removed: true,
  recovery_code_used: true,
  mfa_reset: true,
  mfa_change_undone: true,
  temporary_pass_issued: true,
  temporary_pass_used: true,
  failed_second_factors: true,
  push_denied: true,
};

/** Names of all templates, in the order in which they are listed. */
export const emailTemplates = Object.keys(everyTemplate) as readonly EmailTemplate[];

/** A message to one person, before it is put into words. */
export type Email = {
  [Template in EmailTemplate]: {
    /** One address in canonical form. */
    to: string;
    /** Whose account it is about; goes with the account when that is deleted. */
    userId?: string;
    template: Template;
    /** BCP 47 tag; the nearest language there is, else English. */
    locale?: string;
    variables: EmailVariables[Template];
  };
}[EmailTemplate];
