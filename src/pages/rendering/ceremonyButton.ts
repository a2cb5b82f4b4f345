import { html, type Markup } from '../../ui/html.ts';
import { abilityFields } from '../browser/abilities.ts';
import type { TextOf } from '../locale/screenText.ts';

/** What the button is called that says that this browser can't take part in a ceremony. */
export const notAvailableAction = 'not-available';

/** Field for the name of the error that the browser met in a ceremony. */
export const failureField = 'failure';

/** The scripts of a page with a ceremony, in their order. */
export const ceremonyScripts = ['submitOnce', 'webauthnLibrary', 'runCeremony'];

/** A challenge for the browser's authenticators, and the words around it. */
export interface CeremonyButton {
  ceremony: 'create' | 'get';
  /** Field of the form for the answer. */
  field: string;
  /** JSON text of the options. */
  options: string;
  buttonText: string;
  waitingText: string;
  text: TextOf<'ceremonyStuckText' | 'ceremonyStuckButtonText'>;
  /** Whether the browser is asked without a click, where it allows that. */
  startsByItself: boolean;
}

/**
 * A script hands the options to the browser and posts its answer in the field, or the name of the error that
 * it met, with whether the device can verify anybody now. Without one the button is not there, but a way on.
 */
export function ceremonyButton(content: CeremonyButton): Markup {
  const { ceremony, field, options, buttonText, waitingText, text, startsByItself } = content;
  return html`<div class="ceremony" data-ceremony="${ceremony}" data-options="${options}" data-waiting="${waitingText}"${startsByItself && html` data-starts`}>
<input type="hidden" name="${field}" value="">
<input type="hidden" name="${failureField}" value="">
<input type="hidden" name="${abilityFields['webauthn-platform']}" value="">
<button class="primary" type="button" hidden>${buttonText}</button>
<p class="progress" role="status"></p>
<div class="if-stuck">
<p class="remark">${text('ceremonyStuckText')}</p>
<button class="secondary" type="submit" name="action" value="${notAvailableAction}">${text('ceremonyStuckButtonText')}</button>
</div>
</div>`;
}
