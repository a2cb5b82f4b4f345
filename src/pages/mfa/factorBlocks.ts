import type { InputChoices, Shown } from '../../mfa/factor.ts';
import type { Block, ListInput, Screen } from '../../mfa/screens.ts';
import {
  checkbox,
  errorSummary,
  type FieldError,
  fieldError,
  submitButton,
  textField,
} from '../../ui/form.ts';
import { html, type Markup } from '../../ui/html.ts';
import { icon } from '../../ui/icon.ts';
import type { TextOf } from '../locale/screenText.ts';
import { ceremonyButton } from '../rendering/ceremonyButton.ts';
import { picture } from '../rendering/picture.ts';
import { qrCode } from '../rendering/qrCode.ts';
import {
  type Awaited,
  answeredButton,
  appLink,
  askAgainButton,
  blocksToShow,
  linkToCopy,
  numberPanel,
  waitingLine,
} from './deviceBlocks.ts';
import { shownCode } from './shownCode.ts';

/** Id of the form that carries the answers beside the main one. */
export const asideForm = 'aside';

export type CeremonyBlock = Block & { kind: 'ceremony' };

/** Whether a block hands a challenge to the browser. */
export function isCeremony(block: Block): block is CeremonyBlock {
  return block.kind === 'ceremony';
}

/** What the button is called that makes new codes. */
export const newCodesAction = 'new-codes';

/** Name of the box that remembers this browser. */
export const rememberField = 'rememberBrowser';

/** What a factor's screen is drawn from. */
export interface ScreenContent {
  screen: Screen;
  text: TextOf;
  shown: Shown;
  errors: readonly FieldError[];
  /** Whether there is another factor to choose. */
  canPickAnother: boolean;
  canRememberBrowser: boolean;
  /** Whether the box is ticked: at first as the tenant has it, then as it was when the form came back. */
  isRememberTicked: boolean;
  /** Address of the shown code as a file. */
  downloadPath: string;
  /** Lists to choose from, by field. */
  choices: InputChoices;
  /** What the person gave before, when the form came back with an error. */
  given: (field: string) => string | undefined;
  /** Channels of the factor that are on. */
  channels: readonly string[];
  others: readonly { id: string; name: string }[];
  /** With a challenge that was sent: by which channel, and in how many seconds it may be sent again. */
  sent: { channel: string; resendSeconds: number } | undefined;
  /** On a screen that waits for a device. */
  awaited: Awaited | undefined;
}

/** Draws a screen's blocks in their order. */
export function factorBlocks(content: ScreenContent): Markup[] {
  const { screen, awaited } = content;
  return blocksToShow(screen, awaited).flatMap((block) => drawBlock(block, content) ?? []);
}

function drawBlock(block: Block, content: ScreenContent): Markup | undefined {
  const { text, shown, errors, awaited } = content;
  if ('source' in block && block.source !== undefined && shown[block.source] === undefined) return undefined;
  switch (block.kind) {
    case 'title':
      return html`<h1>${text('title')}</h1>`;
    case 'description':
      return html`<p class="lead">${text('description')}</p>${errorSummary(text('alertListTitle'), errors)}`;
    case 'qr':
      return html`<div class="qr-frame">${qrCode(shown[block.source] ?? '', text(block.altText))}</div>`;
    case 'text-code':
      return shownCode(block, shown[block.source] ?? '', content);
    case 'code-input':
      return textField(
        {
          name: block.field,
          label: text('placeholder'),
          type: 'text',
          inputMode: block.inputMode,
          autocomplete: block.autocomplete,
          isCode: true,
          // Elsewhere there is something to scan or to read first.
          isFirst: content.screen.step === 'challenge' || content.sent !== undefined,
        },
        errors,
      );
    case 'input':
      return inputFields(block, content);
    case 'channel-choice':
      return radioButtons(block, content);
    case 'resend':
      return resendButton(block, content);
    case 'switch-channel':
      return content.channels.includes(block.to)
        ? html`<p class="aside-action said"><span>${text(block.lead)}</span> ${linkButton(`switch-to-${block.to}`, text(block.text))}</p>`
        : undefined;
    case 'edit-input':
      return asideButton('edit-input', text(block.text));
    case 'pick-method':
      return content.others.length > 0 ? asideButton('pick-method', text(block.text)) : undefined;
    case 'method-list':
      return html`<ul class="options">${content.others.map(
        ({ id, name }) =>
          html`<li><button class="option" type="submit" name="method" value="${id}"><span>${name}</span>${icon('forward')}</button></li>`,
      )}</ul>`;
    case 'back':
      return asideButton('back-action', text(block.text));
    case 'ceremony':
      return ceremonyButton({
        ceremony: block.ceremony,
        field: block.field,
        options: shown[block.source] ?? '',
        buttonText: text(block.text),
        waitingText: text(block.waitingText),
        text,
        // A prompt that was just refused is not put up again unasked, nor one before a box could be ticked.
        startsByItself:
          content.screen.step === 'challenge' && errors.length === 0 && !content.canRememberBrowser,
      });
    case 'picture':
      return picture(block.name);
    case 'steps':
      return html`<ol class="steps">${block.texts.map((key) => html`<li>${text(key)}</li>`)}</ol>`;
    case 'name-input':
      return textField(
        {
          name: block.field,
          label: text(block.text),
          type: 'text',
          autocomplete: 'off',
          value: content.given(block.field) ?? givenBefore(content)[block.field],
          isFirst: true,
        },
        errors,
      );
    case 'another':
      // Of the main form, so that the name typed so far is kept too.
      return html`<button class="secondary" type="submit" name="action" value="another">${text(block.text)}</button>`;
    case 'postpone':
      return html`<button class="secondary" type="submit" form="${asideForm}" name="action" value="snooze-enrollment">${text(block.snoozeText)}</button>
${asideButton('refuse-add-device', text(block.refuseText))}`;
    case 'number':
      return numberPanel(shown[block.source] ?? '', text(block.text));
    case 'app-link':
      return appLink(shown[block.source] ?? '', text(block.text));
    case 'copy-link':
      return linkToCopy(block, shown[block.source] ?? '', text);
    case 'waiting':
      return awaited && waitingLine(block, awaited, content);
    case 'redirect':
      return submitButton(text(block.text));
    case 'renew':
      return html`<button class="primary" type="submit" form="${asideForm}" name="action" value="renew">${text(block.text)}</button>`;
    case 'device-codes':
      return awaited?.hasDeviceCodes
        ? html`<p class="aside-action said"><span>${text(block.lead)}</span> ${linkButton('enter-otp-code', text(block.text))}</p>`
        : undefined;
    case 'new-codes':
      return newCodesButtons(block, text);
    case 'hint':
      return html`<p class="remark">${text(block.text)}</p>`;
    case 'confirm':
      return confirmBox(block.field, text(block.text), errors);
    case 'submit':
      return (awaited ? answeredButton : submitButton)(text(block.text ?? 'buttonText'));
    case 'remember-browser':
      return content.canRememberBrowser
        ? checkbox({
            name: rememberField,
            value: 'true',
            label: text('rememberMeText'),
            isTicked: content.isRememberTicked,
          })
        : undefined;
    case 'pick-authenticator':
      return content.canPickAnother
        ? asideButton('pick-authenticator', text('pickAuthenticatorText'))
        : undefined;
    case 'toggle-view':
      return asideButton('toggle-view', text(block.text));
  }
}

/** A list and what is typed beside it, drawn as one question. */
function inputFields({ typed, list }: Block & { kind: 'input' }, content: ScreenContent): Markup {
  const { text, errors, given } = content;
  return html`<div class="joined-fields">
${list && listField(list, content)}
${textField(
  {
    name: typed.field,
    label: text(typed.text),
    type: typed.type,
    inputMode: typed.inputMode,
    autocomplete: typed.autocomplete,
    value: given(typed.field) ?? givenBefore(content)[typed.member],
    isFirst: true,
  },
  errors,
)}
</div>`;
}

function listField({ field, text: labelKey, autocomplete }: ListInput, content: ScreenContent): Markup {
  const { text, choices, given } = content;
  const { options = [], preferred } = choices[field] ?? {};
  const chosen = given(field) ?? givenBefore(content)[field] ?? preferred;
  return html`<div class="field">
<label for="${field}">${text(labelKey)}</label>
<div class="control has-list"><select id="${field}" name="${field}" autocomplete="${autocomplete}">${options.map(
    ({ value, label }) =>
      html`<option value="${value}"${value === chosen && html` selected`}>${label}</option>`,
  )}</select></div>
</div>`;
}

/** What the enrolment began with that the person is about to change; nothing in a form that comes back. */
function givenBefore({ shown, errors }: ScreenContent): Shown {
  return errors.length === 0 ? shown : {};
}

function radioButtons(
  block: Block & { kind: 'channel-choice' },
  { text, given, sent }: ScreenContent,
): Markup {
  const chosen = given(block.field) ?? sent?.channel ?? block.options[0]?.value;
  return html`<fieldset class="field choices"><legend>${text(block.text)}</legend>${block.options.map(
    (option) =>
      html`<label class="choice" for="${block.field}-${option.value}"><input type="radio" id="${block.field}-${option.value}" name="${block.field}" value="${option.value}"${option.value === chosen && html` checked`}><span>${text(option.text)}</span></label>`,
  )}</fieldset>`;
}

/** A script counts the seconds down in the button's place; without one the button works at once. */
function resendButton(block: Block & { kind: 'resend' }, { text, sent, awaited }: ScreenContent): Markup {
  const seconds = String(sent?.resendSeconds ?? 0);
  // The script puts what is left in the place of these: seconds, or minutes and seconds.
  const wait = text('resendWaitText', { seconds: '#', time: '#:##' });
  if (awaited?.end !== undefined) return askAgainButton(asideForm, text(block.text), { seconds, text: wait });
  return html`<p class="aside-action said" data-resend-in="${seconds}" data-resend-wait="${wait}"><span>${text(block.lead)}</span> ${linkButton('resend-code', text(block.text))}<span class="countdown" role="timer" hidden></span></p>`;
}

function linkButton(action: string, label: string): Markup {
  return html`<button class="link" type="submit" form="${asideForm}" name="action" value="${action}">${label}</button>`;
}

/** Either what is advised, with a way past, or something beside the main button. */
function newCodesButtons({ text: label, laterText }: Block & { kind: 'new-codes' }, text: TextOf): Markup {
  if (laterText === undefined) return asideButton(newCodesAction, text(label));
  return html`<button class="primary" type="submit" name="action" value="${newCodesAction}">${text(label)}</button>
<button class="secondary" type="submit" name="action" value="default">${text(laterText)}</button>`;
}

function confirmBox(field: string, label: string, errors: readonly FieldError[]): Markup {
  const error = errors.find((candidate) => candidate.field === field);
  return html`<div class="${error ? 'field has-error' : 'field'}">
${fieldError(error)}
${checkbox({ name: field, value: 'on', label, errorId: error && `${field}-error` })}
</div>`;
}

/** A button of the form beside the main one, so that the Enter key never presses it. */
export function asideButton(action: string, label: string): Markup {
  return html`<p class="aside-action">${linkButton(action, label)}</p>`;
}
