import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandLine } from '../../test/support/commandLine.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import { runCommandLine } from './runCommandLine.ts';

const skey = 'Q'.repeat(40);
const publicSettings = ['ikey=DIAAAAAAAAAAAAAAAAAA', 'host=api-12ab34cd.duosecurity.com'];

forEachDatabase((engine, open) => {
  const house = commandLine(runCommandLine, engine, open);
  const { run, json, failure, acts, withDatabase } = house;
  const stored = async () =>
    (await withDatabase(({ db }) => readTenantSettings(db))).factors.duo?.settings as { skey?: string };

  it('says what is missing', async () => {
    const { stdout, stderr } = await run(['factor', 'enable', 'duo']);
    expect(stdout + stderr).toContain("The settings ikey, skey and host aren't set.");
  });

  it('tells what the service says of the settings', async () => {
    expect(await failure('factor', 'test', 'duo')).toEqual({
      error: 'service_unavailable',
      message: 'The service of duo refuses: not_set_up.',
    });
    expect((await failure('factor', 'test', 'otp')).error).toBe('invalid_input');
  });

  it('S-105 takes a secret from a file or standard input, and tells only that it is set', async () => {
    const given = await run(
      ['factor', 'settings', 'duo', ...publicSettings, '--credentials-stdin'],
      `skey=${skey}\n`,
    );
    expect(given).toMatchObject({ exitCode: 0 });
    expect(given.stdout).toMatch(/^skey +set +not set +40 letters and digits$/m);
    expect(given.stdout).not.toContain(skey);
    const sealed = (await stored()).skey;
    expect(sealed).not.toContain(skey);

    const file = join(house.folder, 'duo.json');
    writeFileSync(file, JSON.stringify({ skey }));
    const { settings } = await json('factor', 'settings', 'duo', '--credentials-file', file);
    expect(settings).toMatchObject({ skey: 'set', fail_mode: 'closed' });
    expect((await stored()).skey).not.toBe(sealed);
    const [change] = await acts();
    expect(change).toMatchObject({ details: { from: { skey: 'set' }, to: { skey: 'replaced' } } });
    expect(JSON.stringify(await acts())).not.toContain(skey);
    expect((await run(['factor', 'settings', 'duo'])).stdout).not.toContain(sealed);
  });

  it('takes no secret as an argument, where every process of the machine can read it', async () => {
    const { message } = await failure('factor', 'settings', 'duo', `skey=${skey}`);
    expect(message).toBe('skey: give it by --credentials-file, --credentials-stdin or --credentials-env.');
    const short = await run(['factor', 'settings', 'duo', '--credentials-stdin', '--json'], 'skey=tooshort');
    expect(short.stderr).toContain('skey: expected 40 letters and digits.');
    expect(short.stderr).not.toContain('tooshort');
    const other = await run(
      ['factor', 'settings', 'duo', '--credentials-stdin', '--json'],
      'host=api-1.example',
    );
    expect(other.stderr).toContain('host: expected one of skey.');
  });

  it('takes it out again', async () => {
    const { settings } = await json('factor', 'settings', 'duo', 'skey=');
    expect(settings).toMatchObject({ skey: 'not set' });
    expect(await stored()).not.toHaveProperty('skey');
  });
});
