import type { Shown } from '../../mfa/factor.ts';
import type { Block, Screen } from '../../mfa/screens.ts';
import { errorSummary, type FieldError, fieldError, submitButton, textField } from '../../ui/form.ts';
import { html, type Markup } from '../../ui/html.ts';
import { icon } from '../../ui/icon.ts';
import type { TextOf } from '../locale/screenText.ts';
import { qrCode } from '../rendering/qrCode.ts';

/** Id of the form that carries the answers beside the main one. */
export const asideForm = 'aside';

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
  /** Whether the box was ticked when the form came back with an error. */
  isRememberTicked: boolean;
  /** Address of the shown code as a file. */
  downloadPath: string;
}

/** Draws a screen's blocks in their order. */
export function factorBlocks(content: ScreenContent): Markup[] {
  return content.screen.blocks.flatMap((block) => drawBlock(block, content) ?? []);
}

function drawBlock(block: Block, content: ScreenContent): Markup | undefined {
  const { text, shown, errors } = content;
  switch (block.kind) {
    case 'title':
      return html`<h1>${text('title')}</h1>`;
    case 'description':
      return html`<p class="lead">${text('description')}</p>${errorSummary(text('alertListTitle'), errors)}`;
    case 'qr':
      return html`<div class="qr-frame">${qrCode(shown[block.source] ?? '', text(block.altText))}</div>`;
    case 'text-code':
      return textCode(block, content);
    case 'code-input':
      return textField(
        {
          name: block.field,
          label: text('placeholder'),
          type: 'text',
          inputMode: block.inputMode,
          autocomplete: block.autocomplete,
          isCode: true,
          isFirst: content.screen.step === 'challenge',
        },
        errors,
      );
    case 'confirm':
      return confirmBox(block.field, text(block.text), errors);
    case 'submit':
      return submitButton(text('buttonText'));
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

/** A code in groups of four, which are easier to read and to copy by hand. */
function textCode(
  block: Block & { kind: 'text-code' },
  { text, shown, downloadPath }: ScreenContent,
): Markup {
  const code = shown[block.source] ?? '';
  const groups = code.match(/.{1,4}/g) ?? [];
  return html`<div class="shown-code">
<p class="${groups.length % 3 === 0 ? 'code-text in-threes' : 'code-text'}" role="group" aria-label="${text('altText')}"><span id="shown-code" data-code="${code}">${groups.map((group) => html`<span class="group">${group}</span> `)}</span></p>
<div class="tools">
<button class="tool" type="button" data-copy="shown-code" data-copied="${text('copiedText')}" hidden>${icon('copy')}<span>${text('copyCodeButtonText')}</span></button>
${block.download && html`<a class="tool" href="${downloadPath}" download>${icon('download')}<span>${text('downloadButtonText')}</span></a>`}
${block.print && html`<button class="tool" type="button" data-print hidden>${icon('print')}<span>${text('printButtonText')}</span></button>`}
</div>
<p class="tool-status" role="status" id="copy-status"></p>
</div>`;
}

function confirmBox(field: string, label: string, errors: readonly FieldError[]): Markup {
  const error = errors.find((candidate) => candidate.field === field);
  return html`<div class="${error ? 'field has-error' : 'field'}">
${fieldError(error)}
${checkbox({ name: field, value: 'on', label, errorId: error && `${field}-error` })}
</div>`;
}

function checkbox(box: {
  name: string;
  value: string;
  label: string;
  isTicked?: boolean;
  errorId?: string | undefined;
}): Markup {
  const { name, value, label, isTicked, errorId } = box;
  const error = errorId && html` aria-invalid="true" aria-describedby="${errorId}"`;
  return html`<label class="choice" for="${name}"><input type="checkbox" id="${name}" name="${name}" value="${value}"${isTicked && html` checked`}${error}><span>${label}</span></label>`;
}

/** A button of the form beside the main one, so that the Enter key never presses it. */
function asideButton(action: string, label: string): Markup {
  return html`<p class="aside-action"><button class="link" type="submit" form="${asideForm}" name="action" value="${action}">${label}</button></p>`;
}
