import { element } from '../dom.js';
import { canInstall, isInstalled, isIphone } from '../install.js';
import { languages } from '../languages.js';
import { notificationState } from '../notifications.js';
import { readSetting, saveSetting } from '../store.js';
import { isUserCheckUsed } from '../userCheck.js';
import { loadWords, text } from '../words.js';
import { installOffer, notificationOffer } from './offers.js';

/** @typedef {import('../app.js').App} App */

/**
 * What can be chosen, and what is worth knowing of this app.
 * @param {App} app
 * @returns {import('../stage.js').Screen}
 */
export function settingsScreen(app) {
  const notifications = element('section', { class: 'setting' });
  const install = element('section', { class: 'setting' });
  const check = element('p', {});
  void isUserCheckUsed().then((isUsed) => {
    check.textContent = text(isUsed ? 'checkOn' : 'checkOff');
  });
  const update = () => {
    showNotifications(app, notifications);
    showInstall(install);
  };
  update();
  return {
    title: text('settings'),
    back: '#',
    content: [
      languageField(app),
      notifications,
      element('section', { class: 'setting' }, element('h2', {}, text('checkTitle')), check),
      install,
      element(
        'section',
        { class: 'setting' },
        element('h2', {}, text('aboutTitle')),
        element('p', {}, text('aboutText')),
        element('p', { class: 'detail' }, text('version', { version: versionOf() })),
      ),
    ],
    update,
  };
}

/** @param {App} app */
function languageField(app) {
  const select = element(
    'select',
    { id: 'language' },
    element('option', { value: '' }, text('languageOfBrowser')),
    ...Object.entries(languages).map(([tag, name]) => element('option', { value: tag, lang: tag }, name)),
  );
  void readSetting('language').then((chosen) => {
    select.value = chosen ?? '';
  });
  select.addEventListener('change', async () => {
    await saveSetting('language', select.value);
    await loadWords();
    app.changed();
    document.getElementById('language')?.focus();
  });
  return element(
    'div',
    { class: 'field setting' },
    element('label', { for: 'language' }, text('language')),
    select,
  );
}

/** @param {App} app @param {HTMLElement} place */
function showNotifications(app, place) {
  const offer = notificationOffer(app);
  place.hidden = app.deviceAccounts.length === 0;
  const words = notificationState() === 'on' && !offer ? element('p', {}, text('notifyOn')) : offer;
  place.replaceChildren(element('h2', {}, text('notifyTitle')), words ?? '');
}

/** @param {HTMLElement} place */
function showInstall(place) {
  place.hidden = isInstalled() || !(canInstall() || isIphone());
  const words = installOffer() ?? element('p', {}, text('installByHand'));
  place.replaceChildren(element('h2', {}, text('installTitle')), words);
}

/** The version of the app's files, which are served under it. */
function versionOf() {
  return new URL(import.meta.url).pathname.split('/').at(-3) ?? '';
}
