import type { WordedChannel } from '../channel.ts';
import type { CodePurpose } from '../codePurpose.ts';
import { type EmailTemplate, emailTemplates } from '../emailTemplates.ts';

/** One message that is put into words: by its channel, and by purpose or the e-mail's name. */
export type TemplateKey =
  | { channel: 'sms' | 'voice'; name: CodePurpose }
  | { channel: 'email'; name: EmailTemplate };

/** The parts a template consists of: a Liquid source each. `from` and `text` of an e-mail may be left out. */
export type TemplateParts = Partial<Record<TemplatePart, string>>;

/** All parts, in the order in which they are shown. */
export const templateParts = ['from', 'subject', 'html', 'text'] as const;

export type TemplatePart = (typeof templateParts)[number];

/** The language of a template that holds for all of them. */
export const everyLanguage = '*';

/** Every message there is, in the order in which they are listed. */
export const templateKeys: readonly TemplateKey[] = [
  ...(['sms', 'voice'] as const).flatMap((channel) =>
    (['enrolment', 'verification'] as const).map((name) => ({ channel, name })),
  ),
  ...emailTemplates.map((name) => ({ channel: 'email' as const, name })),
];

/** The message of these names, if there is one. */
export function findTemplateKey(channel: string, name: string): TemplateKey | undefined {
  return templateKeys.find((key) => key.channel === channel && key.name === name);
}

/** Names of the parts, the necessary ones marked. */
export function partsOf({
  channel,
}: {
  channel: WordedChannel;
}): readonly { part: TemplatePart; isNeeded: boolean }[] {
  if (channel !== 'email') return [{ part: 'text', isNeeded: true }];
  return [
    { part: 'from', isNeeded: false },
    { part: 'subject', isNeeded: true },
    { part: 'html', isNeeded: true },
    { part: 'text', isNeeded: false },
  ];
}
