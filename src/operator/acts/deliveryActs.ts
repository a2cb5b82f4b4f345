import { liftPause, type WatchedCodes } from '../../mfa/sends/conversion.ts';
import type { OperatorVisit } from '../visit.ts';
import { recordAct } from './actor.ts';

/** Lets codes go to a prefix again; logged in the same transaction (S-108). False when it wasn't paused. */
export function resumePrefix(visit: OperatorVisit, codes: WatchedCodes): Promise<boolean> {
  const { database, clock } = visit.parts;
  return database.transaction(async (trx) => {
    if (!(await liftPause(trx, clock, codes))) return false;
    const { factor, purpose, prefix } = codes;
    const details = { factor, purpose, prefix };
    await recordAct(trx, visit, { type: 'sapi', description: 'Resume sending to a prefix', details });
    return true;
  });
}
