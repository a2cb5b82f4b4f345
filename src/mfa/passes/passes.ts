import type { EngineParts } from '../parts.ts';
import { findPassFactor } from './findPassFactor.ts';
import { issuePass } from './issuePass.ts';
import type { PassDesk } from './passDesk.ts';

/** The engine's face for what operators hand out. */
export function createPasses(parts: EngineParts): PassDesk {
  return {
    async lifetimes() {
      const settings = await parts.settings(parts.database.db);
      const factor = findPassFactor(parts, settings);
      return factor?.handedOut.lifetimes(parts.registry.settingsOf(factor, settings));
    },
    async issue(userId, order, actor, context) {
      const issued = await issuePass(parts, userId, order, actor, context);
      parts.afterSending();
      return issued;
    },
  };
}
