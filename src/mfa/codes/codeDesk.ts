import type { RequestContext } from '../../config/requestContext.ts';
import type { EngineParts } from '../parts.ts';
import type { Refusal } from '../transaction.ts';
import { renewCodes } from './renewCodes.ts';

/** Codes that were handed out. */
export interface CodeDesk {
  /** Makes new ones for whoever has just used one of them in this transaction; they are shown next. */
  renew(transactionId: string, context: RequestContext): Promise<{ outcome: 'renewed' } | Refusal>;
}

export function createCodes(parts: EngineParts): CodeDesk {
  return { renew: (transactionId, context) => renewCodes(parts, transactionId, context) };
}
