import { Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import type { Factor } from '../../../mfa/factor.ts';
import { unsealSetting } from '../../../mfa/settings/secretSettings.ts';
import { type Asked, registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { changeSettings, settingsOf } from './changeSettings.ts';
import { factorOf } from './factorNames.ts';
import { shownSecret } from './shownSecret.ts';

/** The settings that Auth0 knows too, by the names that both have. */
type Duo = Record<'ikey' | 'skey' | 'host', string>;

const answer = Type.Object({
  ikey: Type.String(),
  skey: Type.String({ description: 'In clear for who may set it; else asterisks.' }),
  host: Type.String(),
});

/** `/guardian/factors/duo/settings`: by which this server is known at Duo. */
export function registerDuo(app: App, dependencies: ManagementDependencies): void {
  const { engine, database, vault } = dependencies;
  const duo = factorOf(engine.registry, 'duo');
  const path = '/guardian/factors/duo/settings';
  const body = bodyOf(duo);

  const current = async (asked: Pick<Asked, 'scopes'>) => {
    const settings: Duo = await settingsOf(dependencies, duo);
    const secret = unsealSetting(vault, duo.name, settings.skey);
    return { answer: { ikey: settings.ikey, skey: shownSecret(asked, secret), host: settings.host } };
  };

  registerCall(app, dependencies, {
    ...{ method: 'GET', path, scopes: ['read:guardian_factors', 'update:guardian_factors'] },
    summary: 'Read Duo’s settings',
    ...{ status: 200, answer },
    handle: current,
  });

  for (const method of ['PUT', 'PATCH'] as const) {
    registerCall(app, dependencies, {
      ...{ method, path, scopes: ['update:guardian_factors'] },
      summary: method === 'PUT' ? 'Set Duo’s settings' : 'Change some of Duo’s settings',
      description:
        method === 'PUT' ? 'What is left out is unset.' : 'What is left out stays; an empty text unsets it.',
      body,
      ...{ status: 200, answer },
      async handle(asked) {
        const unset = method === 'PUT' ? { ikey: undefined, skey: undefined, host: undefined } : {};
        const given = Object.entries(asked.body).map(([name, value]) => [name, value || undefined]);
        const change = { ...unset, ...Object.fromEntries(given) };
        const refused = await database.transaction((trx) =>
          changeSettings(trx, dependencies, asked, duo, change),
        );
        return refused ?? current(asked);
      },
    });
  }
}

/** What the factor takes; an empty text beside. */
function bodyOf({ settings: { properties } }: Factor) {
  const text = (name: keyof Duo) => {
    const { pattern = '', description = '' } = properties[name] as { pattern?: string; description?: string };
    return Type.Optional(Type.String({ pattern: `^$|${pattern}`, maxLength: 253, description }));
  };
  return Type.Object(
    { ikey: text('ikey'), skey: text('skey'), host: text('host') },
    { additionalProperties: false },
  );
}
