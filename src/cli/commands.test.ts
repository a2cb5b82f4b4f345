import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { describe, expect, it } from 'vitest';
import { commandLine, type Document } from '../../test/support/commandLine.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { runCommandLine } from './runCommandLine.ts';

forEachDatabase((engine, open) => {
  const cli = commandLine(runCommandLine, engine, open);
  const { run, json, failure, acts } = cli;

  describe('client', () => {
    it('creates, shows, lists, changes and deletes', async () => {
      const created = await json(
        ...['client', 'create', '--name', 'Shop', '--app-type', 'regular_web'],
        ...['--grant-types', 'authorization_code, refresh_token,mfa-otp'],
        ...['--callbacks', 'https://shop.example/cb,http://localhost:4000/cb'],
        ...['--allowed-logout-urls', 'https://shop.example', '--web-origins', 'https://shop.example'],
        ...['--token-endpoint-auth-method', 'client_secret_basic', '--signing-alg', 'ES256'],
        ...['--mfa-policy', 'always', '--refresh-token-rotation', 'rotating', '--refresh-token-leeway', '5'],
        ...['--second-factor-minutes', '60', '--remember-browser-days', '0'],
      );
      expect(created).toMatchObject({
        client_id: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
        client_secret: expect.stringMatching(/^.{64}$/),
        name: 'Shop',
        grant_types: ['authorization_code', 'refresh_token', 'http://auth0.com/oauth/grant-type/mfa-otp'],
        callbacks: ['https://shop.example/cb', 'http://localhost:4000/cb'],
        allowed_logout_urls: ['https://shop.example'],
        web_origins: ['https://shop.example'],
        token_endpoint_auth_method: 'client_secret_basic',
        jwt_configuration: { alg: 'ES256' },
        refresh_token: { rotation_type: 'rotating', leeway: 5, token_lifetime: 31_536_000 },
        mfa_policy: 'always',
        second_factor_lifetime_in_minutes: 60,
        remember_browser_days: 0,
        is_first_party: true,
      });
      const { client_id: id, client_secret: secret } = created;
      expect(await json('client', 'show', id)).toEqual(created);
      expect(JSON.stringify(await json('client', 'list'))).not.toContain(secret);

      const updated = await json('client', 'update', id, '--mfa-policy', 'tenant', '--no-first-party');
      expect(updated).toMatchObject({ name: 'Shop', is_first_party: false, refresh_token: { leeway: 5 } });
      expect(updated).not.toHaveProperty('mfa_policy');
      expect(updated).toMatchObject({ second_factor_lifetime_in_minutes: 60, remember_browser_days: 0 });
      const followed = ['--second-factor-minutes', 'tenant', '--remember-browser-days', 'tenant'];
      const follower = await json('client', 'update', id, ...followed);
      for (const own of ['second_factor_lifetime_in_minutes', 'remember_browser_days'])
        expect(follower).not.toHaveProperty(own);
      expect(await json('client', 'update', id, '--name', 'Shop')).toMatchObject({ is_first_party: false });
      expect(await json('client', 'update', id, '--first-party')).toMatchObject({ is_first_party: true });
      const { client_secret: rotated } = await json('client', 'update', id, '--rotate-secret');
      expect(rotated).not.toBe(secret);
      expect(await json('client', 'show', id)).toMatchObject({ client_secret: rotated });

      expect(await json('client', 'delete', id)).toEqual({ client_id: id, deleted: true });
      expect(await failure('client', 'show', id)).toMatchObject({ error: 'not_found' });
      expect(await failure('client', 'update', id, '--name', 'x')).toMatchObject({ error: 'not_found' });
      expect(await failure('client', 'delete', id)).toMatchObject({ error: 'not_found' });
    });

    it('takes public keys from a file', async () => {
      const { publicKey } = await generateKeyPair('ES256');
      const file = join(cli.folder, 'keys.json');
      writeFileSync(file, JSON.stringify({ keys: [await exportJWK(publicKey)] }));
      const method = ['--token-endpoint-auth-method', 'private_key_jwt'];
      const created = await json('client', 'create', '--name', 'Robot', ...method, '--jwks', file);
      expect(created.jwks.keys).toHaveLength(1);
      writeFileSync(file, 'no JSON');
      const error = await failure('client', 'create', '--name', 'Robot', ...method, '--jwks', file);
      expect(error.message).toBe(`${file} holds no JSON Web Key Set.`);
    });

    it('names everything that is wrong', async () => {
      const wrong = [
        ...['--callbacks', 'http://shop.example', '--signing-alg', 'HS256', '--mfa-policy', 'maybe'],
        ...['--second-factor-minutes', '4', '--remember-browser-days', '366'],
      ];
      const { error, message } = await failure('client', 'create', '--name', 'Shop', ...wrong);
      expect(error).toBe('invalid_input');
      const parts = ['second_factor_lifetime_in_minutes', 'remember_browser_days'];
      for (const part of ['callbacks', 'alg', 'mfa_policy', ...parts]) expect(message).toContain(part);
      expect(await failure('client', 'create', '--name', 'Shop', '--app-type', 'toaster')).toEqual({
        error: 'usage',
        message:
          '--app-type: toaster is not accepted. Expected one of spa, native, regular_web, non_interactive.',
      });
      const { message: grants } = await failure(
        'client',
        'create',
        '--name',
        'Shop',
        '--grant-types',
        'passwd',
      );
      expect(grants).toMatch(/"passwd" is not a grant type; expected any of authorization_code, .*mfa-otp/);
    });
  });

  describe('api', () => {
    const identifier = 'https://api.example/';

    it('creates, shows, lists, changes, grants, revokes and deletes', async () => {
      const created = await json(
        ...['api', 'create', '--identifier', identifier, '--name', 'Orders'],
        ...['--scopes', 'read:orders,write:orders', '--step-up-scopes', 'write:orders'],
        ...['--token-lifetime', '600', '--signing-alg', 'PS256'],
        ...['--allow-offline-access', '--client-access', 'require_client_grant'],
      );
      expect(created).toMatchObject({
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        identifier,
        name: 'Orders',
        scopes: [
          { value: 'read:orders', description: '' },
          { value: 'write:orders', description: '' },
        ],
        step_up_scopes: ['write:orders'],
        token_lifetime: 600,
        signing_alg: 'PS256',
        allow_offline_access: true,
        subject_type_authorization: { client: { policy: 'require_client_grant' } },
      });
      expect(await json('api', 'show', created.id)).toEqual(created);
      expect(await json('api', 'list')).toContainEqual(created);
      const updated = await json(
        'api',
        'update',
        identifier,
        '--token-lifetime',
        '60',
        '--no-allow-offline-access',
      );
      expect(updated).toEqual({ ...created, token_lifetime: 60, allow_offline_access: false });

      const { client_id: id } = await json(
        'client',
        'create',
        '--name',
        'Robot',
        '--app-type',
        'non_interactive',
      );
      const grant = await json('api', 'grant', id, identifier, '--scopes', 'read:orders');
      expect(grant).toMatchObject({ client_id: id, audience: identifier, scope: ['read:orders'] });
      expect(await json('api', 'grant', id, identifier)).toEqual({
        ...grant,
        scope: ['read:orders', 'write:orders'],
      });
      expect(await json('api', 'grants', '--client', id)).toMatchObject([{ id: grant.id }]);
      expect(await json('api', 'grants', '--client', 'nobody')).toEqual([]);
      expect(await failure('api', 'grant', 'nobody', identifier)).toMatchObject({ error: 'not_found' });
      expect(await json('api', 'revoke', id, identifier)).toMatchObject({ id: grant.id, deleted: true });
      expect(await failure('api', 'revoke', id, identifier)).toMatchObject({ error: 'not_found' });

      expect(await json('api', 'delete', identifier)).toMatchObject({ identifier, deleted: true });
      expect(await failure('api', 'show', identifier)).toMatchObject({ error: 'not_found' });
    });

    it('names what is built in by the address of the server that runs', async () => {
      const address = ['--public-url', 'https://login.example.com'];
      const [builtIn] = await json('api', 'list', ...address);
      expect(builtIn.identifier).toBe('https://login.example.com/mfa/');
      expect(await json('api', 'show', builtIn.identifier, ...address)).toEqual(builtIn);
      const { error } = await failure('api', 'create', '--identifier', builtIn.identifier, ...address);
      expect(error).toBe('invalid_input');
    });

    it('leaves what is built in alone', async () => {
      const [builtIn] = await json('api', 'list');
      expect(builtIn.is_system).toBe(true);
      for (const verb of ['update', 'delete']) {
        expect(await failure('api', verb, builtIn.identifier)).toMatchObject({ error: 'not_allowed' });
      }
    });
  });

  describe('user', () => {
    const password = 'quite a long sentence';

    it('creates, shows, lists, blocks and deletes', async () => {
      const created = await json(
        'user',
        'create',
        '--email',
        'Ann@Example.com',
        '--password',
        password,
        '--email-verified',
      );
      expect(created).toMatchObject({
        user_id: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/),
        email: 'ann@example.com',
        email_verified: true,
        identities: [{ connection: 'Username-Password-Authentication', provider: 'auth0', isSocial: false }],
      });
      expect(JSON.stringify(created)).not.toContain(password);
      const { user_id: id } = created;
      expect(await json('user', 'show', 'ANN@example.com')).toEqual({
        ...created,
        authentication_methods: [],
        trusted_browsers: [],
      });
      expect(await json('user', 'list')).toEqual([created]);
      expect(await json('user', 'block', id)).toEqual({ user_id: id, blocked: true });
      expect(await json('user', 'show', id)).toMatchObject({ blocked: true });
      expect(await json('user', 'unblock', id)).toEqual({ user_id: id, blocked: false });
      expect(await json('user', 'reset-mfa', id)).toEqual({ user_id: id, removed: [] });
      expect(await failure('user', 'create', '--email', 'ann@example.com')).toMatchObject({
        error: 'user_exists',
      });
      expect(await json('user', 'delete', id)).toEqual({ user_id: id, deleted: true });
      for (const verb of ['show', 'block', 'reset-mfa', 'delete']) {
        expect(await failure('user', verb, id)).toMatchObject({ error: 'not_found' });
      }
    });

    it('takes a password from standard input', async () => {
      const words = ['user', 'create', '--email', 'bob@example.com', '--password-stdin', '--json'];
      const { user_id: id } = JSON.parse((await run(words, `${password}\nsecond line`)).stdout);
      const next = ['user', 'set-password', id, '--password-stdin', '--json'];
      expect(JSON.parse((await run(next, 'another long sentence\n')).stdout)).toEqual({
        user_id: id,
        password_changed: true,
      });
      expect((await run(next, '')).stderr).toContain('standard input holds no line');
      expect((await run([...next, '--password', 'x'], 'y')).stderr).toContain('exclude each other');
      expect(await failure('user', 'set-password', id)).toMatchObject({ error: 'usage' });
      expect(await failure('user', 'set-password', id, '--password', '12345678')).toMatchObject({
        error: 'weak_password',
      });
    });

    it('refuses what is no address and what a guesser tries first', async () => {
      expect(await failure('user', 'create', '--email', 'nobody')).toMatchObject({ error: 'invalid_input' });
      const weak = await failure('user', 'create', '--email', 'eve@example.com', '--password', 'password1');
      expect(weak.error).toBe('weak_password');
      expect(weak.message).not.toContain('password1');
    });
  });

  describe('factor', () => {
    it('switch factors', async () => {
      expect(await json('factor', 'list')).toEqual([
        { name: 'webauthn-platform', enabled: false },
        { name: 'webauthn-roaming', enabled: false },
        { name: 'push-notification', enabled: false },
        { name: 'otp', enabled: true },
        { name: 'duo', enabled: false },
        { name: 'phone', enabled: false },
        { name: 'email', enabled: false },
        { name: 'recovery-code', enabled: true },
        { name: 'temporary-pass', enabled: false },
      ]);
      expect(await json('factor', 'disable', 'otp')).toEqual({ name: 'otp', enabled: false });
      expect(await json('factor', 'list')).toContainEqual({ name: 'otp', enabled: false });
      expect(await json('factor', 'enable', 'otp')).toEqual({ name: 'otp', enabled: true });
      expect(await failure('factor', 'enable', 'telepathy')).toMatchObject({ error: 'not_found' });
    });
  });

  describe('keys', () => {
    it('rotates the signing keys', async () => {
      const first = await json('keys', 'rotate');
      const second = await json('keys', 'rotate');
      expect(second.kids).toHaveLength(3);
      expect(second.kids).not.toEqual(first.kids);
    });

    it('S-104 replaces the master key, and nothing opens with the old one', async () => {
      const file = join(cli.folder, 'master.key');
      const { client_id: id, client_secret: secret } = await json('client', 'create', '--name', 'Shop');
      const before = readFileSync(file, 'utf8');
      expect(await json('keys', 'rotate', '--master')).toEqual({ rewrapped: 2 });
      const after = readFileSync(file, 'utf8');
      expect(after).not.toBe(before);
      expect(await json('client', 'show', id)).toMatchObject({ client_secret: secret });
      writeFileSync(file, before);
      expect(await failure('client', 'list')).toMatchObject({ error: 'wrong_master_key' });
      writeFileSync(file, after);

      const own = join(cli.folder, 'own.key');
      writeFileSync(own, before);
      expect(await json('keys', 'rotate', '--master', '--new-master-key-file', own)).toEqual({
        rewrapped: 2,
      });
      expect(await failure('client', 'list')).toMatchObject({ error: 'wrong_master_key' });
      writeFileSync(file, before);
      expect(await json('client', 'show', id)).toMatchObject({ client_secret: secret });
    });

    it('refuses to go on over an interrupted replacement', async () => {
      const staged = join(cli.folder, 'master.key.new');
      writeFileSync(staged, 'left behind');
      const { message } = await failure('keys', 'rotate', '--master');
      expect(message).toContain(`${staged} exists`);
      rmSync(staged);
    });
  });

  describe('doctor', () => {
    it('looks at everything and says what to mend', async () => {
      const { ok, checks } = await json('doctor', '--dev', '--port', '1');
      expect(ok).toBe(true);
      expect(checks.map((check: Document) => `${check.name}: ${check.status}`)).toEqual([
        'settings: ok',
        'data folder: ok',
        'database: ok',
        'clock: ok',
        'keys: ok',
        'e-mail: ok',
        'public address: warning',
      ]);
    });

    it('fails where something is wrong', async () => {
      const { exitCode, stdout } = await run(['doctor']);
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(/FAILED {3}settings: publicUrl is http:/);
      expect(stdout).toContain('warning  e-mail: no mail server is set');
    });
  });

  it('S-108 logs each act with its actor and without secrets', async () => {
    const logged = await acts();
    const descriptions = new Set(logged.map((act) => act.description));
    for (const act of [
      'Create a client',
      'Update an API',
      'Delete a user',
      'Factor disable',
      'Replace the master key',
    ]) {
      expect(descriptions).toContain(act);
    }
    expect(logged.every((act) => act.details.actor.endsWith('(command line)'))).toBe(true);
    expect(JSON.stringify(logged)).not.toContain('sentence');
  });
});
