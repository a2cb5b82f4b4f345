import { expect, it } from 'vitest';
import { renderCommandLineDocument } from './commandLineDocument.ts';

// After a change of a command: npx vitest run src/cli/commandLineDocument --update
it('docs/command-line.md shows every command as it is', async () => {
  await expect(await renderCommandLineDocument()).toMatchFileSnapshot('../../docs/command-line.md');
});
