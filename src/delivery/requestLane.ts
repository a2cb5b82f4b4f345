import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../database/database.ts';
import { nextAttemptAt } from './backOff.ts';
import type { Begin, Work } from './lane.ts';
import { recordFailed } from './messageEvents.ts';
import { openContent } from './messages.ts';
import { type Claim, claimDue, findDue, settle } from './queue.ts';
import type { RequestHandler } from './requests.ts';

export interface RequestLaneParts {
  database: Database;
  vault: Vault;
  clock: Clock;
  /** By kind of request. */
  handlers: Readonly<Record<string, RequestHandler>>;
  onFault: (error: unknown) => void;
}

const atATime = 10;

/**
 * Begins to handle the requests that are due.
 *
 * @param afterwards called when one was handled: it may have queued messages.
 */
export function requestLane(parts: RequestLaneParts, afterwards: () => void): Begin {
  const { database, clock } = parts;
  let busy = 0;

  async function handle(claim: Claim): Work {
    busy += 1;
    try {
      await answer(parts, claim);
      afterwards();
    } catch (error) {
      await settleFailure(parts, claim, error).catch(parts.onFault);
    } finally {
      busy -= 1;
    }
  }

  return async function begin(isStopped) {
    const due = busy < atATime ? await findDue(database.db, clock, 'request', atATime - busy) : [];
    if (due.length === 0 || isStopped()) return [];
    const claims = await database.transaction((trx) => claimDue(trx, clock, due));
    // Another node was faster with these; there may be more.
    if (claims.length === 0) return begin(isStopped);
    return claims.map(handle);
  };
}

/** There is nobody to do what the request asks for. */
class UnknownRequestError extends Error {}

async function answer({ database, vault, handlers, clock }: RequestLaneParts, claim: Claim): Promise<void> {
  const handler = handlers[claim.template];
  if (!handler) throw new UnknownRequestError(`no handler for ${claim.template}`);
  const data = openContent(vault, claim);
  await database.transaction(async (trx) => {
    // First, so that of two processes that believe to hold the row one ends here.
    const isHeld = await settle(trx, claim, {
      status: 'sent',
      sent_at: clock(),
      last_error: null,
      isEmptied: true,
    });
    if (isHeld) await handler(trx, data);
  });
}

async function settleFailure(parts: RequestLaneParts, claim: Claim, error: unknown): Promise<void> {
  const { database, vault, clock } = parts;
  const reason = reasonOf(error);
  const next =
    error instanceof UnknownRequestError ? undefined : nextAttemptAt('other', claim.attempts, clock());
  await database.transaction(async (trx) => {
    const isHeld = await settle(
      trx,
      claim,
      next === undefined
        ? { status: 'failed', last_error: reason, isEmptied: true }
        : { status: 'queued', next_attempt_at: next, last_error: reason, isEmptied: false },
    );
    if (isHeld && next === undefined) {
      await recordFailed(trx, { vault, clock, message: claim, details: { reason } });
    }
  });
}

const longestReason = 200;

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : error.message.slice(0, longestReason);
}
