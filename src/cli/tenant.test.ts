import { expect, it } from 'vitest';
import { commandLine } from '../../test/support/commandLine.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import { runCommandLine } from './runCommandLine.ts';

forEachDatabase((engine, open) => {
  const { json, failure, acts, withDatabase } = commandLine(runCommandLine, engine, open);
  const stored = () => withDatabase(({ db }) => readTenantSettings(db));

  it('shows a fresh tenant', async () => {
    expect(await json('tenant', 'show')).toEqual({
      friendly_name: 'Countersign',
      enabled_locales: ['en', 'de', 'es', 'fr', 'pt', 'ja'],
      idle_session_lifetime_in_minutes: 4320,
      session_lifetime_in_minutes: 10_080,
      second_factor_lifetime_in_minutes: 0,
      remember_browser: { enabled: true, ticked: false, idle_days: 7, absolute_days: 30 },
      second_factor_lock: { failures: 10, minutes: [15, 30, 60, 1440] },
      passkey_sign_in: false,
      default_directory: 'Username-Password-Authentication',
      log_retention_days: 90,
      flags: { mfa_show_factor_list_on_enrollment: false, enable_public_signup_user_exists_error: false },
    });
  });

  it('changes every setting, where requests read them', async () => {
    const updated = await json(
      ...['tenant', 'update', '--friendly-name', ' Acme ', '--support-email', 'Help@Acme.example'],
      ...['--support-url', 'https://acme.example/help', '--enabled-locales', 'de, en'],
      ...['--session-idle-minutes', '30', '--session-absolute-minutes', '600'],
      ...['--second-factor-minutes', '480', '--remember-browser', 'off', '--remember-browser-idle-days', '2'],
      ...['--remember-browser-absolute-days', '5', '--show-factor-list-on-enrolment', 'on'],
      ...['--second-factor-failures', '5', '--second-factor-lock-minutes', '1,5,5'],
      ...['--public-signup-user-exists-error', 'on', '--default-directory', 'Staff'],
      ...['--log-retention-days', '365', '--passkey-sign-in', 'on', '--remember-browser-ticked', 'on'],
    );
    expect(updated).toEqual({
      friendly_name: 'Acme',
      support_email: 'help@acme.example',
      support_url: 'https://acme.example/help',
      enabled_locales: ['de', 'en'],
      idle_session_lifetime_in_minutes: 30,
      session_lifetime_in_minutes: 600,
      second_factor_lifetime_in_minutes: 480,
      remember_browser: { enabled: false, ticked: true, idle_days: 2, absolute_days: 5 },
      second_factor_lock: { failures: 5, minutes: [1, 5, 5] },
      passkey_sign_in: true,
      default_directory: 'Staff',
      log_retention_days: 365,
      flags: { mfa_show_factor_list_on_enrollment: true, enable_public_signup_user_exists_error: true },
    });
    expect(await json('tenant', 'show')).toEqual(updated);
    expect(await stored()).toEqual({
      friendlyName: 'Acme',
      supportEmail: 'help@acme.example',
      supportUrl: 'https://acme.example/help',
      enabledLocales: ['de', 'en'],
      factors: { otp: { enabled: true }, 'recovery-code': { enabled: true } },
      policy: 'never',
      phishingResistantOnly: false,
      passkeySignIn: true,
      session: { idleMinutes: 30, absoluteMinutes: 600 },
      proofMinutes: 480,
      rememberBrowser: { enabled: false, isTicked: true, idleDays: 2, absoluteDays: 5 },
      showFactorListOnEnrolment: true,
      publicSignupUserExistsError: true,
      defaultDirectory: 'Staff',
      secondFactorLock: { failures: 5, minutes: [1, 5, 5] },
      logRetentionDays: 365,
    });
  });

  it('S-108 logs what changed, as it was and as it is, with the actor; nothing where nothing did', async () => {
    const before = await json('tenant', 'show');
    const { support_url, ...without } = before;
    const update = ['tenant', 'update', '--session-idle-minutes', '60', '--support-url', ''];
    const after = await json(...update);
    expect(after).toEqual({ ...without, idle_session_lifetime_in_minutes: 60 });
    const logged = await acts();
    expect(logged[0]).toMatchObject({
      description: 'Update the tenant',
      details: {
        actor: expect.stringMatching(/ \(command line\)$/),
        changes: {
          idle_session_lifetime_in_minutes: { from: 30, to: 60 },
          support_url: { from: support_url },
        },
      },
    });
    expect(Object.keys(logged[0].details.changes)).toHaveLength(2);
    expect(await json(...update)).toEqual(after);
    expect(await acts()).toEqual(logged);
  });

  it('names everything that is wrong with what is expected, and changes nothing', async () => {
    const before = { tenant: await json('tenant', 'show'), acts: await acts() };
    const { error, message } = await failure(
      ...['tenant', 'update', '--friendly-name', 'Acme\nInc.', '--support-email', 'nobody'],
      ...['--support-url', 'javascript:alert(1)', '--enabled-locales', 'en,tlh'],
      ...['--session-idle-minutes', '601', '--remember-browser-idle-days', '0'],
      ...['--second-factor-minutes', '4'],
      ...['--remember-browser-absolute-days', '366', '--second-factor-lock-minutes', '30,15'],
      ...['--default-directory', 'Countersign-Operators'],
    );
    expect(error).toBe('invalid_input');
    expect(message.split(/(?<=\.) (?=--)/)).toEqual([
      '--friendly-name: expected 1 to 100 characters in one line.',
      '--support-email: expected an e-mail address.',
      '--support-url: expected an https address.',
      '--enabled-locales: expected one or more of en, de, es, fr, pt, ja, each once.',
      '--session-idle-minutes: expected no more than the 600 of --session-absolute-minutes.',
      '--remember-browser-idle-days: expected 1 to 365.',
      '--remember-browser-absolute-days: expected 1 to 365.',
      '--second-factor-minutes: expected 0, or 5 to 525600.',
      '--second-factor-lock-minutes: expected 1 to 10 numbers from 1 to 10080, none smaller than the one before.',
      '--default-directory: expected 1 to 128 letters, digits and single hyphens, other than the operators’ Countersign-Operators.',
    ]);
    for (const wrong of [
      ['--remember-browser', 'perhaps'],
      ['--passkey-sign-in', 'always'],
      ['--session-idle-minutes', '-1'],
      ['--second-factor-lock-minutes', '5,many'],
    ]) {
      expect(await failure('tenant', 'update', ...wrong)).toMatchObject({
        error: 'usage',
        message: expect.stringContaining('Expected'),
      });
    }
    expect({ tenant: await json('tenant', 'show'), acts: await acts() }).toEqual(before);
  });

  it.each([
    ['--enabled-locales', ''],
    ['--enabled-locales', 'en,en'],
    ['--session-absolute-minutes', '59'],
    ['--session-absolute-minutes', '525601'],
    ['--remember-browser-absolute-days', '1'],
    ['--second-factor-lock-minutes', ''],
    ['--second-factor-lock-minutes', '0'],
    ['--friendly-name', ' '],
    ['--default-directory', 'a b'],
    ['--log-retention-days', '0'],
    ['--log-retention-days', '3651'],
  ])('refuses %s "%s"', async (option, value) => {
    expect(await failure('tenant', 'update', option, value)).toMatchObject({ error: 'invalid_input' });
  });

  it('S-15 never lets more than 100 wrong second factors pass before a lock', async () => {
    for (const count of ['0', '101']) {
      const { message } = await failure('tenant', 'update', '--second-factor-failures', count);
      expect(message).toBe('--second-factor-failures: expected 1 to 100.');
    }
    const { second_factor_lock } = await json('tenant', 'update', '--second-factor-failures', '100');
    expect(second_factor_lock).toEqual({ failures: 100, minutes: [1, 5, 5] });
  });
});
