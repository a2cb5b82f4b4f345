import type { RequestContext } from '../../config/requestContext.ts';
import type { Refusal } from '../transaction.ts';

/** A change of somebody's methods, as whoever holds its link may see it. */
export interface ChangeView {
  kind: 'added' | 'removed';
  /** Name of the factor that was added, or of the first that was removed. */
  factor: string;
  /** Epoch milliseconds. */
  at: number;
}

/** What came of a link that undoes a change. Whatever came of it, nobody is signed in any more. */
export interface Undone {
  outcome: 'undone';
  /** How many methods were taken away, and how many put back. */
  taken: number;
  putBack: number;
  /** What was added is the only thing that protects the account, and stays until an operator takes it. */
  isKept: boolean;
}

/** The links by which people say that a change of their second factors wasn't theirs. */
export interface ChangeDesk {
  /** What the link is about; undefined when it is unknown, used or too old. Changes nothing. */
  find(ticket: string): Promise<ChangeView | undefined>;
  /** Undoes it, once, and signs the person out everywhere (S-45, S-46). */
  undo(ticket: string, context: RequestContext): Promise<Undone | Refusal>;
}
