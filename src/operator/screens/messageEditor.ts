import type { FastifyReply } from 'fastify';
import { checkTemplate, faultText, type TemplateFault } from '../../delivery/templates/checkTemplate.ts';
import { emailLanguages } from '../../delivery/templates/emailTexts.ts';
import { ownParts } from '../../delivery/templates/ownParts.ts';
import { listTemplates, readTemplate, templateLanguage } from '../../delivery/templates/storedTemplates.ts';
import {
  everyLanguage,
  findTemplateKey,
  partsOf,
  type TemplateKey,
  type TemplatePart,
  type TemplateParts,
} from '../../delivery/templates/templateKey.ts';
import { templateVariables } from '../../delivery/templates/templateVariables.ts';
import { errorSummary, type FieldError, fieldError, form } from '../../ui/form.ts';
import { html, type Markup } from '../../ui/html.ts';
import { pageHeaders } from '../../ui/pageHeaders.ts';
import { removeText, saveText } from '../acts/messageActs.ts';
import { badge } from '../layout/badge.ts';
import { facts } from '../layout/facts.ts';
import { question } from '../layout/question.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { languageName, messageName, partName } from './messageNames.ts';
import { showPreview } from './messagePreview.ts';
import { showNotFound } from './status.ts';

/** One message in one language, as its address names it. */
export interface TextPlace {
  key: TemplateKey;
  /** A primary tag or `*`. */
  language: string;
  /** Address of its page. */
  path: string;
}

const list = { path: '/operator/messages', title: 'Texts of messages' };
const pattern = '/operator/messages/:channel/:name/:language';
/** The sources of a long e-mail, percent-encoded. */
const largestForm = 512 * 1024;

/** The words of one message in one language, to read and to change. */
export const messageEditorPage: OperatorPage = {
  path: pattern,
  largestForm,
  get: (visit) => at(visit, showStored),
  post: (visit) => at(visit, save),
};

/** What the words in the form would make, shown in a frame of the editor. */
export const messagePreviewPage: OperatorPage = {
  path: `${pattern}/preview`,
  largestForm,
  post: (visit) => at(visit, (of, { key, language }) => showPreview(of, key, language, postedParts(of, key))),
};

/** Asks before words of the operator's are thrown away. */
export const messageRemovalPage: OperatorPage = {
  path: `${pattern}/remove`,
  get: (visit) => at(visit, askRemoval),
  post: (visit) => at(visit, remove),
};

function at(
  visit: OperatorVisit,
  handler: (visit: OperatorVisit, place: TextPlace) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const segment = visit.segment('language');
  const key = findTemplateKey(visit.segment('channel'), visit.segment('name'));
  const language = segment === 'all' ? everyLanguage : templateLanguage(segment);
  if (!key || language === undefined || segment === everyLanguage) return showNotFound(visit);
  return handler(visit, { key, language, path: pathOf(key, language) });
}

function pathOf({ channel, name }: TemplateKey, language: string): string {
  return `${list.path}/${channel}/${name}/${language === everyLanguage ? 'all' : language}`;
}

async function showStored(visit: OperatorVisit, place: TextPlace): Promise<FastifyReply> {
  const stored = await readTemplate(visit.parts.database.db, place.key, place.language);
  return show(visit, place, stored ?? ownParts(place.key, place.language), stored !== undefined, []);
}

async function save(visit: OperatorVisit, place: TextPlace): Promise<FastifyReply> {
  const parts = postedParts(visit, place.key);
  const faults = await checkTemplate(place.key, parts);
  if (faults.length > 0) {
    const stored = await readTemplate(visit.parts.database.db, place.key, place.language);
    return show(visit, place, parts, stored !== undefined, faults);
  }
  await saveText(visit, place, parts);
  return visit.goTo(`${place.path}?done=saved`);
}

async function askRemoval(visit: OperatorVisit, { key, language, path }: TextPlace): Promise<FastifyReply> {
  if (!(await readTemplate(visit.parts.database.db, key, language))) return showNotFound(visit);
  return visit.show({
    section: 'messages',
    title: 'Go back to our words?',
    back: { path, title: messageName(key) },
    body: question({
      target: visit.formTo(`${path}/remove`),
      effects: [
        `Your words are thrown away (${messageName(key)}, ${languageName(language)}).`,
        language === everyLanguage
          ? 'Words of yours in single languages stay.'
          : 'Your words for every language are sent where there are any, else ours.',
      ],
      button: 'Throw away',
      isDangerous: true,
      cancelPath: path,
    }),
  });
}

async function remove(visit: OperatorVisit, place: TextPlace): Promise<FastifyReply> {
  await removeText(visit, place);
  return visit.goTo(`${list.path}?done=removed`);
}

/** Line ends of a form are CR LF; what is stored has LF. An empty plain text of an e-mail is none. */
function postedParts(visit: OperatorVisit, key: TemplateKey): TemplateParts {
  const posted = partsOf(key).map(({ part, isNeeded }) => {
    const source = visit.field(part)?.replaceAll('\r\n', '\n');
    return source?.trim() || isNeeded ? [[part, source ?? ''] as const] : [];
  });
  return Object.fromEntries(posted.flat());
}

async function show(
  visit: OperatorVisit,
  place: TextPlace,
  parts: TemplateParts,
  isOwn: boolean,
  faults: readonly TemplateFault[],
): Promise<FastifyReply> {
  const { key, language, path } = place;
  // The frame of the preview holds nothing but our own answer.
  const policy = pageHeaders()['content-security-policy'];
  visit.reply.header('content-security-policy', `${policy}; frame-src 'self'`);
  const errors = faults.map((fault) => ({ field: fault.part, text: faultText(fault) }));
  return visit.show(
    {
      section: 'messages',
      title: messageName(key),
      back: list,
      notice:
        visit.parameter('done') === 'saved' && faults.length === 0
          ? 'Saved. These words are sent from the next message on.'
          : undefined,
      body: html`${await languageLinks(visit, place)}
<section class="card"><h2>${languageName(language)} ${isOwn ? badge('your words', 'good') : badge('our words')}</h2>
${errorSummary('These words can’t be used yet', errors)}
${form(visit.formTo(path), 'words', fields(place, parts, errors))}
${isOwn && html`<p><a class="tool danger" href="${path}/remove">Go back to our words</a></p>`}
</section>
<section class="card"><h2>Preview</h2>
<iframe class="preview" name="preview" title="Preview with sample values" sandbox></iframe></section>
<section class="card"><h2>Values</h2>
<p>Write them as <code>{{ name }}</code>. Every value is escaped in the HTML of an e-mail.</p>
${facts(templateVariables(key).map(({ name, about }) => [html`<code>${name}</code>`, about] as const))}
</section>`,
    },
    faults.length > 0 ? 400 : 200,
  );
}

function fields({ key, path }: TextPlace, parts: TemplateParts, errors: readonly FieldError[]): Markup {
  return html`${partsOf(key).map(({ part, isNeeded }) => source(key, part, isNeeded, parts[part] ?? '', errors))}
<div class="answers">
<button class="primary" type="submit">Save</button>
<button class="button secondary" type="submit" formaction="${path}/preview" formtarget="preview">Preview</button>
</div>`;
}

const rows: Readonly<Record<TemplatePart, number>> = { from: 1, subject: 2, html: 18, text: 6 };

const hints: Readonly<Partial<Record<TemplatePart, string>>> = {
  from: 'As in Example <login@example.com>; your provider has to accept it. Left empty, it is the one your provider is set up with.',
  text: 'For programs that show no HTML. Left empty, it is made of the words of the HTML.',
};

function source(
  { channel }: TemplateKey,
  part: TemplatePart,
  isNeeded: boolean,
  value: string,
  errors: readonly FieldError[],
): Markup {
  const error = errors.find(({ field }) => field === part);
  const isSpare = channel === 'email' && !isNeeded;
  const describedBy = [isSpare && `${part}-hint`, error && `${part}-error`].filter(Boolean).join(' ');
  return html`<div class="${error ? 'field has-error' : 'field'}">
<label for="${part}">${part === 'text' && isSpare ? 'Plain text' : partName(part)}</label>
${isSpare && html`<p class="hint" id="${part}-hint">${hints[part]}</p>`}
${fieldError(error)}
<textarea class="source" id="${part}" name="${part}" rows="${rows[part]}" spellcheck="false" autocapitalize="none"${
    describedBy && html` aria-describedby="${describedBy}"`
  }${error && html` aria-invalid="true"`}>
${value}</textarea>
</div>`;
}

async function languageLinks(visit: OperatorVisit, { key, language }: TextPlace): Promise<Markup> {
  const { enabledLocales } = await visit.settings();
  const stored = await listTemplates(visit.parts.database.db);
  const own = stored.filter(({ key: { channel, name } }) => channel === key.channel && name === key.name);
  const enabled = enabledLocales.flatMap((tag) => templateLanguage(tag.split('-')[0] ?? '') ?? []);
  const known = new Set([everyLanguage, ...(enabled.length > 0 ? enabled : emailLanguages), language]);
  for (const { language: of } of own) known.add(of);
  return html`<nav class="page-links" aria-label="Languages">${[...known].map(
    (tag) =>
      html`<a class="tool" href="${pathOf(key, tag)}"${tag === language && html` aria-current="page"`}>${languageName(tag)}</a>`,
  )}</nav>`;
}
