import { endAccess } from '../../accounts/endAccess.ts';
import { makeLink } from '../../accounts/messageLinks.ts';
import { spoilPassword, voidProofs } from '../../accounts/users.ts';
import type { RequestContext } from '../../config/requestContext.ts';
import { hashPassword } from '../../crypto/passwordHash.ts';
import { randomToken } from '../../crypto/random.ts';
import type { Db } from '../../database/database.ts';
import { recordEvent } from '../../logs/tenantLog.ts';
import { holdUser } from '../attempts.ts';
import { withTheirDevices } from '../devices/sameDevice.ts';
import type { AuthenticationMethod } from '../methods.ts';
import type { EngineParts, EngineUser } from '../parts.ts';
import { type Refusal, refuse } from '../transaction.ts';
import type { ChangeView, Undone } from './changeDesk.ts';
import type { KeptMethod, StoredChange } from './changeStore.ts';
import { isProtection } from './isProtection.ts';
import { putBack } from './putBack.ts';

/** What a link is about, to show it. */
export async function findChange(parts: EngineParts, ticket: string): Promise<ChangeView | undefined> {
  const { db } = parts.database;
  const change = await parts.changes.find(db, ticket);
  if (!change || change.kind === 'reset') return undefined;
  const user = await parts.findUser(db, change.userId);
  return user && !user.blocked ? { kind: change.kind, factor: change.factor, at: change.at } : undefined;
}

/**
 * Undoes a change by the link that its mail brought, once, in one database transaction. The mailbox alone
 * must not open what it didn't open before: so what was added goes, unless nothing else would be left of
 * what protected the account, and what was removed comes back where it was in the hands of whoever removed
 * it. In any case everybody is signed out, and the person is led to a new password; the old one is spoilt, or who
 * knows it would be quicker, and set up a factor that the new one then takes.
 */
export async function undoChange(
  parts: EngineParts,
  ticket: string,
  context: RequestContext,
): Promise<Undone | Refusal> {
  if (!(await findChange(parts, ticket))) return refuse('not_found');
  const unknown = await hashPassword(randomToken());
  return parts.database.transaction(async (trx): Promise<Undone | Refusal> => {
    const named = await parts.changes.find(trx, ticket);
    if (!named) return refuse('not_found');
    await holdUser(trx, named.userId);
    const user = await parts.findUser(trx, named.userId);
    if (!user || user.blocked || !(await parts.changes.spend(trx, named.id))) return refuse('not_found');
    const act = { parts, trx, user, context, changes: await parts.changes.ofUser(trx, user.id) };
    const undone = named.kind === 'added' ? await undoAddition(act, named) : await undoRemoval(act, named);
    await record(act, named, {
      type: 'w',
      description: 'A change of second factors was undone by its link',
      details: { kind: named.kind, taken: undone.taken, put_back: undone.putBack, kept: undone.isKept },
    });
    await voidProofs(trx, parts.clock, user.id);
    await spoilPassword(trx, user.id, unknown);
    await endAccess(trx, user.id);
    const link = await makeLink(trx, parts, 'password-reset', user.id, { email: user.email });
    await parts.notify(trx, { template: 'mfa_change_undone', user, context, ...link });
    return { outcome: 'undone', ...undone };
  });
}

interface Act {
  parts: EngineParts;
  trx: Db;
  user: EngineUser;
  context: RequestContext;
  /** Of the last day. */
  changes: readonly StoredChange[];
}

type Effect = Omit<Undone, 'outcome'>;

async function undoAddition(act: Act, change: StoredChange & { kind: 'added' }): Promise<Effect> {
  const { parts, trx, user } = act;
  const methods = await parts.methods.ofUser(trx, user.id);
  const added = methods.filter(({ id }) => change.methodIds.includes(id));
  const going = withTheirDevices(parts.registry, added, methods);
  const staying = methods.filter((method) => !going.includes(method));
  const takesProtection = going.some((method) => isProtection(parts.registry, method));
  if (!takesProtection || staying.some((method) => isProtection(parts.registry, method))) {
    return { taken: await take(act, change, going), putBack: 0, isKept: false };
  }
  // What needs another factor goes with the last one.
  if (change.isFirst) return { taken: await take(act, change, methods), putBack: 0, isKept: false };
  const back = await putBackSince(act);
  if (!back.some(({ factor }) => parts.registry.get(factor)?.kind === 'independent')) {
    return { taken: 0, putBack: back.length, isKept: true };
  }
  return { taken: await take(act, change, going), putBack: back.length, isKept: false };
}

async function undoRemoval(act: Act, change: StoredChange): Promise<Effect> {
  const back = await restore(act, change);
  return { taken: 0, putBack: back.length, isKept: false };
}

/** Puts back all that can be, since what was added instead goes. */
async function putBackSince(act: Act): Promise<KeptMethod['row'][]> {
  const back: KeptMethod['row'][] = [];
  for (const change of act.changes) {
    if (change.kind !== 'removed' || change.kept.length === 0) continue;
    if (await act.parts.changes.spend(act.trx, change.id)) back.push(...(await restore(act, change)));
  }
  return back;
}

/** What the person said they hadn't added never comes back, in whichever order they say so. */
async function restore(act: Act, change: StoredChange): Promise<KeptMethod['row'][]> {
  if (change.kind !== 'removed') return [];
  const disowned = act.changes.flatMap((one) => (one.kind === 'added' && one.isUndone ? one.methodIds : []));
  const back = await putBack(
    act.trx,
    change.kept.filter(({ row }) => !disowned.includes(row.id)),
  );
  for (const { id, factor: type } of back) {
    await record(act, change, { type: 'gd_enrollment_complete', details: { authenticator: { id, type } } });
  }
  return back;
}

async function take(
  act: Act,
  change: StoredChange,
  methods: readonly AuthenticationMethod[],
): Promise<number> {
  const { parts, trx, user } = act;
  await parts.methods.remove(
    trx,
    user.id,
    methods.map(({ id }) => id),
  );
  for (const { id, factor: type } of methods) {
    await record(act, change, { type: 'gd_unenroll', details: { authenticator: { id, type } } });
  }
  return methods.length;
}

/** The tenant log tells that it was undone, and which change that was. */
function record(
  { parts, trx, user, context }: Act,
  { id }: StoredChange,
  event: { type: string; description?: string; details?: Record<string, unknown> },
): Promise<void> {
  return recordEvent(trx, parts.clock, {
    ...event,
    userId: user.id,
    userName: user.email,
    connection: user.connection,
    ip: context.ip,
    userAgent: context.userAgent,
    details: { ...event.details, reason: 'undone_by_link', change: id },
  });
}
