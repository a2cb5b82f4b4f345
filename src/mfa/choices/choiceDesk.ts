import type { EngineParts } from '../parts.ts';
import { type Choice, choicesFor, switchedOffFor } from './choicesFor.ts';

/** What people may choose among when they are asked for a proof. */
export interface ChoiceDesk {
  /** What would answer the challenge that this transaction demands, by strength; nothing where it demands none. */
  of(transactionId: string): Promise<Choice[]>;
  /** Names of the factors that the transaction's person set up and the operator has switched off. */
  switchedOff(transactionId: string): Promise<string[]>;
}

export function createChoices(parts: EngineParts): ChoiceDesk {
  return {
    of: (transactionId) => choicesFor(parts, transactionId),
    switchedOff: (transactionId) => switchedOffFor(parts, transactionId),
  };
}
