import type { RequestContext } from '../../config/requestContext.ts';
import type { EngineParts } from '../parts.ts';
import { type Refusal, refuse } from '../transaction.ts';
import { type Actor, actOn, recordAct } from '../userAct.ts';
import type { BrowserDesk } from './browserDesk.ts';

/** The engine's face for remembered browsers. */
export function createBrowsers(parts: EngineParts): BrowserDesk {
  const { database, browsers, transactions } = parts;
  return {
    ofUser: async (userId) => browsers.ofUser(database.db, await parts.settings(database.db), userId),
    remember: (transactionId, context) =>
      database.transaction(async (trx) => {
        const transaction = await transactions.find(trx, transactionId);
        if (transaction?.state !== 'satisfied' || !transaction.allowsRememberBrowser) return undefined;
        // Nothing was proved that a browser could stand in for later.
        if (transaction.proofs.some(({ isWaived }) => isWaived)) return undefined;
        // What an operator handed out ends by itself, and must not live on in a browser.
        if (transaction.proofs.some(({ factor }) => parts.registry.get(factor)?.handedOut)) return undefined;
        return browsers.remember(trx, await parts.settings(trx), transaction.decisionInput, context);
      }),
    forget: (userId, browserId, actor, context) => forgetOne(parts, userId, browserId, actor, context),
    forgetAll: (userId, actor, context) => forgetAll(parts, userId, actor, context),
    forgetWith: (trx, userId) => browsers.forgetAll(trx, userId),
  };
}

function forgetOne(
  parts: EngineParts,
  userId: string,
  browserId: string,
  actor: Actor,
  context: RequestContext,
): Promise<{ outcome: 'forgotten' } | Refusal> {
  return actOn(parts, userId, actor, async (trx, user) => {
    if (!(await parts.browsers.forget(trx, userId, browserId))) return refuse('not_found');
    const event = {
      type: 'sapi',
      description: 'Forget a remembered browser',
      details: { browser_id: browserId },
    };
    await recordAct(parts, trx, user, actor, context, event);
    return { outcome: 'forgotten' } as const;
  });
}

function forgetAll(
  parts: EngineParts,
  userId: string,
  actor: Actor,
  context: RequestContext,
): Promise<{ outcome: 'forgotten' } | Refusal> {
  return actOn(parts, userId, actor, async (trx, user) => {
    await parts.browsers.forgetAll(trx, userId);
    const event = { type: 'sapi', description: 'Forget remembered browsers' };
    await recordAct(parts, trx, user, actor, context, event);
    return { outcome: 'forgotten' } as const;
  });
}
