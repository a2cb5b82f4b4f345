/** A message in words, as a transport sends it. */
export interface Mail {
  /** Id of the queued message; the same for every try, so that a receiver can tell a repetition. */
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** A way for e-mails to leave. */
export interface MailTransport {
  /** Whether the message stays readable in the database afterwards: only the outbox of `--dev` wants that. */
  readonly keepsContent: boolean;
  /**
   * Hands the message over; resolves once it was accepted.
   *
   * @throws UndeliverableError when trying again is pointless, any other error when it isn't.
   */
  send(mail: Mail, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** The receiver refused the message for good, or it can't be written at all. */
export class UndeliverableError extends Error {
  override name = 'UndeliverableError';
}
