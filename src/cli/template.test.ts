import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../test/support/commandLine.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { runCommandLine } from './runCommandLine.ts';

forEachDatabase((engine, open) => {
  const cli = commandLine(runCommandLine, engine, open);
  const { json, failure, acts, run } = cli;
  const file = (name: string, content: string): string => {
    const path = join(cli.folder, name);
    writeFileSync(path, content);
    return path;
  };

  it('lists every message, with our words at first', async () => {
    const messages = await json('template', 'list');
    expect(messages).toContainEqual({ channel: 'sms', name: 'verification', languages: [] });
    expect(messages).toContainEqual({ channel: 'email', name: 'mfa_oob_code', languages: [] });
    const shown = await json('template', 'show', 'sms', 'verification', '--language', 'de');
    expect(shown).toMatchObject({ customized: false, language: 'de' });
    expect(shown.parts.text).toContain('Ihr Code für {{ friendly_name }}');
  });

  it('stores words from a file or standard input, shows and removes them, and logs who did', async () => {
    const path = file('sms.liquid', '{{ code }} for Ann\n');
    const stored = await json('template', 'set', 'sms', 'verification', path, '--language', 'DE');
    expect(stored).toEqual({
      channel: 'sms',
      name: 'verification',
      language: 'de',
      parts: { text: '{{ code }} for Ann' },
    });
    const { exitCode } = await run(['template', 'set', 'sms', 'verification', '-'], 'For all: {{ code }}');
    expect(exitCode).toBe(0);
    expect((await json('template', 'list'))[1].languages).toEqual(['*', 'de']);
    const french = await json('template', 'show', 'sms', 'verification', '--language', 'fr');
    expect(french).toMatchObject({ customized: true, parts: { text: 'For all: {{ code }}' } });
    await json('template', 'remove', 'sms', 'verification', '--language', 'de');
    expect((await failure('template', 'remove', 'sms', 'verification', '--language', 'de')).error).toBe(
      'not_found',
    );
    const [removed, set] = await acts();
    expect(removed.description).toBe('Remove a message template');
    expect(set.details).toMatchObject({ channel: 'sms', template: 'verification', language: '*' });
    expect(set.details.actor).toContain('(command line)');
  });

  it('stores nothing that is wrong, and names line, column and problem', async () => {
    const path = file('broken.liquid', 'Hello\n{{ code | shout }}');
    expect(await failure('template', 'set', 'voice', 'enrolment', path)).toEqual({
      error: 'invalid_template',
      message: 'Not stored. text, line 2, column 1: unknown filter "shout".',
    });
    expect((await json('template', 'show', 'voice', 'enrolment')).customized).toBe(false);
    const html = file('no-link.html', '<p>{{ user.name }}</p>');
    expect((await failure('template', 'set', 'email', 'reset_email', html)).message).toContain(
      'html, line 1, column 7: unknown variable "user.name"',
    );
  });

  it('keeps the sender of an e-mail until it is taken away', async () => {
    const html = file('sender.html', '<p>{{ code }}</p>');
    const set = ['template', 'set', 'email', 'mfa_oob_code', html];
    const from = '{{ friendly_name }} <codes@acme.example>';
    expect((await json(...set, '--from', from)).parts.from).toBe(from);
    expect((await json(...set, '--subject', 'Code')).parts).toMatchObject({ from, subject: 'Code' });
    expect((await run(['template', 'show', 'email', 'mfa_oob_code'])).stdout).toContain(`From: ${from}`);
    const preview = await run(['template', 'preview', 'email', 'mfa_oob_code']);
    expect(preview.stdout).toContain('From: Countersign <codes@acme.example>');
    expect((await failure(...set, '--from', 'Acme')).message).toContain('from: expected an address');
    expect((await json(...set, '--from', '')).parts).not.toHaveProperty('from');
    await json('template', 'remove', 'email', 'mfa_oob_code');
  });

  it('previews what is in force, and what is not stored yet', async () => {
    const url = ['--public-url', 'https://login.acme.example'];
    const own = await json('template', 'preview', 'sms', 'enrolment', '--language', 'fr', ...url);
    expect(own.text).toContain('Votre code pour ajouter ce numéro');
    expect(own.text).toContain('@login.acme.example #123456');
    const html = file('mail.html', '<p>{{ code }}</p>');
    const words = [
      'template',
      'preview',
      'email',
      'mfa_oob_code',
      html,
      '--subject',
      'Hi {{ friendly_name }}',
    ];
    expect(await json(...words, ...url)).toMatchObject({
      subject: 'Hi Countersign',
      html: '<p>123456</p>',
      text: '123456\n',
    });
    const part = await run([...words, '--part', 'html', ...url]);
    expect(part.stdout.trim()).toBe('<p>123456</p>');
    const call = await run(['template', 'preview', 'voice', 'verification', ...url]);
    expect(call.stdout).toMatch(/1 2 3 4 5 6\. \(2 s\)/);
    const text = await run(['template', 'preview', 'sms', 'verification', ...url]);
    expect(text.stdout).toMatch(/1 part, \d+ characters of GSM-7/);
  });

  describe('refuses', () => {
    it.each([
      ['a message there is not', ['show', 'sms', 'reset_email'], 'not_found'],
      ['a language that is none', ['show', 'sms', 'enrolment', '--language', 'de-DE'], 'invalid_input'],
      ['a file that is not there', ['set', 'sms', 'enrolment', '/nowhere/x'], 'invalid_input'],
      ['a subject of a text', ['set', 'sms', 'enrolment', '-', '--subject', 'x'], 'usage'],
      ['a sender of a text', ['set', 'sms', 'enrolment', '-', '--from', 'a@acme.example'], 'usage'],
      ['the HTML of a text', ['show', 'sms', 'enrolment', '--part', 'html'], 'usage'],
    ])('%s', async (_name, words, error) => {
      expect((await failure('template', ...words)).error).toBe(error);
    });
  });
});
