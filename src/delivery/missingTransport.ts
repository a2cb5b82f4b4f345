import type { MailTransport } from './transport.ts';

/** Stands in while no SMTP server is set: messages wait and, when one isn't set in time, fail and are logged. */
export const missingTransport: MailTransport = {
  keepsContent: false,
  send: () => Promise.reject(new Error('No SMTP server is set.')),
  close: () => {},
};
