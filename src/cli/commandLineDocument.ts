import type { Command } from 'commander';
import { createProgram } from './program.ts';

const columns = 100;

const introduction = `# Command line

\`npm exec countersign -- COMMAND\` in a checkout, \`countersign COMMAND\` where it is installed.

Every command but \`serve\` and \`doctor\` works on the data folder (\`--data\`) or the PostgreSQL database (\`--database-url\`, better as \`COUNTERSIGN_DATABASE_URL\`), beside a running server, whose next request sees the change. \`init\` and \`serve\` prepare a folder or database that is new; every other command refuses where there is none, whether it reads or writes, so that a mistyped path doesn’t make another, empty installation. Addresses in answers begin as those of the server that ran last, unless a setting says otherwise. With \`--json\` the answer is one JSON document with the field names of Auth0's Management API. Errors go to standard error, the exit code is then 1.
`;

/** The text of docs/command-line.md: the help of every command. */
export async function renderCommandLineDocument(): Promise<string> {
  const io = { out: () => {}, err: () => {}, input: process.stdin, environment: {} };
  const program = await createProgram([], io, () => {});
  return [introduction, ...program.commands.flatMap((command) => renderCommand(command))].join('\n');
}

function renderCommand(command: Command): string[] {
  const { commands } = command;
  if (commands.length > 0) return commands.flatMap(renderCommand);
  const path: string[] = [];
  for (let at: Command | null = command; at?.parent; at = at.parent) path.unshift(at.name());
  command.configureHelp({ helpWidth: columns });
  return [`## ${path.join(' ')}\n\n\`\`\`\n${command.helpInformation().trimEnd()}\n\`\`\`\n`];
}
