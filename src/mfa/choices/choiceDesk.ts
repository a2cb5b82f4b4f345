import type { EngineParts } from '../parts.ts';
import { type Choice, choicesFor } from './choicesFor.ts';

/** What people may choose among when they are asked for a proof. */
export interface ChoiceDesk {
  /** What would answer the challenge that this transaction demands, by strength; nothing where it demands none. */
  of(transactionId: string): Promise<Choice[]>;
}

export function createChoices(parts: EngineParts): ChoiceDesk {
  return { of: (transactionId) => choicesFor(parts, transactionId) };
}
