import { raw } from 'hono/html';
import type { Markup } from '../../ui/html.ts';

/** What a person will hold in hand or touch. */
export type PictureName = 'security-key' | 'device' | 'request';

/** The computer of all pictures; its screen shows a slip with the indented cut. */
const computer =
  '<path class="picture-body" d="M35 10h102a8 8 0 0 1 8 8v66H27V18a8 8 0 0 1 8-8Z"/>' +
  '<path class="picture-body" d="M13 88h146v4a9 9 0 0 1-9 9H22a9 9 0 0 1-9-9Z"/>' +
  '<path class="picture-line" d="M72 94.5h28"/>';

const slipOnScreen =
  '<path class="picture-foil" d="M58 22h56v13c-4.7 0-4.7 4-9.3 4s-4.7-4-9.3-4-4.7 4-9.4 4-4.7-4-9.3-4-4.7 4-9.3 4S62.7 35 58 35Z"/>' +
  '<path class="picture-line" d="M58 35v37h56V35M68 50h36M68 58h24"/>';

const pictures: Readonly<Record<PictureName, string>> = {
  'security-key':
    `${computer}${slipOnScreen}` +
    '<path class="picture-body" d="M173 87h15v15h-15Z"/><path class="picture-line" d="M178 92v5"/>' +
    '<path class="picture-body" d="M198 80h44a14.5 14.5 0 0 1 0 29h-44a10 10 0 0 1-10-10v-9a10 10 0 0 1 10-10Z"/>' +
    '<circle class="picture-line" cx="244" cy="94.5" r="4"/>' +
    '<circle class="picture-touch" cx="214" cy="94.5" r="7.5"/>' +
    '<path class="picture-signal" d="M201.6 72a24 24 0 0 1 24.8 0M196.4 63a34 34 0 0 1 35.2 0M191.2 54a44 44 0 0 1 45.6 0"/>' +
    '<path class="picture-signal" d="M169 94.5h-6"/>',
  device:
    `${computer}` +
    '<path class="picture-signal" d="M86 44v12M79 62V46a7 7 0 0 1 14 0v13M72 58V46a14 14 0 0 1 28 0v10c0 4-.6 7-1.7 10M65 53v-7a21 21 0 0 1 42 0v9M60 35.6a28 28 0 0 1 52 0M86 63c0 4-.9 7-2.4 10M72.8 65c-.2 2.4-.8 4.5-1.8 6.5"/>' +
    '<path class="picture-body" d="M189 34h40a9 9 0 0 1 9 9v58a9 9 0 0 1-9 9h-40a9 9 0 0 1-9-9V43a9 9 0 0 1 9-9Z"/>' +
    '<path class="picture-line" d="M203 42h12"/>' +
    '<circle class="picture-touch" cx="209" cy="72" r="14"/>' +
    '<path class="picture-face" d="M204.5 68.5v2M213.5 68.5v2M204 76.5a7 7 0 0 0 10 0"/>',
  request:
    `${computer}${slipOnScreen}` +
    '<path class="picture-signal" d="M155 58a16 16 0 0 1 0 20M163 51a27 27 0 0 1 0 34"/>' +
    '<path class="picture-body" d="M191 20h42a9 9 0 0 1 9 9v72a9 9 0 0 1-9 9h-42a9 9 0 0 1-9-9V29a9 9 0 0 1 9-9Z"/>' +
    '<path class="picture-line" d="M206 28h12M196 43h32M196 51h20"/>' +
    '<circle class="picture-line" cx="196" cy="74" r="6.5"/><circle class="picture-line" cx="228" cy="74" r="6.5"/>' +
    '<circle class="picture-touch" cx="212" cy="74" r="8"/>' +
    '<path class="picture-face" d="m208.5 74.2 2.4 2.5 4.6-5.2"/>' +
    '<path class="picture-signal" d="M196 96h32"/>',
};

/** A decorative line drawing, wide as the page allows. */
export function picture(name: PictureName): Markup {
  return raw(
    `<svg class="picture picture-${name}" viewBox="0 0 272 118" aria-hidden="true" focusable="false">${pictures[name]}</svg>`,
  );
}
