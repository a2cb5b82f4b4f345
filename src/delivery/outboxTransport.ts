import type { MailTransport } from './transport.ts';

/** Sends nothing: the message is left in the database for the outbox of `--dev` to show. */
export const outboxTransport: MailTransport = {
  keepsContent: true,
  send: () => Promise.resolve(),
  close: () => {},
};
