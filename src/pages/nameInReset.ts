/**
 * Name of a page of the second factor while a password is being reset: Auth0's screens of the prompt
 * `reset-password`, `reset-password-mfa-otp-challenge`. Other pages keep theirs.
 */
export function nameInReset(page: string): string {
  return /^mfa(?:-|$)/.test(page) ? `reset-password-${page}` : page;
}
