import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLine } from '../../test/support/commandLine.ts';
import { databaseOpener } from '../../test/support/databases.ts';
import fixture from '../../test/support/simulators/apnsCertificate.json' with { type: 'json' };
import { type FcmSimulator, startFcm } from '../../test/support/simulators/fcm.ts';
import { startWebPush, type WebPushSimulator } from '../../test/support/simulators/webPush.ts';
import { systemClock } from '../config/clock.ts';
import { runCommandLine } from './runCommandLine.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('providers of pushes at the command line', () => {
  const cli = commandLine(runCommandLine, 'sqlite', databaseOpener('sqlite'));
  const { run, json, failure } = cli;
  let google: FcmSimulator;
  let browsers: WebPushSimulator;

  beforeAll(async () => {
    google = await startFcm({ clock: systemClock });
    browsers = await startWebPush({ clock: systemClock });
  });
  afterAll(() => Promise.all([google.close(), browsers.close()]));

  const credentials = (fields: object) => {
    const path = join(cli.folder, 'credentials.json');
    writeFileSync(path, JSON.stringify(fields));
    return ['--credentials-file', path];
  };

  it('kinds lists them by channel', async () => {
    const kinds = await json('provider', 'kinds');
    const names = kinds.map(({ channel, name }: { channel: string; name: string }) => `${channel} ${name}`);
    expect(names).toEqual(
      expect.arrayContaining(['webpush webpush', 'apns apns', 'apns aws-sns', 'fcm fcm', 'fcm aws-sns']),
    );
  });

  it('browsers need none: the test reaches the push service that a subscription names', async () => {
    expect(await json('provider', 'test', 'webpush', '--dev')).toMatchObject({
      channel: 'webpush',
      role: 'built-in',
      name: 'webpush',
      outcome: 'reachable',
    });
    const keys = await cli.withDatabase(({ db }) => db.selectFrom('vapid_keys').selectAll().execute());
    const subscription = browsers.subscribe(keys?.[0]?.public_key ?? '');
    const to = ['--to', JSON.stringify(subscription)];
    expect(await json('provider', 'test', 'webpush', '--dev', ...to)).toMatchObject({ outcome: 'accepted' });
    expect(JSON.parse(browsers.received[0]?.text ?? '')).toMatchObject({ dai: 'dev_sample' });
    const closed = await failure('provider', 'test', 'webpush', ...to);
    expect(closed).toMatchObject({
      error: 'not_delivered',
      message: expect.stringContaining('private_address'),
    });
    browsers.unsubscribe(subscription);
    expect((await failure('provider', 'test', 'webpush', '--dev', ...to)).message).toContain('http_410');
    expect((await failure('provider', 'test', 'webpush', '--dev', '--to', 'x')).message).toContain('JSON');
  });

  it('one is set, tested and removed', async () => {
    const set = await json(
      ...['provider', 'set', 'fcm', 'fcm', `base_url=${google.origin}`],
      ...credentials({ service_account: JSON.stringify(google.serviceAccount) }),
    );
    expect(set).toMatchObject({ channel: 'fcm', name: 'fcm', credentials: ['service_account'] });
    const allowed = ['provider', 'test', 'fcm', '--outbound-allow', google.origin];
    expect(await json(...allowed)).toMatchObject({ outcome: 'reachable' });
    expect(await json(...allowed, '--to', google.register())).toMatchObject({ outcome: 'accepted' });
    expect(google.messages).toHaveLength(1);
    expect((await failure(...allowed, '--to', 'not a token')).message).toContain('registration token');
    expect(await json('provider', 'list')).toMatchObject([{ channel: 'fcm', state: 'working' }]);
    expect(await json('provider', 'remove', 'fcm')).toMatchObject({ removed: true });
  });

  it('is refused when it can’t work, with the reason', async () => {
    const words = ['provider', 'set', 'apns', 'apns', 'bundle_id=com.example.app'];
    const refuse = async (fields: object, ...more: string[]) =>
      (await failure(...words, ...more, ...credentials(fields))).message;
    expect(await refuse({ p12: fixture.p12, p12_password: 'wrong' })).toContain('p12 password');
    expect(await refuse({ p12: fixture.legacyP12, p12_password: 'correct' })).toContain('too old');
    expect(await refuse({ private_key: p8 })).toContain('key id or team id missing');
    expect(await refuse({})).toContain('private key or p12 missing');
    expect(await refuse({ private_key: p8 }, 'key_id=short')).toContain('key_id');
    expect(await json('provider', 'list')).toEqual([]);
  });

  it('S-105 keys and certificates are never shown again', async () => {
    const set = ['provider', 'set', 'apns', 'apns', 'bundle_id=com.example.app', 'sandbox=true'];
    const signedIn = ['key_id=ABCDE12345', 'team_id=TEAM567890'];
    await json(...set, ...signedIn, ...credentials({ private_key: p8 }));
    await json(
      ...['provider', 'set', 'fcm', 'fcm'],
      ...credentials({ service_account: JSON.stringify(google.serviceAccount) }),
    );
    const outputs = [
      await run(['provider', 'show', 'apns']),
      await run(['provider', 'show', 'fcm']),
      await run(['provider', 'list']),
      await run(['provider', 'test', 'fcm', '--to', 'x'.repeat(20)]),
    ];
    const spoken = JSON.stringify([outputs, await cli.acts()]);
    const rows = await cli.withDatabase(({ db }) =>
      db.selectFrom('delivery_providers').selectAll().execute(),
    );
    const secretPart = p8.split('\n')[1] ?? '';
    for (const text of [spoken, JSON.stringify(rows)]) {
      expect(text).not.toContain(secretPart);
      expect(text).not.toContain('BEGIN PRIVATE KEY');
      expect(text).not.toContain('client_email');
    }
    expect(await json('provider', 'show', 'apns')).toMatchObject({
      settings: { bundle_id: 'com.example.app', sandbox: true, key_id: 'ABCDE12345' },
      credentials: ['private_key'],
    });
    for (const channel of ['apns', 'fcm']) await json('provider', 'remove', channel);
  });

  it('test in development without a provider leaves a request in the outbox', async () => {
    const token = 'ab'.repeat(32);
    expect(await json('provider', 'test', 'apns', '--dev', '--to', token)).toMatchObject({
      channel: 'apns',
      outcome: 'outbox',
    });
    const rows = await cli.withDatabase(({ db }) =>
      db.selectFrom('messages').selectAll().where('channel', '=', 'apns').execute(),
    );
    expect(rows).toMatchObject([{ status: 'sent', provider: 'outbox', recipient_masked: '…abab' }]);
    expect((await failure('provider', 'test', 'apns', '--dev', '--to', '12')).error).toBe('invalid_input');
  });
});
