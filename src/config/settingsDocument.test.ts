import { expect, it } from 'vitest';
import { renderSettingsDocument } from './settingsDocument.ts';

// After a change of a setting: npx vitest run src/config --update
it('docs/settings.md describes every setting as it is', async () => {
  await expect(renderSettingsDocument()).toMatchFileSnapshot('../../docs/settings.md');
});
