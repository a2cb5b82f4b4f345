/** A command can't do what it was asked to. The message is one clear line and tells what would help. */
export class CommandError extends Error {
  /** For programs, as in `not_found`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
  }
}
