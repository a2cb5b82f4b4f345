import { describe, expect, it } from 'vitest';
import { runCommandLine } from './runCommandLine.ts';

describe('without a command', () => {
  const run = async (...words: string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const exitCode = await runCommandLine(words, {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      input: process.stdin,
      environment: {},
    });
    return { exitCode, stdout: out.join('\n'), stderr: err.join('\n') };
  };

  it('prints the help, of everything or of the group', async () => {
    const all = await run();
    expect(all).toMatchObject({ exitCode: 1, stdout: '' });
    expect(all.stderr).toMatch(/^Usage: countersign .*Commands:.*doctor/s);
    const group = await run('client');
    expect(group).toMatchObject({ exitCode: 1, stdout: '' });
    expect(group.stderr).toMatch(/^Usage: countersign client .*create/s);
    expect(all.stderr + group.stderr).not.toMatch(/error|outputHelp/i);
  });

  it('tells programs that one is missing', async () => {
    for (const words of [['--json'], ['client', '--json']]) {
      const { exitCode, stdout, stderr } = await run(...words);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(JSON.parse(stderr)).toEqual({
        error: 'usage',
        message: 'A command is missing; see --help.',
      });
    }
  });

  it('gives help on request as an answer', async () => {
    expect(await run('--help')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await run('client', '--help')).toMatchObject({ exitCode: 0, stderr: '' });
  });
});
