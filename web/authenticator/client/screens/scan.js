import { element } from '../dom.js';
import { readOtpauthUri } from '../otpauthUri.js';
import { picture } from '../pictures.js';
import { readPicture, scan } from '../qrScanner.js';
import { announce } from '../stage.js';
import { text } from '../words.js';

/** @typedef {import('../app.js').App} App */

/**
 * The camera, looking for a QR code.
 * @param {App} app
 * @param {AbortSignal} signal
 * @returns {import('../stage.js').Screen}
 */
export function scanScreen(app, signal) {
  const video = element('video', {
    class: 'camera-picture',
    playsinline: true,
    muted: true,
    'aria-hidden': 'true',
  });
  const waiting = element('p', { class: 'camera-waiting' }, text('cameraStarting'));
  const camera = element(
    'div',
    { class: 'camera' },
    video,
    waiting,
    element('div', { class: 'camera-frame' }),
  );
  const fault = element('p', { class: 'field-error', role: 'alert' });
  video.muted = true;
  video.addEventListener('playing', () => waiting.remove(), { signal });

  /** @param {string} found @returns {boolean} whether it was taken */
  const onText = (found) => {
    const link = readOtpauthUri(found);
    if (typeof link === 'string') {
      fault.textContent = text(link === 'not-a-link' ? 'otherCode' : link);
      return false;
    }
    app.offered = link;
    location.replace('#confirm');
    return true;
  };
  scan(video, onText, signal).catch((error) => {
    camera.hidden = true;
    fault.textContent = text(error?.name === 'NotAllowedError' ? 'cameraDenied' : 'cameraMissing');
  });
  announce(text('cameraStarting'));
  return {
    title: text('scanTitle'),
    back: app.accounts.length > 0 ? '#add' : '#',
    content: [
      element('p', { class: 'lead' }, text('scanLead')),
      camera,
      fault,
      pictureField(onText, fault),
      element('a', { class: 'secondary', href: '#link' }, picture('link'), text('pasteLink')),
    ],
  };
}

/**
 * For a code that is a picture on this device.
 * @param {(found: string) => boolean} onText
 * @param {HTMLElement} fault
 */
function pictureField(onText, fault) {
  const field = element('input', { type: 'file', accept: 'image/*', class: 'unseen' });
  field.addEventListener('change', async () => {
    const [file] = field.files ?? [];
    if (!file) return;
    fault.textContent = '';
    const found = await readPicture(file).catch(() => undefined);
    if (found === undefined) fault.textContent = text('pictureEmpty');
    else onText(found);
    field.value = '';
  });
  return element('label', { class: 'secondary file' }, field, picture('scan'), text('choosePicture'));
}
