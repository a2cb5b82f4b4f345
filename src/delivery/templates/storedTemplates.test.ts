import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import { storedTemplateSource } from './storedTemplateSource.ts';
import {
  listTemplates,
  readTemplate,
  removeTemplate,
  saveTemplate,
  templateInForce,
  templateLanguage,
} from './storedTemplates.ts';
import type { TemplateKey } from './templateKey.ts';

const sms: TemplateKey = { channel: 'sms', name: 'verification' };
const mail: TemplateKey = { channel: 'email', name: 'mfa_oob_code' };

forEachDatabase((_engine, open) => {
  let now = 1_000_000;
  const clock = () => now;

  it('keeps a template a message and language; the language’s own comes before that of all', async () => {
    const database = await open();
    await database.transaction(async (trx) => {
      await saveTemplate(trx, clock, { key: sms, language: '*', parts: { text: 'all {{ code }}' } });
      await saveTemplate(trx, clock, { key: sms, language: 'de', parts: { text: 'erst {{ code }}' } });
      now += 5;
      await saveTemplate(trx, clock, { key: sms, language: 'de', parts: { text: 'dann {{ code }}' } });
      await saveTemplate(trx, clock, { key: mail, language: 'en', parts: { subject: 'S', html: 'H' } });
    });
    const { db } = database;
    expect(await templateInForce(db, sms, 'de')).toEqual({ text: 'dann {{ code }}' });
    expect(await templateInForce(db, sms, 'fr')).toEqual({ text: 'all {{ code }}' });
    expect(await templateInForce(db, mail, 'fr')).toBeUndefined();
    expect(await templateInForce(db, { channel: 'voice', name: 'verification' }, 'de')).toBeUndefined();
    expect(await readTemplate(db, sms, 'fr')).toBeUndefined();
    expect(await listTemplates(db)).toEqual([
      { key: mail, language: 'en', parts: { subject: 'S', html: 'H' }, updatedAt: now },
      { key: sms, language: '*', parts: { text: 'all {{ code }}' }, updatedAt: now - 5 },
      { key: sms, language: 'de', parts: { text: 'dann {{ code }}' }, updatedAt: now },
    ]);
    expect(await database.transaction((trx) => removeTemplate(trx, sms, 'de'))).toBe(true);
    expect(await database.transaction((trx) => removeTemplate(trx, sms, 'de'))).toBe(false);
    expect(await templateInForce(db, sms, 'de')).toEqual({ text: 'all {{ code }}' });
  });

  it('tells the log of a broken one, once in ten minutes for each', async () => {
    const { db } = await open();
    const source = storedTemplateSource(db, clock);
    const events = () => db.selectFrom('logs').select(['type', 'details']).orderBy('log_id').execute();
    await source.report(sms, 'de', new Error('the message lacks its code: {{ code }}'));
    await source.report(sms, 'de', new Error('again'));
    expect(await events()).toHaveLength(1);
    await source.report(sms, 'fr', new Error('another language'));
    now += 10 * 60 * 1000 + 1;
    await source.report(sms, 'de', new Error('still'));
    const logged = await events();
    expect(logged.map(({ details }) => JSON.parse(details).language)).toEqual(['de', 'fr', 'de']);
    expect(logged[0]?.type).toBe('w');
    expect(JSON.parse(logged[0]?.details ?? '')).toEqual({
      channel: 'sms',
      template: 'verification',
      language: 'de',
      problem: 'the message lacks its code: {{ code }}',
    });
  });
});

describe('a language is a primary tag or *', () => {
  it.each([
    ['de', 'de'],
    ['PT', 'pt'],
    ['*', '*'],
    ['pt-BR', undefined],
    ['', undefined],
    ['__proto__', undefined],
  ])('%j', (text, language) => {
    expect(templateLanguage(text)).toBe(language);
  });
});
