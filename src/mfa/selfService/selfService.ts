import { sessionsOfPerson } from '../../accounts/sessionsOfPerson.ts';
import { isInForce } from '../decideNow.ts';
import { removeMethod } from '../manage.ts';
import type { EngineParts } from '../parts.ts';
import { beginOwn, enrollableBy } from './beginOwn.ts';
import { changeOwn } from './changeOwn.ts';
import { confirmOwn } from './confirmOwn.ts';
import { beginPassword, spendPassword } from './ownPassword.ts';
import { endOwnSession, endOwnSessions } from './ownSessions.ts';
import { personOf } from './personOf.ts';
import { prefer } from './prefer.ts';
import type { SelfServiceDesk } from './selfServiceDesk.ts';

export function createSelfService(parts: EngineParts): SelfServiceDesk {
  const { db } = parts.database;
  return {
    async isInForce({ userId, proofs }) {
      const user = await parts.findUser(db, userId);
      return user !== undefined && !user.blocked && proofs.some((proof) => isInForce(proof, user));
    },
    async enrollable(userId) {
      const user = await parts.findUser(db, userId);
      if (!user) return [];
      const settings = await parts.settings(db);
      return enrollableBy({ parts, settings, methods: await parts.methodsOf(db, user, settings) });
    },
    async begin(caller, choice, context) {
      const begun = await beginOwn(parts, caller, choice, context);
      parts.afterSending();
      return begun;
    },
    confirm: (caller, confirmation, context) => confirmOwn(parts, caller, confirmation, context),
    change: (caller, methodId, change, context) => changeOwn(parts, caller, methodId, change, context),
    async remove(caller, methodId, context) {
      const removed = await removeMethod(parts, caller.userId, methodId, personOf(caller), context);
      return removed.outcome === 'refused' ? removed : { outcome: 'removed' };
    },
    preference: async (userId) => (await parts.findUser(db, userId))?.preferredFactor,
    prefer: (caller, factor, context) => prefer(parts, caller, factor, context),
    beginPassword: (caller, context) => beginPassword(parts, caller, context),
    spendPassword: (trx, caller, authSession, context) =>
      spendPassword(parts, trx, caller, authSession, context),
    sessions: (userId) => sessionsOfPerson(db, parts.vault, parts.clock, userId),
    endSession: (caller, sessionId, context) => endOwnSession(parts, caller, sessionId, context),
    endAllSessions: (caller, context) => endOwnSessions(parts, caller, context),
  };
}
