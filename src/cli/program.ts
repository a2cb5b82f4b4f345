import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { CommandIo } from './commandIo.ts';

/** Adds a command with its subcommands. `setExitCode` is for one that answers, but with a bad finding. */
export type RegisterCommand = (program: Command, io: CommandIo, setExitCode: (code: number) => void) => void;

/** In the order of the help. Loaded when needed: `user list` has no use for an HTTP server. */
const commands: Readonly<Record<string, () => Promise<{ register: RegisterCommand }>>> = {
  serve: () => import('./serve.ts'),
  init: () => import('./init.ts'),
  client: () => import('./client.ts'),
  api: () => import('./api.ts'),
  user: () => import('./user.ts'),
  operator: () => import('./operator.ts'),
  tenant: () => import('./tenant.ts'),
  factor: () => import('./factor.ts'),
  'authenticator-model': () => import('./authenticatorModel.ts'),
  policy: () => import('./policy.ts'),
  provider: () => import('./provider.ts'),
  prefix: () => import('./prefix.ts'),
  template: () => import('./template.ts'),
  keys: () => import('./keys.ts'),
  log: () => import('./log.ts'),
  doctor: () => import('./doctor.ts'),
};

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The command line, with the command that the first word names, or all of them when it names none. */
export async function createProgram(
  words: readonly string[],
  io: CommandIo,
  setExitCode: (code: number) => void,
): Promise<Command> {
  const program = new Command('countersign')
    .description('Self-hosted multi-factor authentication that speaks Auth0’s public contracts.')
    .version(version)
    .addHelpText('after', '\nSettings: docs/settings.md. Every command has its own --help.')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      // The help, where a command is missing.
      writeErr: (text) => (words.includes('--json') ? undefined : io.err(text.trimEnd())),
      // Errors are thrown as well, and told once.
      outputError: () => {},
    });
  const wanted = commands[words[0] ?? ''];
  for (const load of wanted ? [wanted] : Object.values(commands)) {
    const { register } = await load();
    register(program, io, setExitCode);
  }
  return program;
}
