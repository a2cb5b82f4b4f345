import { addressBudgetKey } from '../../config/networkAddress.ts';
import { type Limit, spend, type ThrottleResult } from '../../database/throttle.ts';
import type { CodePurpose } from '../../delivery/codePurpose.ts';
import { denialKey, pauseAfterDenials } from '../devices/denials.ts';
import type { Destination } from '../factor.ts';
import { personBudgetKey } from '../personBudgetKey.ts';
import { provedAddress } from '../provedAddress.ts';
import type { Step } from '../step.ts';
import { type Refusal, refuse } from '../transaction.ts';
import { endBackOff, refusalOfBackOff, spendBackOff } from './backOff.ts';
import {
  type ConversionWatch,
  countConfirmed,
  countSent,
  pauseOf,
  type SendCount,
  watchedKey,
} from './conversion.ts';
import { isReached } from './isReached.ts';
import { refundSend, type SendKeys, spendSend } from './sendLimits.ts';
import { mayCount, noteAnswered, type WatchedCode } from './unanswered.ts';

type SendStep = Omit<Step, 'methods'>;

/** Refused sends that are logged for one person; the rest would only fill the log. */
const loggedRefusals: Limit = { name: 'send-refusals-logged', burst: 3, refillSeconds: 600 };

/**
 * Whether something may be sent to where this method points, spending it from every budget concerned
 * (S-96). A refusal tells nobody whose budget it was.
 */
export async function admitSend(
  step: SendStep,
  state: unknown,
  purpose: CodePurpose,
): Promise<Refusal | undefined> {
  const { parts, trx, factor, settings, transaction, user, context } = step;
  const { clock } = parts;
  const denied = factor.device && (await pauseAfterDenials(trx, clock, denialKey(parts, user, context.ip)));
  if (denied) return refused(step, denied, 'denials');
  const { sending } = factor;
  if (!sending) return undefined;
  if (!isReached(parts.registry, settings, factor, state)) return refuse('destination_refused');
  const factorSettings = parts.registry.settingsOf(factor, settings);
  const goal = sending.destination(state);
  const { prefix } = goal;
  const watched = watchedCode(step, purpose, goal);

  const growsWait = sending.growsWait(factorSettings);
  const watch = prefix === undefined ? undefined : sending.watch(factorSettings);
  // First what concerns this person or place alone: a refusal for it takes nothing from what all share.
  const pausedUntil = watch ? await pauseOf(trx, watched.key) : 0;
  if (watch && pausedUntil > clock())
    return refused(step, pauseResult(step, watch, pausedUntil), 'conversion');
  const wait = growsWait ? await refusalOfBackOff(trx, clock, backOffKey(step)) : undefined;
  if (wait) return refused(step, wait, 'back_off');

  const spent = await spendSend(trx, clock, factor.name, sending.limits(factorSettings), {
    ...personKeys(step, purpose, watched.destination),
    address: addressBudgetKey(context.ip),
    ...(prefix === undefined ? {} : { prefix: `${purpose}:${prefix}` }),
    application: `${purpose}:${transaction.clientId}`,
    tenant: purpose,
  });
  if (!spent.allowed) return refused(step, spent, spent.subject);
  if (watch && (await mayCount(trx, clock, watched, watch))) {
    const count = await countSent(trx, clock, watched.key, watch);
    if (count.outcome === 'tripped') await recordTrip(step, prefix, count);
    if (count.outcome !== 'counted')
      return refused(step, pauseResult(step, watch, count.until), 'conversion');
  }
  if (!growsWait) return undefined;
  // Last: what was refused for another reason makes nobody wait longer.
  const begun = await spendBackOff(trx, clock, backOffKey(step));
  return begun.allowed ? undefined : refused(step, begun, 'back_off');
}

/**
 * What counts for the person and their number or mailbox. Where they last proved everything they have
 * budgets as large as elsewhere for themselves: who knows the password uses up the others from elsewhere,
 * and leaves this one (S-19). It is one of the account, wherever that is, so that moving gains nothing.
 * Enrolments, whose destination an attacker chooses, use up nothing that others sign in with. A device has such a
 * budget there too: others share the network that a person signs in from, or the application's own server (S-50).
 */
function personKeys(
  { parts, factor, user, context }: SendStep,
  purpose: CodePurpose,
  destination: string,
): SendKeys {
  const goal = { destination: `${purpose}:${destination}` };
  const isHome = user.provedAddress === provedAddress(parts.vault, user.id, context.ip);
  if (!isHome) return { user: personBudgetKey(user.id, context.ip), account: user.id, ...goal };
  const home = `${user.id}:home`;
  const ofPerson = { user: home, account: home };
  if (purpose !== 'verification') return { ...ofPerson, ...goal };
  return factor.device ? { ...ofPerson, destination: `${goal.destination}:home` } : ofPerson;
}

/** Tells the limits that a code came back. */
export async function recordConversion(step: SendStep, state: unknown, purpose: CodePurpose): Promise<void> {
  const { parts, trx, factor, settings } = step;
  if (!factor.sending) return;
  const factorSettings = parts.registry.settingsOf(factor, settings);
  const goal = factor.sending.destination(state);
  if (factor.sending.growsWait(factorSettings)) await endBackOff(trx, backOffKey(step));
  // Nobody is tired by what they approved; the bound is on what they didn't (S-50).
  if (factor.device && purpose === 'verification') {
    const keys = personKeys(step, purpose, watchedCode(step, purpose, goal).destination);
    await refundSend(trx, factor.name, factor.sending.limits(factorSettings), keys);
  }
  const watch = goal.prefix === undefined ? undefined : factor.sending.watch(factorSettings);
  if (!watch) return;
  const watched = watchedCode(step, purpose, goal);
  await noteAnswered(trx, watched, watch);
  await countConfirmed(trx, watched.key);
}

function watchedCode(
  { parts, factor, user }: SendStep,
  purpose: CodePurpose,
  { to, prefix = '' }: Destination,
): WatchedCode {
  return {
    key: watchedKey({ factor: factor.name, purpose, prefix }),
    userId: user.id,
    destination: parts.vault.hash(to, 'send-destination'),
  };
}

function pauseResult({ parts }: SendStep, { leastSends }: ConversionWatch, until: number): ThrottleResult {
  const retryAfterSeconds = Math.max(1, Math.ceil((until - parts.clock()) / 1000));
  return { allowed: false, limit: leastSends, remaining: 0, resetAt: until, retryAfterSeconds };
}

/** By address as well: who asks from elsewhere makes the owner wait no longer (S-19). */
function backOffKey({ factor, user, context }: SendStep): string {
  return `${factor.name}:${personBudgetKey(user.id, context.ip)}`;
}

async function refused(
  step: SendStep,
  throttle: ThrottleResult,
  limit: string | undefined,
): Promise<Refusal> {
  const { parts, trx, factor, user, transaction, context } = step;
  const mayLog = await spend(trx, parts.clock, loggedRefusals, user.id);
  if (mayLog.allowed) {
    const details = { authenticator: { type: factor.name }, limit };
    const description =
      descriptions[limit ?? ''] ??
      (factor.device ? 'Too many requests were asked for' : 'Too many codes were asked for');
    await parts.record(trx, transaction, user, context, {
      type: factor.events.limited,
      description,
      details,
    });
  }
  const { allowed, limit: budget, remaining, resetAt, retryAfterSeconds } = throttle;
  const kept = { allowed, limit: budget, remaining, resetAt, retryAfterSeconds };
  const refusal = refuse('too_many_sends', kept);
  return { ...refusal, factor: factor.name };
}

/** By limit, where it isn't that of a budget. */
const descriptions: Readonly<Record<string, string>> = {
  conversion: 'Sending to these numbers is paused',
  denials: 'The person denied requests; none is sent for a while',
};

/** Always logged: an operator has to look at it. */
async function recordTrip(
  step: SendStep,
  prefix: string | undefined,
  { until, sent, confirmed }: SendCount & { outcome: 'tripped' },
): Promise<void> {
  const { parts, trx, factor, user, transaction, context } = step;
  await parts.record(trx, transaction, user, context, {
    type: factor.events.limited,
    description: 'Sending to a prefix was paused: too few of its codes came back',
    details: { prefix, sent, confirmed, paused_until: new Date(until).toISOString() },
  });
}
