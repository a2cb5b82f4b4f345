import type { SettingChoice } from '../../mfa/factor.ts';
import { describeExpected, type SettingProperty } from '../../mfa/settings/settingProperties.ts';
import { type FieldError, fieldError } from '../../ui/form.ts';
import { type Fragment, html, type Markup } from '../../ui/html.ts';
import { boxName } from './boxName.ts';

/** A setting as a form shows it. */
export interface SettingField {
  /** As operators know it: `user_verification`. */
  name: string;
  property: SettingProperty;
  /** The value that it has, or what was typed; of a secret one, `set` or `not set`. */
  value: unknown;
  /** What a list may hold, where that isn't part of its form. */
  choices?: readonly SettingChoice[] | undefined;
}

/** How a setting is given: one of few, several of those that there are, yes or no, or typed, seen or unseen. */
export type SettingInput = 'one' | 'several' | 'switch' | 'typed' | 'secret';

/** Which of them suits a setting. */
export function settingInput({
  property,
  choices,
}: Pick<SettingField, 'property' | 'choices'>): SettingInput {
  if (property.secret) return 'secret';
  if (property.type === 'boolean') return 'switch';
  if (property.anyOf) return 'one';
  return property.items?.anyOf || (property.items && choices) ? 'several' : 'typed';
}

/** Draws a setting with what it brings about and its error, tied together for screen readers. */
export function settingField(field: SettingField, errors: readonly FieldError[]): Markup {
  const { name, property } = field;
  const error = errors.find((candidate) => candidate.field === name);
  const hint = property.description && html`<p class="hint" id="${name}-hint">${property.description}</p>`;
  const describedBy = [property.description && `${name}-hint`, error && `${name}-error`].filter(Boolean);
  const described = html` aria-describedby="${describedBy.join(' ')}"${error && html` aria-invalid="true"`}`;
  const title = settingTitle(name);
  const className = error ? 'field has-error' : 'field';
  const input = settingInput(field);
  if (input === 'secret') {
    const stand = field.value === 'set' ? 'It is set. Leave this empty to keep it.' : 'It isn’t set.';
    return html`<div class="${className}"><label for="${name}">${title}</label>
${hint}${fieldError(error)}
<div class="control"><input id="${name}" name="${name}" type="password" autocomplete="new-password"${described}></div>
<p class="hint">Takes ${describeExpected(property)}. ${stand}</p></div>`;
  }
  if (input === 'typed') {
    return html`<div class="${className}"><label for="${name}">${title}</label>
${hint}${fieldError(error)}
<div class="control"><input id="${name}" name="${name}" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" value="${textOf(field.value)}"${described}></div>
<p class="hint">Takes ${describeExpected(property)}.</p></div>`;
  }
  const boxes = { one: radios, several: ticks, switch: onOrOff }[input](field);
  return html`<fieldset class="${className}" id="${name}" tabindex="-1"${described}><legend class="group">${title}</legend>
${hint}${fieldError(error)}
${boxes}</fieldset>`;
}

/** `user_verification` as a heading. */
export function settingTitle(name: string): string {
  const text = name.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function radios({ name, property, value }: SettingField): Fragment {
  return (property.anyOf ?? []).map((one) => radio(name, String(one.const), one.const === value));
}

function onOrOff({ name, value }: SettingField): Fragment {
  return [radio(name, 'true', value === true, 'Yes'), radio(name, 'false', value !== true, 'No')];
}

function radio(name: string, value: string, isChosen: boolean, label = value): Markup {
  return html`<label class="choice"><input type="radio" name="${name}" value="${value}"${isChosen && html` checked`}><span>${label}</span></label>`;
}

/** What is chosen stands first, in its order; what isn't to be had any more can still be taken out. */
function ticks({ name, property, value, choices }: SettingField): Fragment {
  const chosen = (Array.isArray(value) ? value : []).map(String);
  const fixed = (property.items?.anyOf ?? []).map((one) => String(one.const));
  const offered = choices ?? fixed.map((one) => ({ value: one, label: one }));
  if (offered.length === 0 && chosen.length === 0)
    return html`<p class="empty">There are none to choose from.</p>`;
  const labels = new Map(offered.map((choice) => [choice.value, choice.label]));
  const values = [...new Set([...chosen, ...labels.keys()])];
  return html`<div class="boxes">${values.map((one) => {
    const label = labels.get(one);
    const isChosen = chosen.includes(one);
    return html`<label class="choice"><input type="checkbox" name="${boxName(name, one)}" value="on"${isChosen && html` checked`}>
<span>${label ?? unknown(one)}${label !== undefined && label !== one && html` <code>${one}</code>`}</span></label>`;
  })}</div>`;
}

function unknown(value: string): Markup {
  return html`<code>${value}</code> (not known any more)`;
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value ?? '');
}
