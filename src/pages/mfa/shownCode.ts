import type { Block } from '../../mfa/screens.ts';
import { html, type Markup } from '../../ui/html.ts';
import { icon } from '../../ui/icon.ts';
import type { TextOf } from '../locale/screenText.ts';

/**
 * Codes in groups of four, which are easier to read and to copy by hand, with the means to keep them.
 *
 * @param shown one code, or several with spaces between
 */
export function shownCode(
  block: Block & { kind: 'text-code' },
  shown: string,
  { text, downloadPath }: { text: TextOf; downloadPath: string },
): Markup {
  const codes = shown.split(' ');
  const [code = '', ...others] = codes;
  return html`<div class="shown-code">
${others.length > 0 ? codeList(codes, text('altText')) : oneCode(code, text('altText'))}
<div class="tools">
<button class="tool" type="button" data-copy="shown-code" data-copied="${text('copiedText')}" hidden>${icon('copy')}<span>${text('copyCodeButtonText')}</span></button>
${block.download && html`<a class="tool" href="${downloadPath}" download>${icon('download')}<span>${text('downloadButtonText')}</span></a>`}
${block.print && html`<button class="tool" type="button" data-print hidden>${icon('print')}<span>${text('printButtonText')}</span></button>`}
</div>
<p class="tool-status" role="status" id="copy-status"></p>
</div>`;
}

function oneCode(code: string, label: string): Markup {
  const groups = inFours(code);
  return html`<p class="${groups.length % 3 === 0 ? 'code-text in-threes' : 'code-text'}" role="group" aria-label="${label}"><span id="shown-code" data-code="${code}">${groups.map((group) => html`<span class="group">${group}</span> `)}</span></p>`;
}

function codeList(codes: readonly string[], label: string): Markup {
  return html`<ol class="code-list" aria-label="${label}" id="shown-code" data-code="${codes.join('\n')}">${codes.map((code) => html`<li><span>${inFours(code).map((group) => html`<span class="group">${group}</span> `)}</span></li>`)}</ol>`;
}

function inFours(code: string): string[] {
  return code.match(/.{1,4}/g) ?? [];
}
