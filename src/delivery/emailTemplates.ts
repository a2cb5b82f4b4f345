/** When something happened and from where, as far as it is known: an operator's act has no browser. */
export interface Occasion {
  /** Epoch milliseconds. */
  at: number;
  ip?: string;
  userAgent?: string;
}

/** A one-time link and how long it works. */
export interface LinkVariables {
  /** Below the public URL; anything else is refused when the message is rendered (S-85). */
  url: string;
  lifetimeSeconds: number;
}

/** What each template needs to know. Names are Auth0's where Auth0 has the template. */
export interface EmailVariables {
  verify_email: LinkVariables;
  reset_email: LinkVariables;
  /** Somebody signed up with the address of an existing account; the link chooses a new password. */
  account_exists: LinkVariables;
  password_changed: Occasion;
  /** `factorName` is the factor's name in the message's language. */
  mfa_enrolled: Occasion & { factorName: string };
  mfa_removed: Occasion & { factorName: string };
  recovery_code_used: Occasion;
  /** An operator took all authentication methods of the person away. */
  mfa_reset: Occasion;
  failed_second_factors: Occasion & { failures: number };
}

export type EmailTemplate = keyof EmailVariables;

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
