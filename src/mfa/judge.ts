import type { Db } from '../database/database.ts';
import type { EngineParts } from './parts.ts';
import { decide } from './policy/decide.ts';
import type { Decision, DecisionInput } from './transaction.ts';

/** Collects the circumstances from the database as they are now (S-28, S-38) and decides. */
export async function judge(parts: EngineParts, db: Db, input: DecisionInput): Promise<Decision> {
  const settings = await parts.settings(db);
  const methods = await parts.methods.ofUser(db, input.userId);
  const isRememberedBrowser = await parts.browsers.recognises(db, settings, input.userId, input.browserToken);
  const now = parts.clock();
  return decide({ input, settings, registry: parts.registry, methods, isRememberedBrowser, now });
}
