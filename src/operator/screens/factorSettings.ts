import type { FastifyReply } from 'fastify';
import { wireName } from '../../config/wireName.ts';
import type { Factor } from '../../mfa/factor.ts';
import { readSetting } from '../../mfa/settings/readSetting.ts';
import { type FactorSettings, settingProperties, standOf } from '../../mfa/settings/settingProperties.ts';
import { errorSummary, type FieldError, form, submitButton } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import { changeSettings } from '../acts/settingsActs.ts';
import { factorName } from '../layout/factorName.ts';
import { type SettingField, settingField, settingInput, settingTitle } from '../layout/settingField.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { showNotFound } from './status.ts';

const parent = { path: '/operator/multi-factor', title: 'Multi-factor' };

/** What a factor works with, to read and to change. */
export const factorSettingsPage: OperatorPage = {
  path: `${parent.path}/:factor/settings`,
  get: (visit) => withFactorOf(visit, showStored),
  post: (visit) => withFactorOf(visit, save),
};

/** Address of a factor's settings. */
export function settingsPathOf({ name }: Factor): string {
  return `${parent.path}/${encodeURIComponent(name)}/settings`;
}

/** Whether there is anything to set. */
export function hasSettings({ settings }: Factor): boolean {
  return settingProperties(settings).size > 0;
}

async function withFactorOf(
  visit: OperatorVisit,
  handler: (visit: OperatorVisit, factor: Factor) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const factor = visit.parts.engine.registry.get(visit.segment('factor'));
  return factor && hasSettings(factor) ? handler(visit, factor) : showNotFound(visit);
}

async function showStored(visit: OperatorVisit, factor: Factor): Promise<FastifyReply> {
  return show(visit, factor, await fieldsOf(visit, factor), []);
}

/** The settings with the values that they have now. */
async function fieldsOf(
  visit: OperatorVisit,
  factor: Factor,
): Promise<(SettingField & { member: string })[]> {
  const { engine, database } = visit.parts;
  const stored = engine.registry.settingsOf(factor, await visit.settings()) as FactorSettings;
  const choices = await factor.settingChoices?.(database.db);
  return [...settingProperties(factor.settings)].map(([name, { member, property }]) => ({
    name,
    member,
    property,
    value: property.secret ? standOf(stored[member]) : stored[member],
    choices: choices?.[member],
  }));
}

async function save(visit: OperatorVisit, factor: Factor): Promise<FastifyReply> {
  const fields = await fieldsOf(visit, factor);
  const change: FactorSettings = {};
  const errors: FieldError[] = [];
  const typed: SettingField[] = [];
  for (const field of fields) {
    const { name, member, property } = field;
    if (property.secret && visit.field(name) === undefined) {
      // What is set can't be shown to be posted again: an empty field keeps it.
      typed.push(field);
      continue;
    }
    const given = settingInput(field) === 'several' ? visit.ticked(name) : (visit.field(name) ?? '');
    const read = await readSetting(property, given);
    if ('expected' in read) errors.push(errorOf(name, `expected ${read.expected}.`));
    else if (!isSame(read.value ?? property.default, field.value)) {
      change[member] = isSame(read.value, property.default) ? undefined : read.value;
    }
    typed.push(
      property.secret
        ? field
        : { ...field, value: 'expected' in read ? given : (read.value ?? property.default) },
    );
  }
  if (errors.length === 0) {
    const fault = await changeSettings(visit, factor, change);
    if (!fault) return visit.goTo(`${settingsPathOf(factor)}?done=saved`);
    errors.push(errorOf(wireName(fault.setting), fault.message));
  }
  return show(visit, factor, typed, errors);
}

/** Its name before what was expected: the summary above stands alone. */
function errorOf(name: string, message: string): FieldError {
  return { field: name, text: `${settingTitle(name)}: ${message}` };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function show(
  visit: OperatorVisit,
  factor: Factor,
  fields: readonly SettingField[],
  errors: readonly FieldError[],
): Promise<FastifyReply> {
  return visit.show(
    {
      section: 'multi-factor',
      title: `Settings: ${factorName(factor)}`,
      back: parent,
      notice:
        visit.parameter('done') === 'saved' && errors.length === 0
          ? 'Saved. The settings count from the next request on.'
          : undefined,
      body: html`<section class="card">
${errorSummary('These settings can’t be used', errors)}
${form(
  visit.formTo(settingsPathOf(factor)),
  'settings',
  html`${fields.map((field) => settingField(field, errors))}
${submitButton('Save the settings')}`,
)}
</section>`,
    },
    errors.length > 0 ? 400 : 200,
  );
}
