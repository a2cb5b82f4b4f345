import type { Block } from '../screens.ts';

/** The field for a code that was sent; phones offer to fill it in from the message. */
export const codeInput: Block = {
  kind: 'code-input',
  field: 'code',
  inputMode: 'numeric',
  autocomplete: 'one-time-code',
  malformedText: 'invalid-otp-code-format',
};

/** Sends another one. */
export const resend: Block = { kind: 'resend', lead: 'resendText', text: 'resendActionText' };

/** What a screen begins with on which a code is entered at sign-in. */
export const challengeBlocks: readonly Block[] = [
  { kind: 'title' },
  { kind: 'description' },
  codeInput,
  { kind: 'remember-browser' },
  { kind: 'submit' },
  resend,
];

/** The list of a factor's methods. */
export const methodListBlocks: readonly Block[] = [
  { kind: 'title' },
  { kind: 'method-list' },
  { kind: 'back', text: 'backText' },
];
