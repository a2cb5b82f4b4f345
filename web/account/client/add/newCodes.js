import { tell } from '../stage.js';
import { text } from '../words.js';
import { codesOf, showCodes } from './showCodes.js';

/**
 * New recovery codes; they take the place of the old ones when the person has kept them.
 * @param {import('./adding.js').Task} task
 */
export async function newCodes({ account, sheet }) {
  const begun = await account.begin({ type: 'recovery-code' });
  const hasOld = account.methods.some(({ type }) => type === 'recovery-code');
  const onKept = async () => {
    await account.api.verify(begun);
    await account.refresh(text('codesNow'));
    sheet.close();
    tell(text('codesNow'));
  };
  const words = hasOld ? [text('codesReplace')] : [];
  showCodes(sheet, codesOf(begun), { onKept, words, more: [sheet.cancelButton()] });
}
