import { element } from '../dom.js';
import { mark, picture } from '../pictures.js';
import { hasCamera } from '../qrScanner.js';
import { text } from '../words.js';
import { installOffer } from './offers.js';

/**
 * The app without an account.
 * @returns {import('../stage.js').Screen}
 */
export function welcomeScreen() {
  const offers = element('div', { class: 'offers' });
  const update = () => {
    const install = installOffer();
    offers.replaceChildren(...(install ? [install] : []));
  };
  update();
  return {
    title: text('emptyTitle'),
    windowTitle: text('productName'),
    tools: [
      element(
        'a',
        { class: 'foil-tool', href: '#settings', 'aria-label': text('settings') },
        picture('settings'),
      ),
    ],
    className: 'is-welcome',
    content: [
      element('div', { class: 'seal is-waiting' }, mark()),
      element('p', { class: 'lead' }, text('emptyText')),
      ...waysToAdd(),
      element('p', { class: 'detail' }, text('emptySteps')),
      offers,
    ],
    update,
  };
}

/** Links to the ways of adding an account. */
export function waysToAdd() {
  const paste = element('a', { class: 'secondary', href: '#link' }, picture('link'), text('pasteLink'));
  if (!hasCamera()) return [paste];
  return [element('a', { class: 'primary', href: '#scan' }, picture('scan'), text('scanCode')), paste];
}
