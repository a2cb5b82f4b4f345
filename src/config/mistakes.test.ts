import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSettings } from './readSettings.ts';

describe('a mistake in the settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-mistakes-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const messageOf = (flags: Record<string, unknown>, environment: Record<string, string> = {}) =>
    readSettings({ flags, environment }).then(
      () => 'none',
      (error: Error) => error.message,
    );
  const ofFile = async (name: string, content: string) => {
    const config = join(folder, name);
    writeFileSync(config, content);
    return (await messageOf({ config })).replace(config, 'FILE');
  };

  it('in a name leads to the name that was meant', async () => {
    expect(await messageOf({}, { COUNTERSIGN_PUBLIC_ULR: 'x' })).toBe(
      'The environment variable COUNTERSIGN_PUBLIC_ULR is no setting. Did you mean COUNTERSIGN_PUBLIC_URL? docs/settings.md lists them.',
    );
    expect(await messageOf({}, { COUNTERSIGN_COLOUR: 'x' })).toBe(
      'The environment variable COUNTERSIGN_COLOUR is no setting. docs/settings.md lists them.',
    );
    expect(await ofFile('name.yaml', 'prot: 3000')).toBe(
      'prot (file FILE) is no setting. Did you mean port? docs/settings.md lists them.',
    );
  });

  it('in the form of a file is named with its line', async () => {
    expect(await ofFile('form.yaml', 'port: 3000\nhost: a: b\n')).toMatch(
      /^The settings file FILE is no valid YAML \(line 2: \w+\)\.$/,
    );
    expect(await ofFile('twice.yaml', 'port: 1\ndev: true\n\nport: 2\n')).toContain(
      '(line 4: DUPLICATE_KEY)',
    );
    expect(await ofFile('form.json', '{\n  "port": 3000,\n  "host" "canary"\n}')).toBe(
      'The settings file FILE is no valid JSON (line 3).',
    );
  });
});
