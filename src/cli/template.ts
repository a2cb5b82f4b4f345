import { checkTemplate, faultText } from '../delivery/templates/checkTemplate.ts';
import { messageText } from '../delivery/templates/messageText.ts';
import { ownParts } from '../delivery/templates/ownParts.ts';
import { previewTemplate } from '../delivery/templates/previewTemplate.ts';
import {
  listTemplates,
  readTemplate,
  removeTemplate,
  saveTemplate,
  templateInForce,
} from '../delivery/templates/storedTemplates.ts';
import { type TemplateKey, type TemplateParts, templateKeys } from '../delivery/templates/templateKey.ts';
import type { House } from '../house.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import { CommandError } from './commandError.ts';
import { type CommonOptions, withCommonOptions, withServerOptions } from './options.ts';
import { formatTable } from './output.ts';
import type { RegisterCommand } from './program.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import {
  languageOf,
  partIn,
  readParts,
  type TemplateOptions,
  templateKeyOf,
  withPart,
  withTemplateSources,
  withTemplateWords,
} from './templateInput.ts';
import { withHouse } from './withHouse.ts';

/** `template list|show|set|remove|preview`: the words of text messages, calls and e-mails. */
export const register: RegisterCommand = (program, io) => {
  const group = program.command('template').description('the words of text messages, calls and e-mails');

  withCommonOptions(group.command('list'))
    .description('list all messages, and the languages they have words of your own in')
    .action((options: CommonOptions) =>
      withHouse(options, io, async ({ database }, output) => {
        const stored = await listTemplates(database.db);
        const messages = templateKeys.map(({ channel, name }) => ({
          channel,
          name,
          languages: stored
            .filter(({ key }) => key.channel === channel && key.name === name)
            .map(({ language }) => language),
        }));
        output.print(messages, formatTable(messages, ['channel', 'name', 'languages'], ''));
      }),
    );

  withCommonOptions(withPart(withTemplateWords(group.command('show'))))
    .description('print the Liquid source in force, yours or ours')
    .action((channel: string, name: string, options: TemplateOptions) =>
      withHouse(options, io, async ({ database }, output) => {
        const key = templateKeyOf(channel, name);
        const language = languageOf(options);
        const stored = await templateInForce(database.db, key, language);
        const parts = stored ?? ownParts(key, language);
        output.print(
          { channel, name, language, customized: stored !== undefined, parts },
          options.part === undefined ? sourceText(parts) : partIn(key, parts, options.part),
        );
      }),
    );

  withCommonOptions(withTemplateSources(withTemplateWords(group.command('set'))))
    .description('check and store words of your own; they count from the next message on')
    .action((channel: string, name: string, file: string | undefined, options: TemplateOptions) =>
      withHouse(options, io, async ({ database, clock }, output) => {
        const key = templateKeyOf(channel, name);
        const language = languageOf(options);
        const before = (await readTemplate(database.db, key, language)) ?? ownParts(key, language);
        const parts = await readParts(key, { file, options, input: io.input, before });
        const faults = await checkTemplate(key, parts);
        if (faults.length > 0)
          throw new CommandError('invalid_template', `Not stored. ${faults.map(faultText).join('. ')}.`);
        await database.transaction(async (trx) => {
          await saveTemplate(trx, clock, { key, language, parts });
          const details = { channel, template: name, language };
          await recordOperatorAct(trx, clock, { description: 'Set a message template', details });
        });
        output.print({ channel, name, language, parts }, 'Stored. It counts from the next message on.');
      }),
    );

  withCommonOptions(withTemplateWords(group.command('remove')))
    .description('go back to our words')
    .action((channel: string, name: string, options: TemplateOptions) =>
      withHouse(options, io, async ({ database, clock }, output) => {
        const key = templateKeyOf(channel, name);
        const language = languageOf(options);
        await database.transaction(async (trx) => {
          if (!(await removeTemplate(trx, key, language)))
            throw new CommandError(
              'not_found',
              `There are no words of yours for ${channel} ${name} in ${language}.`,
            );
          const details = { channel, template: name, language };
          await recordOperatorAct(trx, clock, { description: 'Remove a message template', details });
        });
        output.print({ channel, name, language }, 'Removed.');
      }),
    );

  withServerOptions(withPart(withTemplateSources(withTemplateWords(group.command('preview')))))
    .description('print the message that a template makes of sample values; without a file that in force')
    .action((channel: string, name: string, file: string | undefined, options: TemplateOptions) =>
      withHouse(options, io, async (house, output) => {
        const key = templateKeyOf(channel, name);
        const language = languageOf(options);
        const before = (await templateInForce(house.database.db, key, language)) ?? ownParts(key, language);
        const parts =
          file === undefined ? before : await readParts(key, { file, options, input: io.input, before });
        const message = await preview(house, key, parts, language);
        const text =
          options.part === undefined
            ? messageText(message)
            : partIn(key, message as TemplateParts, options.part);
        output.print(message, text);
      }),
    );
};

async function preview(
  { database, settings }: House,
  key: TemplateKey,
  parts: TemplateParts,
  language: string,
) {
  const faults = await checkTemplate(key, parts);
  if (faults.length > 0) throw new CommandError('invalid_template', `${faults.map(faultText).join('. ')}.`);
  const sender = await readTenantSettings(database.db);
  return previewTemplate(key, parts, { publicUrl: settings.publicUrl, sender, language });
}

function sourceText({ from, subject, html, text = '' }: TemplateParts): string {
  if (html === undefined) return text;
  const sender = from === undefined ? '' : `From: ${from}\n`;
  return [`${sender}Subject: ${subject}`, html, ...(text === '' ? [] : [text])].join('\n\n');
}
