import { expect, it } from 'vitest';
import { commandLine } from '../../test/support/commandLine.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { factors } from '../factors/factors.ts';
import { createRegistry } from '../mfa/registry.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import { runCommandLine } from './runCommandLine.ts';

const defaults = { algorithm: 'SHA1', digits: 6, period_seconds: 30, window: 1 };

forEachDatabase((engine, open) => {
  const { run, json, failure, acts, withDatabase } = commandLine(runCommandLine, engine, open);

  it('shows the settings a factor works with', async () => {
    expect(await json('factor', 'settings', 'otp')).toEqual({ name: 'otp', settings: defaults });
    expect(await json('factor', 'settings', 'recovery-code')).toEqual({
      name: 'recovery-code',
      settings: { codes: 1 },
    });
    const { stdout } = await run(['factor', 'settings', 'otp']);
    expect(stdout).toMatch(/^period_seconds +30 +30 +a whole number from 15 to 120$/m);
    expect(stdout).toMatch(/^algorithm +SHA1 +SHA1 +SHA1 or SHA256 or SHA512$/m);
  });

  it('changes what is named, and new enrolments are made with it', async () => {
    await json('factor', 'disable', 'otp');
    const changed = { algorithm: 'SHA512', digits: 8, period_seconds: 60, window: 0 };
    expect(
      await json(
        'factor',
        'settings',
        'otp',
        'algorithm=SHA512',
        'digits=8',
        'period_seconds=60',
        'window=0',
      ),
    ).toEqual({ name: 'otp', settings: changed });
    expect(await json('factor', 'list')).toContainEqual({ name: 'otp', enabled: false });
    expect(await json('factor', 'enable', 'otp')).toEqual({ name: 'otp', enabled: true });
    expect(await json('factor', 'settings', 'otp')).toEqual({ name: 'otp', settings: changed });
    const registry = createRegistry(factors);
    const otp = registry.all.find(({ name }) => name === 'otp');
    if (!otp) throw new Error('There is no one-time password.');
    await withDatabase(async ({ db }) => {
      const { state, shown } = await otp.beginEnrolment(
        {
          clock: () => 0,
          db,
          user: { id: 'auth0|1', email: 'ann@example.com', emailVerified: true },
          issuer: 'Acme',
          origin: 'https://login.example.com',
          settings: registry.settingsOf(otp, await readTenantSettings(db)),
          hash: (value) => value,
          unseal: (sealed) => sealed,
        },
        undefined,
      );
      expect(state).toMatchObject({ algorithm: 'SHA512', digits: 8, periodSeconds: 60 });
      const parameters = new URL(shown.barcodeUri ?? '').searchParams;
      expect(Object.fromEntries(parameters)).toMatchObject({
        algorithm: 'SHA512',
        digits: '8',
        period: '60',
      });
    });
  });

  it('S-108 logs the change with its actor', async () => {
    const [act] = await acts();
    expect(act.description).toBe('Factor enable');
    await json('factor', 'settings', 'otp', 'window=2');
    const [change] = await acts();
    expect(change).toMatchObject({
      description: 'Change a factor’s settings',
      details: {
        factor: 'otp',
        from: { window: 0 },
        to: { window: 2, digits: 8 },
        actor: expect.stringMatching(/ \(command line\)$/),
      },
    });
  });

  it('restores a default', async () => {
    const { settings } = await json('factor', 'settings', 'otp', 'window=', 'period_seconds=', 'digits=6');
    expect(settings).toEqual({ ...defaults, algorithm: 'SHA512' });
    const { factors: stored } = await withDatabase(({ db }) => readTenantSettings(db));
    expect(stored.otp).toEqual({ enabled: true, settings: { algorithm: 'SHA512', digits: 6 } });
  });

  it('names everything that is wrong with what is expected, and changes nothing', async () => {
    const before = { settings: await json('factor', 'settings', 'otp'), acts: await acts() };
    const pairs = ['algorithm=MD5', 'digits=7', 'period_seconds=1', 'window=1.5', 'colour=red', 'digits'];
    const { error, message } = await failure('factor', 'settings', 'otp', ...pairs);
    expect(error).toBe('invalid_input');
    expect(message).toBe(
      'algorithm: expected SHA1 or SHA256 or SHA512. digits: expected 6 or 8. ' +
        'period_seconds: expected a whole number from 15 to 120. window: expected a whole number from 0 to 10. ' +
        'colour: expected algorithm, digits, period_seconds, window. digits: expected name=value.',
    );
    for (const pair of ['window=08', 'window=1e0', 'window=true', 'window=-1', 'digits=SHA1', '=6']) {
      expect(await failure('factor', 'settings', 'otp', 'digits=8', pair)).toMatchObject({
        error: 'invalid_input',
      });
    }
    expect((await failure('factor', 'settings', 'recovery-code', 'length=5')).message).toBe(
      'length: expected codes.',
    );
    expect((await failure('factor', 'settings', 'telepathy')).error).toBe('not_found');
    expect({ settings: await json('factor', 'settings', 'otp'), acts: await acts() }).toEqual(before);
  });

  it('takes what makes sense for the pages and the models that are known, and nothing else', async () => {
    const name = 'webauthn-roaming';
    const address = ['--public-url', 'https://login.example.com'];
    const set = (...pairs: string[]) => json('factor', 'settings', name, ...pairs, ...address);
    const refused = async (...pairs: string[]) =>
      (await failure('factor', 'settings', name, ...pairs, ...address)).message;
    const { settings } = await set('relying_party_identifier=example.com', 'user_verification=required');
    expect(settings).toMatchObject({
      relying_party_identifier: 'example.com',
      user_verification: 'required',
      attestation: 'none',
      allow_synced: true,
    });
    const before = await acts();
    for (const domain of ['example.org', 'com', 'login.example.com.evil.example']) {
      expect(await refused(`relying_party_identifier=${domain}`)).toMatch(
        /^relying_party_identifier: expected the host of the pages, login.example.com, or a domain above it/,
      );
    }
    expect(await refused('attestation=direct')).toMatch(
      /^attestation: expected none while no models are known/,
    );
    expect(await refused('allowed_models=11111111-aaaa-4aaa-8aaa-111111111111')).toMatch(
      /^allowed_models: expected models that /,
    );
    expect(await refused('allow_synced=perhaps', 'algorithms=ES256,none')).toBe(
      'allow_synced: expected true or false. ' +
        'algorithms: expected ES256 or EdDSA or ES384 or ES512 or RS256, several separated by commas.',
    );
    expect(await acts()).toEqual(before);
    expect(await set()).toEqual({ name, settings });
    expect((await set('allow_synced=false', 'algorithms=ES256')).settings).toMatchObject({
      allow_synced: false,
      algorithms: ['ES256'],
    });
  });
});
