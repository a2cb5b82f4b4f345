import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLine } from '../../test/support/commandLine.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { runCommandLine } from './runCommandLine.ts';

const accountSid = `AC${'a'.repeat(32)}`;
const secret = 'canary-token';
const webhookSecret = 'canary-of-at-least-thirty-two-characters';

forEachDatabase((engine, open) => {
  const cli = commandLine(runCommandLine, engine, open);
  const { run, json, failure, acts } = cli;
  const file = (name: string, text: string) => {
    const path = join(cli.folder, name);
    writeFileSync(path, text);
    return path;
  };
  const credentials = (text = `auth_token=${secret}\n`) => file('credentials', text);

  describe('provider', () => {
    let port: number;
    const posted: { channel: string; to: string; text: string }[] = [];
    let status = 202;
    const gateway = createServer((request, response) => {
      let body = '';
      request.on('data', (data) => {
        body += data;
      });
      request.on('end', () => {
        posted.push(JSON.parse(body));
        response.writeHead(status, { 'content-type': 'application/json' }).end('{"id":"their-id"}');
      });
    });
    beforeAll(async () => {
      await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
      ({ port } = gateway.address() as AddressInfo);
    });
    afterAll(() => void gateway.close());

    it('kinds lists what there is and what each asks for', async () => {
      const kinds = await json('provider', 'kinds', 'sms');
      const twilio = kinds.find(({ name }: { name: string }) => name === 'twilio');
      expect(twilio).toMatchObject({ channel: 'sms', title: 'Twilio' });
      expect(twilio.settings).toContainEqual(
        expect.objectContaining({ name: 'account_sid', required: true }),
      );
      expect(twilio.credentials[0]).toMatchObject({ name: 'auth_token', required: true });
      expect((await run(['provider', 'kinds', 'email'])).stdout).toMatch(/email sendgrid: .*\n {2}settings/);
    });

    it('is set, listed, shown, changed and removed', async () => {
      expect(await json('provider', 'list')).toEqual([]);
      const set = await json(
        ...['provider', 'set', 'sms', 'twilio', `account_sid=${accountSid}`, 'from=Shop'],
        ...['--credentials-file', credentials()],
      );
      expect(set).toMatchObject({
        channel: 'sms',
        role: 'primary',
        name: 'twilio',
        state: 'working',
        concurrency: 10,
        settings: { account_sid: accountSid, from: 'Shop' },
        credentials: ['auth_token'],
        receipts_url: expect.stringMatching(/^https?:\/\/.*\/delivery\/receipts\/prv_/),
      });
      expect(await json('provider', 'show', 'sms')).toEqual(set);
      const changed = await json(
        ...['provider', 'set', 'sms', 'twilio', 'from=', `messaging_service_sid=MG${'b'.repeat(32)}`],
        ...['--concurrency', '3'],
      );
      expect(changed).toMatchObject({ concurrency: 3, receipts_url: set.receipts_url });
      expect(changed.settings).toEqual({
        account_sid: accountSid,
        messaging_service_sid: `MG${'b'.repeat(32)}`,
      });
      expect(await json('provider', 'list')).toMatchObject([{ channel: 'sms', role: 'primary' }]);
      expect(await json('provider', 'remove', 'sms')).toMatchObject({ removed: true });
      expect((await failure('provider', 'remove', 'sms')).error).toBe('not_found');
      expect((await acts()).slice(0, 3).map(({ description }) => description)).toEqual([
        'Remove a provider',
        'Set a provider',
        'Set a provider',
      ]);
    });

    it('takes credentials from standard input and the environment, as lines or JSON', async () => {
      const words = ['provider', 'set', 'sms', 'twilio', `account_sid=${accountSid}`, 'from=Shop'];
      const viaInput = await run(
        [...words, '--credentials-stdin', '--json'],
        JSON.stringify({ auth_token: secret }),
      );
      expect(viaInput).toMatchObject({ exitCode: 0, stderr: '' });
      expect((await failure(...words, '--credentials-env', 'NOT_THERE')).message).toContain('NOT_THERE');
      const both = await failure(...words, '--credentials-stdin', '--credentials-file', 'x');
      expect(both.error).toBe('usage');
    });

    it('another one in the same role begins with nothing of the one before', async () => {
      const { message } = await failure('provider', 'set', 'sms', 'vonage', 'from=Shop');
      expect(message).toContain('api_key');
      expect(await json('provider', 'list')).toMatchObject([{ name: 'twilio' }]);
    });

    it('tells every fault at once, and changes nothing', async () => {
      const { error, message } = await failure(
        ...['provider', 'set', 'sms', 'twilio', 'account_sid=nonsense', '--secondary'],
        ...['--credentials-file', credentials()],
      );
      expect(error).toBe('invalid_input');
      expect(message).toMatch(/account_sid: .*AC/);
      const missing = await failure('provider', 'set', 'sms', 'twilio', '--secondary');
      expect(missing.message).toContain('account_sid');
      const sender = await failure(
        ...['provider', 'set', 'sms', 'twilio', `account_sid=${accountSid}`, '--secondary'],
        ...['--credentials-file', credentials()],
      );
      expect(sender.message).toContain('sender missing');
      expect((await failure('provider', 'set', 'fax', 'twilio')).message).toContain(
        'sms, voice, email, webpush, apns or fcm',
      );
      expect((await failure('provider', 'set', 'sms', 'pigeon')).message).toContain('twilio');
      expect((await failure('provider', 'set', 'sms', 'twilio', 'colour=red')).message).toContain(
        'account_sid',
      );
      expect((await failure('provider', 'set', 'sms', 'twilio', '--concurrency', '0')).error).toBe(
        'invalid_input',
      );
      expect(await json('provider', 'list')).toMatchObject([{ role: 'primary' }]);
    });

    it('S-105 never repeats a credential, in answers, errors or logs', async () => {
      const bad = `{ "auth_token": "${secret}", `;
      const outputs = await Promise.all([
        run(['provider', 'show', 'sms']),
        run(['provider', 'list']),
        run(['provider', 'set', 'sms', 'twilio', '--credentials-file', credentials(bad)]),
        run(['provider', 'set', 'sms', 'twilio', secret]),
        run(['provider', 'set', 'email', 'webhook', 'url=https://a.example'], ''),
      ]);
      const spoken = JSON.stringify([outputs, await acts()]);
      expect(spoken).not.toContain(secret);
      await cli.withDatabase(async ({ db }) => {
        const rows = await db.selectFrom('delivery_providers').selectAll().execute();
        expect(rows).toHaveLength(1);
        expect(JSON.stringify(rows)).not.toContain(secret);
      });
    });

    it('test in development without a provider leaves the message in the outbox, and says so', async () => {
      const { stdout } = await run(['provider', 'test', 'voice', '--dev', '--to', '+4915112345678']);
      expect(stdout).toMatch(/went to the outbox: http\S+\/dev\/outbox$/);
      expect(await json('provider', 'test', 'email', '--dev', '--to', 'ann@example.com')).toMatchObject({
        channel: 'email',
        outcome: 'outbox',
      });
      await cli.withDatabase(async ({ db }) => {
        const rows = await db.selectFrom('messages').selectAll().orderBy('id').execute();
        expect(rows).toMatchObject([
          {
            channel: 'voice',
            status: 'sent',
            user_id: null,
            provider: 'outbox',
            recipient_masked: 'XXXXXXXXXX5678',
          },
          { channel: 'email', status: 'sent', provider: 'outbox' },
        ]);
        for (const row of rows) expect(row.content_encrypted).not.toBe('');
      });
      expect((await run(['provider', 'test', 'voice', '--dev'])).stdout).toContain('go to the outbox');
      expect((await failure('provider', 'test', 'voice', '--dev', '--to', '12')).error).toBe('invalid_input');
      expect((await failure('provider', 'test', 'voice', '--to', '+4915112345678')).error).toBe('not_found');
    });

    it('test without a right recipient sends and logs nothing', async () => {
      const origin = `http://127.0.0.1:${port}`;
      const words = ['provider', 'set', 'voice', 'webhook', `url=${origin}/`];
      await json(...words, '--credentials-file', credentials(`secret=${webhookSecret}`));
      const before = await acts();
      const test = ['provider', 'test', 'voice', '--outbound-allow', origin];
      for (const to of ['12', 'ann@example.com', '+4915112345678,+4915112345679']) {
        expect((await failure(...test, '--to', to)).error).toBe('invalid_input');
      }
      expect(posted).toEqual([]);
      expect(await acts()).toEqual(before);
    });

    it('test sends a message past the queue, and tells what the provider said', async () => {
      const origin = `http://127.0.0.1:${port}`;
      const words = ['provider', 'set', 'sms', 'webhook', `url=${origin}/`];
      await json(...words, '--credentials-file', credentials(`secret=${webhookSecret}`));
      const allowed = ['provider', 'test', 'sms', '--outbound-allow', origin];
      const test = (...more: string[]) => json(...allowed, ...more);
      const sent = await test('--to', '+4915112345678');
      expect(sent).toMatchObject({ outcome: 'accepted', provider_message_id: 'their-id' });
      expect(posted).toMatchObject([{ channel: 'sms', to: '+4915112345678' }]);
      expect(posted[0]?.text).toContain('test message');
      status = 401;
      const { error, message } = await failure(...allowed, '--to', '+4915112345678');
      expect(error).toBe('not_delivered');
      expect(message).toContain('credentials');
      const forbidden = await failure('provider', 'test', 'sms', '--to', '+4915112345678');
      expect(forbidden.error).toBe('not_delivered');
      expect(posted).toHaveLength(2);
      expect((await failure('provider', 'test', 'sms', '--to', '12')).error).toBe('invalid_input');
      expect((await failure('provider', 'test', 'sms')).message).toContain('--to');
    });
  });
});
