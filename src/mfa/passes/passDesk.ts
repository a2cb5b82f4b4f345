import type { RequestContext } from '../../config/requestContext.ts';
import type { Refusal } from '../transaction.ts';
import type { Actor } from '../userAct.ts';
import type { PassLifetimes } from './handedOut.ts';

/** What an operator hands out, and how. */
export interface PassOrder {
  /** Why, for the log: 3 to 200 characters. */
  reason: string;
  /** The usual lifetime when absent. */
  lifetimeSeconds?: number;
  /** Works as often as needed until it ends, instead of once. */
  isReusable: boolean;
}

/** A pass that was handed out. It is told here, and never again. */
export interface PassIssued {
  outcome: 'issued';
  /** As it is read aloud: `ABCD-EFGH-JKLM`. */
  pass: string;
  /** It is a method of the person, and removed like one. */
  methodId: string;
  /** Epoch milliseconds. */
  endsAt: number;
}

/** What operators hand out for the day when somebody's factors are lost. */
export interface PassDesk {
  /** How long passes may work; undefined while none are handed out. */
  lifetimes(): Promise<PassLifetimes | undefined>;
  /**
   * Hands one out, which takes the place of an earlier one; the person is told. Refused where that is switched
   * off, for somebody blocked, and beyond what one operator hands out and one person gets in a day.
   */
  issue(
    userId: string,
    order: PassOrder,
    actor: Actor,
    context: RequestContext,
  ): Promise<PassIssued | Refusal>;
}
