import type { RequestStanding } from '../../mfa/devices/deviceDesk.ts';
import type { Block, Screen } from '../../mfa/screens.ts';
import { type FieldError, submitButton } from '../../ui/form.ts';
import { html, type Markup } from '../../ui/html.ts';
import { icon } from '../../ui/icon.ts';
import type { TextOf } from '../locale/screenText.ts';

type BlockOf<Kind extends Block['kind']> = Block & { kind: Kind };

export type WaitingBlock = BlockOf<'waiting'>;

/** How a request ended without an approval. */
export type RequestEnd = Exclude<RequestStanding['state'], 'waiting' | 'approved'>;

/** What a screen waits for that is answered on a device. */
export interface Awaited {
  /** Address that tells when there is an answer. */
  answerPath: string;
  /** Undefined while there may be an approval. */
  end: RequestEnd | undefined;
  /** Another factor of those demanded takes the codes that such a device makes. */
  hasDeviceCodes: boolean;
}

/** Whether a block waits for a device. */
export function isWaiting(block: Block): block is WaitingBlock {
  return block.kind === 'waiting';
}

/** What is still worth showing once a request is over. */
const kindsAfterEnd: ReadonlySet<Block['kind']> = new Set([
  'title',
  'waiting',
  'resend',
  'renew',
  'device-codes',
  'pick-method',
  'pick-authenticator',
]);

/** The blocks of a screen as things stand with its request. */
export function blocksToShow({ blocks }: Screen, awaited: Awaited | undefined): readonly Block[] {
  return awaited?.end === undefined
    ? blocks.filter(({ kind }) => kind !== 'renew')
    : blocks.filter(({ kind }) => kindsAfterEnd.has(kind));
}

/** The number that the device asks for, large, and read out with the words that say so. */
export function numberPanel(number: string, label: string): Markup {
  return html`<p class="match"><span class="match-label">${label}</span> <strong class="match-number">${number}</strong></p>`;
}

/** Opens the authenticator in a tab of its own: this page waits meanwhile. */
export function appLink(address: string, label: string): Markup {
  return html`<a class="button primary" href="${address}" target="_blank" rel="noopener">${label}</a>`;
}

/** A link to take along, as a field: it can be copied without a script as well. */
export function linkToCopy(
  { lead, text: label }: BlockOf<'copy-link'>,
  address: string,
  text: TextOf,
): Markup {
  return html`<div class="field link-to-copy">
<label for="link">${text(lead)}</label>
<div class="control"><input id="link" type="text" readonly value="${address}" data-code="${address}" spellcheck="false"></div>
<div class="tools"><button class="tool" type="button" data-copy="link" data-copied="${text('copiedText')}" hidden>${icon('copy')}<span>${text(label)}</span></button></div>
<p class="tool-status" role="status" id="copy-status"></p>
</div>`;
}

/** The live line that a script fills and waits with; or how it ended, and why nothing more can be asked now. */
export function waitingLine(
  block: WaitingBlock,
  { answerPath, end }: Awaited,
  { text, screen, errors }: { text: TextOf; screen: Screen; errors: readonly FieldError[] },
): Markup {
  if (end !== undefined) {
    const [refusal = text(endText(block, screen, end))] = errors.map((error) => error.text);
    return html`<div class="notice" role="alert" tabindex="-1" autofocus>${icon('notice')}<p>${refusal}</p></div>`;
  }
  return html`<p class="progress" role="status" data-await-answer="${answerPath}" data-waiting="${text(block.waitingText)}"></p>`;
}

/** With a script it is there for the case that the script can't reach the server. */
export function answeredButton(label: string): Markup {
  return html`<div class="if-stuck">${submitButton(label)}</div>`;
}

/** The main thing to do once a request is over; a script counts down in its place while it can't be done yet. */
export function askAgainButton(form: string, label: string, wait: { seconds: string; text: string }): Markup {
  return html`<div class="ask-again" data-resend-in="${wait.seconds}" data-resend-wait="${wait.text}"><button class="primary" type="submit" form="${form}" name="action" value="resend-code">${label}</button><p class="countdown" role="timer" hidden></p></div>`;
}

/** Text key of how a request ended. */
function endText(block: WaitingBlock, { expiredText }: Screen, end: RequestEnd): string {
  const texts: Readonly<Record<RequestEnd, string | undefined>> = {
    denied: block.deniedText,
    mismatched: block.mismatchedText ?? block.deniedText,
    replaced: block.replacedText,
    over: expiredText,
  };
  return texts[end] ?? expiredText ?? 'transaction-not-found';
}
