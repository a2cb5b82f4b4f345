import type { App } from '../../../http/createApp.ts';
import { registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { changeSettings, settingsOf } from './changeSettings.ts';
import { factorOf } from './factorNames.ts';
import { fromSentCodeSettings, sentCodeSettings, toSentCodeSettings } from './sentCodeSettings.ts';

/** `/guardian/factors/phone/settings` and the same of e-mail: length and life of codes. */
export function registerCodeSettings(app: App, dependencies: ManagementDependencies): void {
  const { engine, database } = dependencies;
  for (const [name, factor] of [
    ['phone', factorOf(engine.registry, 'sms')],
    ['email', factorOf(engine.registry, 'email')],
  ] as const) {
    const path = `/guardian/factors/${name}/settings`;
    const current = async () => ({ answer: toSentCodeSettings(await settingsOf(dependencies, factor)) });

    registerCall(app, dependencies, {
      ...{ method: 'GET', path, scopes: ['read:guardian_factors'], status: 200, answer: sentCodeSettings },
      summary: `Read length and life of codes by ${name}`,
      handle: current,
    });

    registerCall(app, dependencies, {
      ...{ method: 'PUT', path, scopes: ['update:guardian_factors'], status: 200, answer: sentCodeSettings },
      summary: `Set length and life of codes by ${name}`,
      body: sentCodeSettings,
      async handle(asked) {
        const change = fromSentCodeSettings(asked.body);
        const refused = await database.transaction((trx) =>
          changeSettings(trx, dependencies, asked, factor, change),
        );
        return refused ?? current();
      },
    });
  }
}
