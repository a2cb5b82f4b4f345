import type { Clock } from '../../config/clock.ts';
import type { Db } from '../../database/database.ts';
import { statement } from '../../database/statement.ts';
import { everyLanguage, findTemplateKey, type TemplateKey, type TemplateParts } from './templateKey.ts';

/** A template of the operator's. */
export interface StoredTemplate {
  key: TemplateKey;
  /** A primary tag, `pt`, or `*` for every language. */
  language: string;
  parts: TemplateParts;
  /** Epoch milliseconds. */
  updatedAt: number;
}

type Place = { channel: TemplateKey['channel']; name: string; language: string };

const byPlace = statement((db, { channel, name, language }: Place) =>
  db
    .selectFrom('message_templates')
    .select('parts')
    .where('channel', '=', channel)
    .where('name', '=', name)
    .where('language', '=', language),
);

/** The template stored for just this language, `*` included. */
export async function readTemplate(
  db: Db,
  { channel, name }: TemplateKey,
  language: string,
): Promise<TemplateParts | undefined> {
  const row = await byPlace.first(db, { channel, name, language });
  return row && (JSON.parse(row.parts) as TemplateParts);
}

/** The template that counts in a language: its own, else the one for every language. */
export async function templateInForce(
  db: Db,
  key: TemplateKey,
  language: string,
): Promise<TemplateParts | undefined> {
  return (await readTemplate(db, key, language)) ?? (await readTemplate(db, key, everyLanguage));
}

/** All of them, by channel, name and language; those of messages this server doesn't know are left out. */
export async function listTemplates(db: Db): Promise<StoredTemplate[]> {
  const rows = await db
    .selectFrom('message_templates')
    .selectAll()
    .orderBy('channel')
    .orderBy('name')
    .orderBy('language')
    .execute();
  return rows.flatMap(({ channel, name, language, parts, updated_at: updatedAt }) => {
    const key = findTemplateKey(channel, name);
    return key ? [{ key, language, parts: JSON.parse(parts) as TemplateParts, updatedAt }] : [];
  });
}

/** Stores a template in the place of the one before; it counts from the next message on. Check it first. */
export async function saveTemplate(
  trx: Db,
  clock: Clock,
  { key: { channel, name }, language, parts }: Omit<StoredTemplate, 'updatedAt'>,
): Promise<void> {
  const change = { parts: JSON.stringify(parts), updated_at: clock() };
  await trx
    .insertInto('message_templates')
    .values({ channel, name, language, ...change })
    .onConflict((conflict) => conflict.columns(['channel', 'name', 'language']).doUpdateSet(change))
    .execute();
}

/** Goes back to our own words; false when there was nothing to remove. */
export async function removeTemplate(
  trx: Db,
  { channel, name }: TemplateKey,
  language: string,
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('message_templates')
    .where('channel', '=', channel)
    .where('name', '=', name)
    .where('language', '=', language)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** The language as it is stored: a primary tag in lower case, or `*`. Undefined when it is neither. */
export function templateLanguage(text: string): string | undefined {
  if (text === everyLanguage) return text;
  return /^[a-z]{2,3}$/i.test(text) ? text.toLowerCase() : undefined;
}
