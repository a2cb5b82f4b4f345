import { channelField } from './add/channelField.js';
import { carryOut } from './errands.js';
import { field, taskForm } from './form.js';
import { nameOf } from './methodName.js';
import { Sheet } from './sheet.js';
import { tell } from './stage.js';
import { text } from './words.js';

/** @typedef {import('./account.js').Account} Account */
/** @typedef {import('./myAccount.js').Method} Method */

export const longestName = '50';

/**
 * Changes what a method is called, and of a phone how its codes come.
 * @param {Account} account
 * @param {Method} method
 */
export function editMethod(account, method) {
  const sheet = new Sheet();
  const channels = method.type === 'phone' ? account.channelsOf('phone') : [];
  sheet.show(
    text('changeTitle', { name: nameOf(method) }),
    taskForm({
      fields: [
        field({
          name: 'name',
          label: text('nameLabel'),
          hint: text('nameHint'),
          input: { value: method.name ?? '', maxlength: longestName, autofocus: true },
        }),
        ...(channels.length > 1 ? [channelField(channels, method.preferred_authentication_method)] : []),
      ],
      submit: text('save'),
      more: [sheet.cancelButton()],
      act: async (values) => {
        const name = String(values.get('name')).trim();
        if (name === '') throw text('nameMissing');
        const channel = values.get('channel');
        const change = { name, ...(channel ? { preferred_authentication_method: String(channel) } : {}) };
        await carryOut(account, { kind: 'update', id: method.id, change, done: text('saved') });
        sheet.close();
        tell(text('saved'));
      },
    }),
  );
}
