import { type Static, Type } from 'typebox';
import { checkTemplate, faultText } from '../../../delivery/templates/checkTemplate.ts';
import { ownParts } from '../../../delivery/templates/ownParts.ts';
import { readTemplate, saveTemplate } from '../../../delivery/templates/storedTemplates.ts';
import { everyLanguage, type TemplateKey } from '../../../delivery/templates/templateKey.ts';
import type { App } from '../../../http/createApp.ts';
import { registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { invalidMember } from '../problem.ts';
import { recordCall } from '../recordCall.ts';

const text = (description: string) => Type.String({ minLength: 1, maxLength: 4000, description });

const templates = Type.Object(
  {
    enrollment_message: text('Liquid text of messages that set a phone up.'),
    verification_message: text('Liquid text of messages that verify.'),
  },
  { additionalProperties: false },
);

const keys: Readonly<Record<keyof Static<typeof templates>, TemplateKey>> = {
  enrollment_message: { channel: 'sms', name: 'enrolment' },
  verification_message: { channel: 'sms', name: 'verification' },
};
const members = Object.entries(keys) as [keyof typeof keys, TemplateKey][];

/** `/guardian/factors/phone/templates` and its older twin below `sms`: the words of text messages. */
export function registerPhoneTemplates(app: App, dependencies: ManagementDependencies): void {
  for (const name of ['phone', 'sms'] as const) register(app, dependencies, name);
}

function register(app: App, dependencies: ManagementDependencies, name: 'phone' | 'sms'): void {
  const { database, clock } = dependencies;
  const path = `/guardian/factors/${name}/templates`;
  const age = name === 'sms' ? { isDeprecated: true as const } : {};

  const current = async () => {
    const texts = members.map(async ([member, key]) => {
      const { text: source = '' } =
        (await readTemplate(database.db, key, everyLanguage)) ?? ownParts(key, everyLanguage);
      return [member, source] as const;
    });
    return { answer: Object.fromEntries(await Promise.all(texts)) as Static<typeof templates> };
  };

  registerCall(app, dependencies, {
    ...{ method: 'GET', path, scopes: ['read:guardian_factors'], ...age },
    summary: 'Read the words of text messages',
    description: 'Those for every language; the server’s own English words while none are set.',
    ...{ status: 200, answer: templates },
    handle: current,
  });

  registerCall(app, dependencies, {
    ...{ method: 'PUT', path, scopes: ['update:guardian_factors'], ...age },
    summary: 'Set the words of text messages',
    description:
      'In every language that has no words of its own, from the next message on. A template that can’t be used is ' +
      'refused, and told why.',
    body: templates,
    ...{ status: 200, answer: templates },
    async handle(asked) {
      for (const [member, key] of members) {
        const [fault] = await checkTemplate(key, { text: asked.body[member] });
        if (fault) return { problem: invalidMember(faultText(fault), member) };
      }
      await database.transaction(async (trx) => {
        for (const [member, key] of members) {
          const parts = { text: asked.body[member] };
          if ((await readTemplate(trx, key, everyLanguage))?.text === parts.text) continue;
          await saveTemplate(trx, clock, { key, language: everyLanguage, parts });
          await recordCall(trx, dependencies, asked, {
            description: 'Set a message template',
            details: { channel: key.channel, template: key.name, language: everyLanguage },
          });
        }
      });
      return current();
    },
  });
}
