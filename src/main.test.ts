import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { spawnCountersign } from '../test/support/countersign.ts';

it('a command whose reader has enough ends without a word', async () => {
  const command = spawnCountersign(['serve', '--help']);
  command.stdout?.destroy();
  const [errors, [exitCode]] = await Promise.all([
    command.stderr ? text(command.stderr) : '',
    once(command, 'exit'),
  ]);
  expect([errors, exitCode]).toEqual(['', 0]);
});
