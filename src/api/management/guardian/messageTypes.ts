import { Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import { registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { oneOf } from '../schemas.ts';
import { changeSettings, settingsOf } from './changeSettings.ts';
import { factorOf } from './factorNames.ts';

const messageTypes = Type.Object(
  {
    message_types: Type.Array(oneOf(['sms', 'voice']), {
      minItems: 1,
      uniqueItems: true,
      description:
        'How codes may come; the first is the usual one. A factor that shall send none is switched off.',
    }),
  },
  { additionalProperties: false },
);

/** `GET` and `PUT /guardian/factors/phone/message-types`: text messages, calls or both. */
export function registerMessageTypes(app: App, dependencies: ManagementDependencies): void {
  const { engine, database } = dependencies;
  const phone = factorOf(engine.registry, 'sms');
  const path = '/guardian/factors/phone/message-types';

  registerCall(app, dependencies, {
    ...{ method: 'GET', path, scopes: ['read:guardian_factors'] },
    summary: 'Read how codes may come to phones',
    ...{ status: 200, answer: messageTypes },
    async handle() {
      const settings = await settingsOf(dependencies, phone);
      return { answer: { message_types: settings.messageTypes } };
    },
  });

  registerCall(app, dependencies, {
    ...{ method: 'PUT', path, scopes: ['update:guardian_factors'] },
    summary: 'Set how codes may come to phones',
    body: messageTypes,
    ...{ status: 200, answer: messageTypes },
    async handle(asked) {
      const change = { messageTypes: asked.body.message_types };
      const refused = await database.transaction((trx) =>
        changeSettings(trx, dependencies, asked, phone, change),
      );
      return refused ?? { answer: asked.body };
    },
  });
}
