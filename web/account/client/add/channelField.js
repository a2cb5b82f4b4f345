import { element } from '../dom.js';
import { text } from '../words.js';

/** @type {Readonly<Record<string, import('../words.js').TextKey>>} */
const names = { sms: 'bySms', voice: 'byVoice' };

/**
 * How codes come to a phone.
 * @param {readonly string[]} channels
 * @param {string | undefined} chosen the first one when absent
 */
export function channelField(channels, chosen = channels[0]) {
  return element(
    'fieldset',
    { class: 'field choices' },
    element('legend', {}, text('channelLabel')),
    ...channels.map((channel) =>
      element(
        'label',
        { class: 'choice' },
        element('input', { type: 'radio', name: 'channel', value: channel, checked: channel === chosen }),
        element('span', {}, text(names[channel] ?? 'bySms')),
      ),
    ),
  );
}
