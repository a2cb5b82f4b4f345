import type { EngineParts } from '../parts.ts';
import { beginRedirect } from './beginRedirect.ts';
import { finishRedirect } from './finishRedirect.ts';
import type { RedirectDesk } from './redirectDesk.ts';
import { nonceOf, redirects, serviceOf } from './redirectStep.ts';

/** The engine's face for services that people are sent to. */
export function createRedirects(parts: EngineParts): RedirectDesk {
  const { database, challenges, transactions, registry } = parts;
  return {
    async probe(name) {
      const factor = registry.get(name);
      if (!factor || !redirects(factor)) return undefined;
      const settings = await parts.settings(database.db);
      return factor.redirect.probe(serviceOf(parts, factor, settings, { redirectUri: parts.origin }));
    },
    begin: (transactionId, redirect, context) => beginRedirect(parts, transactionId, redirect, context),
    async interactionOf(factorName, broughtBack) {
      const factor = registry.get(factorName);
      const nonce = factor && nonceOf(factor, broughtBack);
      const id = nonce && (await challenges.transactionOf(database.db, factorName, { nonce }));
      return id ? (await transactions.find(database.db, id))?.interactionId : undefined;
    },
    finish: (transactionId, redirect, broughtBack, context) =>
      finishRedirect(parts, transactionId, redirect, broughtBack, context),
  };
}
