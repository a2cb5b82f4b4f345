import { tell } from '../stage.js';
import { text } from '../words.js';
import { codesOf, shownCodes } from './shownCodes.js';

/**
 * New recovery codes; they take the place of the old ones when the person has kept them.
 * @param {import('./adding.js').Task} task
 */
export async function newCodes({ account, sheet }) {
  const begun = await account.begin({ type: 'recovery-code' });
  const onKept = async () => {
    await account.api.verify(begun);
    await account.refresh();
    sheet.close();
    tell(text('codesNow'));
  };
  sheet.show(text('codesTitle'), ...shownCodes(codesOf(begun), { onKept, more: [sheet.cancelButton()] }));
}
