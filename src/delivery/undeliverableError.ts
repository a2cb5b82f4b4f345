/** The receiver refused the message for good, or it can't be written at all. */
export class UndeliverableError extends Error {
  override name = 'UndeliverableError';
}
