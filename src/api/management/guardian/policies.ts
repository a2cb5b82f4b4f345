import { type Static, Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import {
  readTenantSettings,
  type TenantSettings,
  updateTenantSettings,
} from '../../../tenant/tenantSettings.ts';
import { registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { notSupported, type Problem } from '../problem.ts';
import { recordCall } from '../recordCall.ts';
import { oneOf } from '../schemas.ts';
import { hasIndependent } from './factors.ts';

const policies = Type.Array(oneOf(['all-applications', 'confidence-score']), {
  maxItems: 2,
  description: '`all-applications`: at every login. Empty: only where an application or an API demands it.',
});

const noScore = notSupported('The policy confidence-score isn’t supported.');
const noFactor = notSupported('Enable a factor first that can be a person’s only one.');

/** `GET` and `PUT /guardian/policies`: when a second factor is asked for. */
export function registerPolicies(app: App, dependencies: ManagementDependencies): void {
  const { engine, database, clock } = dependencies;
  const path = '/guardian/policies';

  registerCall(app, dependencies, {
    ...{ method: 'GET', path, scopes: ['read:mfa_policies'] },
    summary: 'Read when a second factor is asked for',
    ...{ status: 200, answer: policies },
    handle: async () => ({ answer: toWirePolicies(await readTenantSettings(database.db)) }),
  });

  registerCall(app, dependencies, {
    ...{ method: 'PUT', path, scopes: ['update:mfa_policies'] },
    summary: 'Set when a second factor is asked for',
    description:
      'From the next login on; an application’s own policy still wins. `confidence-score` counts only beside ' +
      '`all-applications`, which is stronger.',
    body: policies,
    ...{ status: 200, answer: policies },
    async handle(asked) {
      const policy = asked.body.includes('all-applications') ? 'always' : 'never';
      if (policy === 'never' && asked.body.length > 0) return { problem: noScore };
      const refused = await database.transaction(async (trx): Promise<{ problem: Problem } | undefined> => {
        const before = await updateTenantSettings(trx, clock(), (settings) => settings);
        if (before.policy === policy) return undefined;
        if (policy === 'always' && !hasIndependent(engine.registry, before)) return { problem: noFactor };
        await updateTenantSettings(trx, clock(), (settings) => ({ ...settings, policy }));
        await recordCall(trx, dependencies, asked, {
          description: 'Set the policy',
          details: { from: { policy: before.policy }, to: { policy } },
        });
        return undefined;
      });
      return refused ?? { answer: toWirePolicies({ policy }) };
    },
  });
}

function toWirePolicies({ policy }: Pick<TenantSettings, 'policy'>): Static<typeof policies> {
  return policy === 'always' ? ['all-applications'] : [];
}
