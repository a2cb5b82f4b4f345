/**
 * How far a request got:
 * - `refused` the guard let nothing out: the address or the request is not permitted;
 * - `unsent` no connection came about, so the other side has seen nothing of it: safe to repeat;
 * - `unanswered` it was under way when it failed: the other side may have acted on it.
 */
export type OutboundFailure = 'refused' | 'unsent' | 'unanswered';

/** A request without a whole answer. */
export class OutboundError extends Error {
  override name = 'OutboundError';
  readonly failure: OutboundFailure;
  /** What went wrong: the system's code (`ECONNREFUSED`) or one of ours in lower case (`timeout`). */
  readonly code: string;

  constructor(failure: OutboundFailure, code: string, options?: ErrorOptions) {
    super(`${failure}: ${code}`, options);
    this.failure = failure;
    this.code = code;
  }
}
