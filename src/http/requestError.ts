/**
 * A request that is refused before a handler judges it: it can't be read or breaks the rules that hold
 * everywhere. The error handler answers it as `{error, error_description}`; the description says what
 * was expected and repeats nothing secret.
 */
export class RequestError extends Error {
  readonly statusCode: number;
  /** OAuth 2.0 error code. */
  readonly code: string;

  constructor(description: string, statusCode = 400, code = 'invalid_request') {
    super(description);
    this.name = 'RequestError';
    this.statusCode = statusCode;
    this.code = code;
  }
}
