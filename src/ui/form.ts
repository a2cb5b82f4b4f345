import { type Fragment, html, type Markup } from './html.ts';

/** One thing to put right, and the field it is about. */
export interface FieldError {
  /** `name` of the field; absent when the error is about the whole form. */
  field?: string;
  text: string;
}

/** Where a form goes, and what proves that it came from here. */
export interface FormTarget {
  /** Path with its `state`. */
  action: string;
  /** Hidden fields: `state`, the form token. */
  hidden: Readonly<Record<string, string>>;
}

/** A form without the browser's own messages: ours are in the person's language and read out. */
export function form({ action, hidden }: FormTarget, id: string, content: Fragment): Markup {
  const fields = Object.entries(hidden);
  return html`<form method="post" action="${action}" id="${id}" novalidate>
${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${content}
</form>`;
}

/** A labelled text field. */
export interface TextField {
  name: string;
  label: string;
  type: 'text' | 'password' | 'tel';
  /** HTML autofill token: `username`, `current-password`, `one-time-code` … */
  autocomplete: string;
  value?: string | undefined;
  hint?: string;
  inputMode?: 'numeric' | 'text' | 'email' | 'tel';
  /** Puts the cursor here. One field of a page at the most. */
  isFirst?: boolean;
  /** Shown in a fixed-width face, spaced out. */
  isCode?: boolean;
  /** Labels of the button with which a script lets a password be read. */
  reveal?: { show: string; hide: string };
}

/** Draws a field with its label, hint and error, tied together for screen readers. */
export function textField(field: TextField, errors: readonly FieldError[]): Markup {
  const { name, label, hint } = field;
  const error = errors.find((candidate) => candidate.field === name);
  return html`<div class="${error ? 'field has-error' : 'field'}">
<label for="${name}">${label}</label>
${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
${fieldError(error)}
<div class="control"><input ${attributes(inputAttributes(field, error, errors.length > 0))}></div>
</div>`;
}

type Attributes = Readonly<Record<string, string | boolean | undefined>>;

function inputAttributes(field: TextField, error: FieldError | undefined, isRetry: boolean): Attributes {
  const { name, type, autocomplete, value, hint, inputMode, isFirst, isCode, reveal } = field;
  const descriptions = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean);
  return {
    id: name,
    name,
    type,
    autocomplete,
    autocapitalize: isCode && inputMode === 'text' ? 'characters' : 'none',
    spellcheck: 'false',
    value: value || undefined,
    inputmode: inputMode,
    class: isCode ? 'code' : undefined,
    required: true,
    // The error summary takes the cursor first.
    autofocus: isFirst && !isRetry,
    'aria-describedby': descriptions.join(' ') || undefined,
    'aria-invalid': error ? 'true' : undefined,
    'data-show': reveal?.show,
    'data-hide': reveal?.hide,
  };
}

function attributes(values: Attributes): Fragment {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? html`${name} ` : html`${name}="${String(value)}" `));
}

/**
 * What has to be put right, above the form, read out when the page opens and focused, with a link
 * to each field (WCAG 3.3.1).
 */
export function errorSummary(title: string, errors: readonly FieldError[]): Markup | undefined {
  if (errors.length === 0) return undefined;
  return html`<div class="errors" role="alert" tabindex="-1" autofocus>
<h2>${title}</h2>
<ul>${errors.map(({ field, text }) => html`<li>${field ? html`<a href="#${field}">${text}</a>` : text}</li>`)}</ul>
</div>`;
}

/** What is wrong with a field, beside it; `{field}-error` is its id. */
export function fieldError(error: FieldError | undefined): Markup | undefined {
  return error && html`<p class="field-error" id="${error.field}-error">${warningSign()}${error.text}</p>`;
}

/** A box to tick, with its label. */
export interface Checkbox {
  name: string;
  /** What is posted when it is ticked; nothing is when it isn't. */
  value: string;
  label: string;
  isTicked?: boolean;
  /** Id of the error beside it. */
  errorId?: string | undefined;
}

/** Draws a box to tick. */
export function checkbox({ name, value, label, isTicked, errorId }: Checkbox): Markup {
  const error = errorId && html` aria-invalid="true" aria-describedby="${errorId}"`;
  return html`<label class="choice" for="${name}"><input type="checkbox" id="${name}" name="${name}" value="${value}"${isTicked && html` checked`}${error}><span>${label}</span></label>`;
}

/** The main button of a screen. */
export function submitButton(label: string): Markup {
  return html`<button class="primary" type="submit" name="action" value="default">${label}</button>`;
}

function warningSign(): Markup {
  return html`<svg class="sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="M8 1.5 15.2 14.2H.8ZM7.2 6v4h1.6V6Zm0 5.2v1.6h1.6v-1.6Z"/></svg>`;
}
