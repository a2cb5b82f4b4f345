import type { Readable } from 'node:stream';
import { type Command, Option } from 'commander';
import { templateLanguage } from '../delivery/templates/storedTemplates.ts';
import {
  everyLanguage,
  findTemplateKey,
  partsOf,
  type TemplateKey,
  type TemplateParts,
  templateKeys,
  templateParts,
} from '../delivery/templates/templateKey.ts';
import { CommandError } from './commandError.ts';
import type { CommonOptions } from './options.ts';
import { readAll, readNamed } from './readSource.ts';

/** Which template a command is about. */
export interface TemplateOptions extends CommonOptions {
  language?: string;
  part?: string;
  from?: string;
  subject?: string;
  text?: string;
}

/** Adds the two words that name a message, and `--language`. */
export function withTemplateWords(command: Command): Command {
  return command
    .argument('<channel>', 'sms, voice or email')
    .argument('<name>', 'as in verification, or mfa_oob_code')
    .option('--language <tag>', 'as in de; * for every language (default: *)');
}

/** Adds what a new template is read from. */
export function withTemplateSources(command: Command): Command {
  return command
    .argument('[file]', 'Liquid source: the text, or the HTML of an e-mail; - for standard input')
    .option(
      '--from <sender>',
      'of an e-mail, Example <a@example.com>; empty: the provider’s (default: as it is)',
    )
    .option('--subject <liquid>', 'of an e-mail (default: as it is)')
    .option('--text <file>', 'plain text of an e-mail (default: the words of its HTML)');
}

/** Adds `--part`. */
export function withPart(command: Command): Command {
  return command.addOption(
    new Option('--part <part>', 'print only this part, and nothing around it').choices(templateParts),
  );
}

/** The message of these names. @throws CommandError when there is none. */
export function templateKeyOf(channel: string, name: string): TemplateKey {
  const key = findTemplateKey(channel, name);
  if (key) return key;
  const known = templateKeys.map((candidate) => `${candidate.channel} ${candidate.name}`).join(', ');
  throw new CommandError('not_found', `There is no message ${channel} ${name}. There is: ${known}.`);
}

/** The language of the options, `*` without one. @throws CommandError when it isn't a primary tag. */
export function languageOf({ language = everyLanguage }: TemplateOptions): string {
  const read = templateLanguage(language);
  if (read !== undefined) return read;
  throw new CommandError('invalid_input', `"${language}" is no language: expected one as in de, or *.`);
}

/** The parts that file and options give; `before` has those that aren't named. */
export async function readParts(
  key: TemplateKey,
  {
    file,
    options,
    input,
    before,
  }: {
    file: string | undefined;
    options: TemplateOptions;
    input: Readable;
    before: TemplateParts;
  },
): Promise<TemplateParts> {
  const isInput = file === undefined || file === '-';
  const source = withoutLastLineEnd(isInput ? await readAll(input) : await readNamed(file));
  if (key.channel !== 'email') {
    if ([options.from, options.subject, options.text].some((given) => given !== undefined)) {
      throw new CommandError(
        'usage',
        'Only an e-mail has a sender, a subject and a plain text beside its HTML.',
      );
    }
    return { text: source };
  }
  const from = options.from ?? before.from;
  const subject = options.subject ?? before.subject;
  return {
    ...(from !== undefined && from !== '' && { from }),
    ...(subject !== undefined && { subject }),
    html: source,
    ...(options.text !== undefined && { text: withoutLastLineEnd(await readNamed(options.text)) }),
  };
}

/** One part of a template or message. @throws CommandError when its channel has no such part. */
export function partIn(key: TemplateKey, parts: TemplateParts, part: string): string {
  const known = partsOf(key).find((candidate) => candidate.part === part);
  if (!known) throw new CommandError('usage', `A message by ${key.channel} has no ${part}.`);
  return parts[known.part] ?? '';
}

/** Editors end a file with one; in a text message it would be a character that is paid for. */
function withoutLastLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}
