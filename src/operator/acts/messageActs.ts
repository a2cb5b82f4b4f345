import { removeTemplate, saveTemplate } from '../../delivery/templates/storedTemplates.ts';
import type { TemplateKey, TemplateParts } from '../../delivery/templates/templateKey.ts';
import type { OperatorVisit } from '../visit.ts';
import { recordAct } from './actor.ts';

/** Of which message, in which language. */
interface Place {
  key: TemplateKey;
  language: string;
}

/** Stores words that were checked; logged in the same transaction (S-108). */
export function saveText(visit: OperatorVisit, place: Place, parts: TemplateParts): Promise<void> {
  const { database, clock } = visit.parts;
  const { key, language } = place;
  return database.transaction(async (trx) => {
    await saveTemplate(trx, clock, { key, language, parts });
    await recordAct(trx, visit, { ...act(place), description: 'Set a message template' });
  });
}

/** Throws the operator's words away; nothing is logged when there were none. */
export function removeText(visit: OperatorVisit, place: Place): Promise<void> {
  return visit.parts.database.transaction(async (trx) => {
    if (await removeTemplate(trx, place.key, place.language))
      await recordAct(trx, visit, { ...act(place), description: 'Remove a message template' });
  });
}

function act({ key: { channel, name }, language }: Place) {
  return { type: 'sapi', details: { channel, template: name, language } };
}
