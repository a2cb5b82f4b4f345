/** What is wrong with one member of a user to import. */
export interface ImportFault {
  /** As in `mfa_factors[0].totp`; empty for the user as a whole. */
  path: string;
  /** What it should be instead, without repeating what it is. */
  message: string;
}
