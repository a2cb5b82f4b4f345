import type { EngineParts } from '../parts.ts';
import type { ChangeDesk } from './changeDesk.ts';
import { findChange, undoChange } from './undoChange.ts';

/** The engine's face for changes that weren't the person's. */
export function createChanges(parts: EngineParts): ChangeDesk {
  return {
    find: (ticket) => findChange(parts, ticket),
    async undo(ticket, context) {
      const undone = await undoChange(parts, ticket, context);
      parts.afterSending();
      return undone;
    },
  };
}
