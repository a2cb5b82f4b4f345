/**
 * The database can't be reached or can't work at present, through no fault of what was asked: come back
 * later. A transaction that ends so left nothing behind, unless the connection broke while it was
 * committed: then it is there as a whole or not at all. `cause` is the driver's error.
 */
export class DatabaseUnavailableError extends Error {
  /** When another try makes sense. */
  readonly retryAfterSeconds = 5;

  constructor(cause: unknown) {
    super(`The database is unavailable: ${describe(cause)}`, { cause });
    this.name = 'DatabaseUnavailableError';
  }
}

/** A refused connection to a name with several addresses has a code and no message. */
function describe(cause: unknown): string {
  const { message, code } = cause as { message?: string; code?: unknown };
  return message || String(code ?? 'unknown');
}

type Listener = (error: DatabaseUnavailableError) => void;

/** Puts a driver's errors into our words, and tells who wants to know that the database was unavailable. */
export class UnavailabilitySignal {
  readonly #isUnavailable: (error: unknown) => boolean;
  readonly #listeners: Listener[] = [];

  /** @param isUnavailable whether an error of the driver says so */
  constructor(isUnavailable: (error: unknown) => boolean) {
    this.#isUnavailable = isUnavailable;
  }

  on(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** What to throw in place of an error of the driver's. */
  translate(error: unknown): unknown {
    return this.#isUnavailable(error) ? this.report(error) : error;
  }

  /** The same for an error that can mean nothing else. */
  report(cause: unknown): DatabaseUnavailableError {
    const error = new DatabaseUnavailableError(cause);
    for (const tell of this.#listeners) tell(error);
    return error;
  }
}
