import type { Clock } from '../config/clock.ts';
import type { Database, Db } from '../database/database.ts';
import { nextAttemptAt } from './backOff.ts';
import { noteFailure, noteSuccess } from './breaker.ts';
import { type AnyMessage, isOnceOnly } from './channel.ts';
import { recordFailed, recordSent } from './messageEvents.ts';
import { DeliveryError, type HandOver } from './providers/provider.ts';
import { pushOf } from './push/pushMessages.ts';
import { type Claim, markHandOver, type Outcome, settle } from './queue.ts';
import type { Route } from './route.ts';
import { UndeliverableError } from './undeliverableError.ts';
import { type Wording, wordMessage } from './wordMessage.ts';

export interface SendParts extends Wording {
  database: Database;
  clock: Clock;
  /** Told of each try's end, for metrics. */
  onOutcome?: (told: { channel: Route['channel']; provider: string; outcome: TryOutcome }) => void;
  /** Told of a device that its push service has forgotten, in the transaction that gives the message up. */
  onEndpointGone?: (trx: Db, gone: GoneEndpoint) => Promise<void>;
}

/** The address of a device leads nowhere any more. */
export interface GoneEndpoint {
  userId: string;
  /** `dev_…`. */
  deviceId: string;
  /** The address that is gone, as the device gave it: by now it may have another one. */
  target: unknown;
}

/** How a try ended: `retry` comes back, `failed` and `dead` don't. */
export type TryOutcome = 'sent' | 'retry' | 'failed' | 'dead';

/** How long a provider may take. A mail server that distrusts strangers takes its time. */
const timeoutMs: Readonly<Record<Route['channel'], number>> = {
  sms: 10_000,
  voice: 10_000,
  email: 30_000,
  webpush: 10_000,
  apns: 10_000,
  fcm: 10_000,
};
/** For a provider that doesn't heed the end of its time. */
const graceMs = 500;

/**
 * Puts a claimed message into words, hands it over to `route`, and writes what came of it, with the log event
 * and the provider's breaker in the same transaction. A text or call is marked before it is handed over and
 * is not handed over again unless the provider surely refused it: at most once. An e-mail or a push may be
 * repeated under the same id.
 *
 * @param other another route that could take it at once; none when there is no other, or it isn't well.
 * @throws what the database throws; the row then waits for its lease to end.
 */
export async function sendMessage(
  parts: SendParts,
  claim: Claim,
  route: Route,
  other: Route | undefined,
): Promise<void> {
  const words = await putIntoWords(parts, claim);
  if (words instanceof DeliveryError) return fail(parts, claim, undefined, words);
  const isHeld = await parts.database.transaction((trx) =>
    markHandOver(trx, claim, {
      providerId: route.id,
      provider: route.name,
      handedOverAt: isOnceOnly(route.channel) ? parts.clock() : null,
    }),
  );
  if (!isHeld) return;
  const taken = await handOver(route, words);
  if (taken instanceof DeliveryError) return fail(parts, claim, { route, other }, taken);
  await succeed(parts, claim, route, taken);
}

async function putIntoWords(parts: SendParts, claim: Claim): Promise<AnyMessage | DeliveryError> {
  try {
    return (await wordMessage(parts, claim)).message;
  } catch (cause) {
    // What our own words say is ours; anything else may repeat what it was given.
    return cause instanceof UndeliverableError
      ? new DeliveryError('final', cause.message, { cause })
      : new DeliveryError('retry', 'wording', { cause });
  }
}

async function handOver(route: Route, words: AnyMessage): Promise<HandOver | DeliveryError> {
  const limit = timeoutMs[route.channel];
  let grace: NodeJS.Timeout | undefined;
  const overdue = new Promise<DeliveryError>((resolve) => {
    grace = setTimeout(() => resolve(new DeliveryError('unknown', 'timeout')), limit + graceMs);
  });
  try {
    return await Promise.race([route.send(words, AbortSignal.timeout(limit)), overdue]);
  } catch (error) {
    return error instanceof DeliveryError
      ? error
      : new DeliveryError('unknown', 'provider_fault', { cause: error });
  } finally {
    clearTimeout(grace);
  }
}

async function succeed(parts: SendParts, claim: Claim, route: Route, taken: HandOver): Promise<void> {
  const { database, vault, clock } = parts;
  const outcome: Outcome = {
    status: 'sent',
    sent_at: clock(),
    last_error: null,
    provider_message_id: taken.providerMessageId ?? null,
    cost_amount: taken.cost?.amount ?? null,
    cost_currency: taken.cost?.currency ?? null,
    isEmptied: !route.keepsContent,
  };
  const isWritten = await database.transaction(async (trx) => {
    if (route.isWatched) await noteSuccess(trx, clock, route);
    if (!(await settle(trx, claim, outcome))) return false;
    const id = taken.providerMessageId;
    const details = id === undefined ? {} : { provider_message_id: id };
    await recordSent(trx, { vault, clock, message: { ...claim, provider: route.name }, details });
    return true;
  });
  if (isWritten) parts.onOutcome?.({ channel: route.channel, provider: route.name, outcome: 'sent' });
}

/** @param way whom it was handed to; undefined when it didn't come to that. */
async function fail(
  parts: SendParts,
  claim: Claim,
  way: { route: Route; other: Route | undefined } | undefined,
  error: DeliveryError,
): Promise<void> {
  const { database, vault, clock } = parts;
  const { code } = error;
  const next = whenToTryAgain(claim, clock(), way, error);
  const outcome: Outcome =
    next === undefined
      ? { status: 'failed', last_error: code, isEmptied: true }
      : { status: 'queued', next_attempt_at: next, last_error: code, handed_over_at: null, isEmptied: false };
  const isWritten = await database.transaction(async (trx) => {
    if (way?.route.isWatched) await noteHealth(trx, clock, way.route, error);
    if (!(await settle(trx, claim, outcome))) return false;
    if (next === undefined) {
      const message = { ...claim, provider: way?.route.name ?? claim.provider };
      const details = {
        reason: code,
        ...(error.kind === 'unknown' && { may_have_arrived: true }),
        ...(error.kind === 'gone' && { endpoint_gone: true }),
      };
      await recordFailed(trx, { vault, clock, message, details });
    }
    if (error.kind === 'gone') await tellGone(trx, parts, claim);
    return true;
  });
  if (isWritten && way) {
    const { channel, name: provider } = way.route;
    parts.onOutcome?.({ channel, provider, outcome: next === undefined ? 'failed' : 'retry' });
  }
}

async function tellGone(trx: Db, { vault, onEndpointGone }: SendParts, claim: Claim): Promise<void> {
  const push = pushOf(vault, claim);
  if (!push) return;
  const { userId, deviceId, target } = push;
  await onEndpointGone?.(trx, { userId, deviceId, target });
}

/** A refusal of this one message shows a provider at work. */
function noteHealth(trx: Db, clock: Clock, route: Route, { kind, code }: DeliveryError): Promise<void> {
  const isAtWork = kind === 'final' || kind === 'gone';
  return isAtWork ? noteSuccess(trx, clock, route) : noteFailure(trx, clock, route, code);
}

/** Epoch milliseconds; undefined for never. */
function whenToTryAgain(
  claim: Claim,
  now: number,
  way: { route: Route; other: Route | undefined } | undefined,
  { kind, retryAfterSeconds }: DeliveryError,
): number | undefined {
  if (kind === 'final' || kind === 'gone') return undefined;
  // It may be on its way already.
  if (kind === 'unknown' && isOnceOnly(claim.channel)) return undefined;
  // Once: when the other one has just failed too, or had no room and this one was asked again, there is time.
  const isFirstOfBoth = way?.other && ![way.route.id, way.other.id].includes(claim.provider_id ?? '');
  if (isFirstOfBoth) return now;
  return nextAttemptAt(
    claim.challenge_id === null ? 'other' : 'code',
    claim.attempts,
    now,
    retryAfterSeconds,
  );
}
