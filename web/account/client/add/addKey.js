import { element } from '../dom.js';
import { taskForm } from '../form.js';
import { text } from '../words.js';
import { finish } from './finish.js';

/** @typedef {import('./adding.js').Task} Task */
/** @typedef {import('../myAccount.js').MethodType} MethodType */
/** @typedef {import('../words.js').TextKey} TextKey */

/** @type {Partial<Record<MethodType, { title: TextKey, lead: TextKey }>>} */
const words = {
  passkey: { title: 'passkeyTitle', lead: 'passkeyLead' },
  'webauthn-roaming': { title: 'keyTitle', lead: 'keyLead' },
  'webauthn-platform': { title: 'deviceTitle', lead: 'deviceLead' },
};

/**
 * A credential that the browser keeps, or that a key keeps for it. Browsers ask for it after a press only, so
 * the person begins here, also when they come back from the sign-in.
 * @param {Task} task
 * @param {unknown} _given
 * @param {MethodType} type
 */
export async function addKey(task, _given, type) {
  const { title, lead } = /** @type {{ title: TextKey, lead: TextKey }} */ (words[type]);
  const isAble = SimpleWebAuthnBrowser.browserSupportsWebAuthn();
  task.sheet.signal.addEventListener('abort', () => {
    SimpleWebAuthnBrowser.WebAuthnAbortService.cancelCeremony();
  });
  task.sheet.show(
    text(title),
    element('p', {}, text(isAble ? lead : 'keyUnsupported')),
    isAble
      ? taskForm({
          fields: [],
          submit: text('goOn'),
          more: [task.sheet.cancelButton()],
          act: () => create(task, type),
        })
      : task.sheet.cancelButton(),
  );
}

/** @param {Task} task @param {MethodType} type */
async function create(task, type) {
  const begun = await task.account.begin({ type });
  const optionsJSON = begun.authn_params_public_key;
  if (!optionsJSON) throw new Error('The server sent no challenge');
  const response = await SimpleWebAuthnBrowser.startRegistration({ optionsJSON }).catch((error) => {
    throw text(refusalKey(error));
  });
  await finish(task, begun, await task.account.api.verify(begun, { authn_response: response }));
}

/** @param {Error} error as browsers name them @returns {TextKey} */
function refusalKey({ name }) {
  if (name === 'InvalidStateError') return 'keyKnown';
  return name === 'NotAllowedError' || name === 'AbortError' ? 'keyCancelled' : 'keyFailed';
}
