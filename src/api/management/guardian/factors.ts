import { type Static, Type } from 'typebox';
import type { Db } from '../../../database/database.ts';
import type { App } from '../../../http/createApp.ts';
import type { Factor } from '../../../mfa/factor.ts';
import type { FactorRegistry } from '../../../mfa/registry.ts';
import { withFactor } from '../../../mfa/settings/withFactor.ts';
import {
  readTenantSettings,
  type TenantSettings,
  updateTenantSettings,
} from '../../../tenant/tenantSettings.ts';
import { type Asked, registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { notSupported, type Problem } from '../problem.ts';
import { recordCall } from '../recordCall.ts';
import { oneOf } from '../schemas.ts';
import { changeSettings } from './changeSettings.ts';
import { factorNames, factorOf } from './factorNames.ts';
import { fromSentCodeSettings, sentCodeSettings, toSentCodeSettings } from './sentCodeSettings.ts';

const name = oneOf(factorNames);

const item = Type.Object({
  name,
  enabled: Type.Boolean(),
  trial_expired: Type.Literal(false, { description: 'There are no trials here.' }),
  settings: Type.Optional(sentCodeSettings),
});

const body = Type.Object(
  {
    enabled: Type.Boolean(),
    settings: Type.Optional(
      Type.Unsafe<Static<typeof sentCodeSettings>>({
        ...sentCodeSettings,
        description: 'As the list has it, of factors whose codes are sent.',
      }),
    ),
  },
  { additionalProperties: false },
);

/** `GET /guardian/factors` and `PUT /guardian/factors/{name}`: which factors are on. */
export function registerFactors(app: App, dependencies: ManagementDependencies): void {
  const { engine, database } = dependencies;
  const { registry } = engine;

  registerCall(app, dependencies, {
    ...{ method: 'GET', path: '/guardian/factors', scopes: ['read:guardian_factors'] },
    summary: 'List the factors',
    description: 'The one for text messages and calls is called `sms`.',
    ...{ status: 200, answer: Type.Array(item) },
    async handle() {
      const settings = await readTenantSettings(database.db);
      const answer = factorNames.map((known): Static<typeof item> => {
        const factor = factorOf(registry, known);
        const own = registry.settingsOf(factor, settings);
        return {
          name: known,
          enabled: settings.factors[factor.name]?.enabled === true,
          trial_expired: false,
          ...(sendsCodes(factor)
            ? { settings: toSentCodeSettings(own as { codeLifetimeSeconds: number }) }
            : {}),
        };
      });
      return { answer };
    },
  });

  registerCall(app, dependencies, {
    ...{ method: 'PUT', path: '/guardian/factors/:name', scopes: ['update:guardian_factors'] },
    summary: 'Switch a factor on or off',
    description:
      'For everybody and at once. One that can’t be a person’s only factor is switched on beside another that can. ' +
      'While none is on, operators get into the console no more; the command line switches them on again.',
    params: Type.Object({ name }),
    body,
    ...{ status: 200, answer: Type.Object({ enabled: Type.Boolean() }) },
    async handle(asked) {
      const factor = factorOf(registry, asked.params.name);
      const { enabled, settings } = asked.body;
      if (settings && !sendsCodes(factor))
        return { problem: notSupported(`There is nothing to set for ${asked.params.name}.`) };
      const refused = await database.transaction(
        async (trx) =>
          (await switchFactor(trx, dependencies, asked, factor, enabled)) ??
          (settings && changeSettings(trx, dependencies, asked, factor, fromSentCodeSettings(settings))),
      );
      return refused ?? { answer: { enabled } };
    },
  });
}

/** Whether its codes are sent, so that their life is a setting. */
function sendsCodes({ settings: { properties } }: Factor): boolean {
  return 'codeLifetimeSeconds' in properties;
}

async function switchFactor(
  trx: Db,
  dependencies: ManagementDependencies,
  asked: Pick<Asked, 'client' | 'context'>,
  factor: Factor,
  enabled: boolean,
): Promise<{ problem: Problem } | undefined> {
  const { engine, clock } = dependencies;
  // Takes the row's lock, so that what is judged is what will be stored.
  const before = await updateTenantSettings(trx, clock(), (settings) => settings);
  if (before.factors[factor.name]?.enabled === enabled) return undefined;
  if (enabled && factor.kind === 'dependent' && !hasIndependent(engine.registry, before)) {
    const message = 'This factor needs another beside it that can be a person’s only one. Enable that first.';
    return { problem: notSupported(message) };
  }
  await updateTenantSettings(trx, clock(), (settings) => withFactor(settings, factor.name, enabled));
  await recordCall(trx, dependencies, asked, {
    description: `Factor ${enabled ? 'enable' : 'disable'}`,
    details: { factor: factor.name },
  });
  return undefined;
}

/** Whether a factor is on that people set up by themselves and that may be their only one. */
export function hasIndependent(registry: FactorRegistry, settings: TenantSettings): boolean {
  return registry
    .enabled(settings)
    .some(({ kind, enrolment }) => kind === 'independent' && enrolment === 'by-person');
}
