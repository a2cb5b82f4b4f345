import type { Db } from '../database/database.ts';
import { type Channel, isPushChannel } from './channel.ts';
import type { Begin, Work } from './lane.ts';
import { recordFailed } from './messageEvents.ts';
import { type Claim, claimDue, findDue, settle } from './queue.ts';
import type { Route } from './route.ts';
import { RouteChoice, type RouteChoiceParts } from './routeChoice.ts';
import { type SendParts, sendMessage } from './sendMessage.ts';

export interface MessageLaneParts extends SendParts, RouteChoiceParts {
  /**
   * Which of these challenges nobody can answer any more: their codes and pushes are dropped. Asked right
   * before they would leave, in the transaction that claims them. Default none.
   */
  findVoidCodes?: (trx: Db, challengeIds: readonly string[]) => Promise<ReadonlySet<string>>;
  onFault: (error: unknown) => void;
}

/** Claimed together, so that one commit claims several. */
const batch = 10;
/** For a message whose turn it was, but another node has taken the one try that a failing provider gets. */
const putBackMs = 1000;

/**
 * Begins to send what is due in a channel: for each message the first route that is well and has room, which
 * bounds what one provider holds at a time and lets the next one take over from a slow or failing one. One
 * message at a time tries whether a failing provider works again.
 */
export function messageLane(parts: MessageLaneParts, channel: Channel): Begin {
  const { database, clock } = parts;
  const busy = new Map<string, number>();
  const roomAt = ({ id, concurrency }: Route) => concurrency - (busy.get(id) ?? 0);

  async function occupy(route: Route, work: Promise<void>): Work {
    busy.set(route.id, (busy.get(route.id) ?? 0) + 1);
    try {
      await work;
    } catch (error) {
      parts.onFault(error);
    } finally {
      busy.set(route.id, (busy.get(route.id) ?? 1) - 1);
    }
  }

  return async function begin(isStopped) {
    const due = await findDue(database.db, clock, channel, batch);
    if (due.length === 0) return [];
    const choice = await RouteChoice.of(parts, channel, roomAt);
    const room = choice.room();
    if (room <= 0 || isStopped()) return [];
    const [claims, dropped] = await database.transaction(async (trx) => {
      const claimed = await claimDue(trx, clock, due.slice(0, room));
      const ofNoUse = await dropVoid(parts, trx, claimed);
      return [claimed.filter((claim) => !ofNoUse.has(claim)), ofNoUse] as const;
    });
    for (const { provider } of dropped)
      parts.onOutcome?.({ channel, provider: provider ?? 'none', outcome: 'dead' });
    // Another node was faster with these, or they are of no use; there may be more.
    if (claims.length === 0) return begin(isStopped);
    // All are chosen before any begins: whoever began must be waited for, whatever fault comes after.
    const chosen: [Claim, Route | undefined][] = [];
    for (const claim of claims) chosen.push([claim, await choice.routeFor(claim)]);
    return chosen.map(([claim, route]) =>
      route
        ? occupy(route, sendMessage(parts, claim, route, choice.otherThan(route)))
        : putBack(parts, claim).catch(parts.onFault),
    );
  };
}

/** Codes and pushes that were replaced, or whose sign-in ended, while they waited: they would only confuse. */
async function dropVoid(
  { vault, clock, findVoidCodes }: MessageLaneParts,
  trx: Db,
  claims: readonly Claim[],
): Promise<ReadonlySet<Claim>> {
  const challengeIds = claims.flatMap(({ challenge_id }) => challenge_id ?? []);
  if (!findVoidCodes || challengeIds.length === 0) return new Set();
  const ofNoUse = await findVoidCodes(trx, challengeIds);
  const dropped = claims.filter(({ challenge_id }) => challenge_id !== null && ofNoUse.has(challenge_id));
  for (const message of dropped) {
    const reason = isPushChannel(message.channel) ? 'request_void' : 'code_void';
    await settle(trx, message, { status: 'dead', last_error: reason, isEmptied: true });
    await recordFailed(trx, { vault, clock, message, details: { reason } });
  }
  return new Set(dropped);
}

/** Gives the try back as well: none was made. */
async function putBack({ database, clock }: MessageLaneParts, claim: Claim): Promise<void> {
  await settle(database.db, claim, {
    status: 'queued',
    attempts: claim.attempts - 1,
    next_attempt_at: clock() + putBackMs,
    isEmptied: false,
  });
}
