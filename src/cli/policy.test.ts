import { beforeEach, expect, it } from 'vitest';
import { commandLine } from '../../test/support/commandLine.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import { runCommandLine } from './runCommandLine.ts';

forEachDatabase((engine, open) => {
  const { run, json, failure, acts, withDatabase } = commandLine(runCommandLine, engine, open);
  const stored = () => withDatabase(({ db }) => readTenantSettings(db));

  beforeEach(async () => {
    await json('policy', 'set', 'never', '--any-factor');
    for (const name of ['webauthn-roaming', 'webauthn-platform']) await json('factor', 'disable', name);
  });

  it('sets when a second factor is asked for, and says who did', async () => {
    expect(await json('policy', 'show')).toEqual({ policy: 'never', phishing_resistant: false });
    expect(await json('policy', 'set', 'always')).toEqual({ policy: 'always', phishing_resistant: false });
    expect(await json('policy', 'show')).toEqual({ policy: 'always', phishing_resistant: false });
    expect((await acts())[0]).toMatchObject({
      description: 'Set the policy',
      details: { policy: 'always', actor: expect.stringMatching(/ \(command line\)$/) },
    });
    expect(await failure('policy', 'set', 'sometimes')).toEqual({
      error: 'usage',
      message: '<policy>: sometimes is not accepted. Expected one of never, always.',
    });
  });

  it('takes phishing-resistant factors only, until any factor counts again', async () => {
    await json('factor', 'enable', 'webauthn-roaming');
    const strict = { policy: 'always', phishing_resistant: true };
    expect(await json('policy', 'set', 'always', '--phishing-resistant')).toEqual(strict);
    expect((await run(['policy', 'show'])).stdout).toContain('Only phishing-resistant factors count.');
    expect(await json('policy', 'set', 'never')).toEqual({ ...strict, policy: 'never' });
    expect(await stored()).toMatchObject({ policy: 'never', phishingResistantOnly: true });
    expect(await json('policy', 'set', 'always', '--any-factor')).toEqual({
      ...strict,
      phishing_resistant: false,
    });
    expect(await failure('policy', 'set', 'always', '--any-factor', '--phishing-resistant')).toMatchObject({
      error: 'usage',
    });
  });

  it('refuses that while nobody could set such a factor up, and changes nothing', async () => {
    const before = { tenant: await stored(), acts: await acts() };
    const refused = {
      error: 'no_phishing_resistant_factor',
      message: expect.stringContaining('factor enable webauthn-roaming'),
    };
    expect(await failure('policy', 'set', 'always', '--phishing-resistant')).toEqual(refused);
    expect({ tenant: await stored(), acts: await acts() }).toEqual(before);

    // It needs another factor beside it, which would not count.
    await json('factor', 'enable', 'webauthn-platform');
    expect(await failure('policy', 'set', 'always', '--phishing-resistant')).toEqual(refused);

    // Browsers offer none at an IP address.
    await json('factor', 'enable', 'webauthn-roaming');
    const address = ['--public-url', 'https://192.0.2.1'];
    expect(await failure('policy', 'set', 'always', '--phishing-resistant', ...address)).toEqual(refused);
    expect((await stored()).phishingResistantOnly).toBe(false);
  });

  it('a factor that it lives by is switched off with a warning', async () => {
    await json('factor', 'enable', 'webauthn-roaming');
    await json('policy', 'set', 'always', '--phishing-resistant');
    const { exitCode, stderr } = await run(['factor', 'disable', 'webauthn-roaming']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('whoever has none is kept out');
    expect((await run(['factor', 'enable', 'webauthn-roaming'])).stderr).not.toContain('kept out');
  });
});
