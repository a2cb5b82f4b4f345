import type { RequestContext } from '../../config/requestContext.ts';
import type { Satisfied, StillPending } from '../submit.ts';
import type { Refusal } from '../transaction.ts';
import type { BroughtBack, Probed } from './redirectFactor.ts';

/** Which factor's service, and where it sends the browser back to. */
export interface Redirect {
  factor: string;
  /** An address of the pages. */
  redirectUri: string;
}

/** The browser goes there. */
export interface RedirectBegun {
  outcome: 'begun';
  url: string;
}

/** The service is down, and the operator lets people in then: nothing more is required for some minutes. */
export interface Waived {
  outcome: 'waived';
  /** A word for the log: why the service didn't answer. */
  detail: string;
}

/**
 * Factors whose challenges are answered on another service's page. What is asked of the service is asked between
 * two database transactions, never inside one.
 */
export interface RedirectDesk {
  /** Whether a factor's service answers, and takes what the settings say; undefined for one that has none. */
  probe(factor: string): Promise<Probed | undefined>;
  /**
   * Begins a challenge there, for the pending enrolment or for the confirmed method. `service_unavailable` when the
   * service doesn't answer, or wouldn't have us.
   */
  begin(
    transactionId: string,
    redirect: Redirect,
    context: RequestContext,
  ): Promise<RedirectBegun | Waived | Refusal>;
  /** The interaction whose browser was sent away, by what a browser brought back; over or not. */
  interactionOf(factor: string, broughtBack: BroughtBack): Promise<string | undefined>;
  /**
   * Takes what the browser brought back: the challenge is spent, the service is asked once, and what it says is
   * judged as any proof (S-94). `challenge_expired` when it was spent before.
   */
  finish(
    transactionId: string,
    redirect: Redirect,
    broughtBack: BroughtBack,
    context: RequestContext,
  ): Promise<Satisfied | StillPending | Refusal>;
}
