import {
  environmentName,
  flagName,
  hasFlag,
  settingDefinitions,
  settingNames,
} from './settingDefinitions.ts';
import type { SettingName } from './settings.ts';

const introduction = `# Settings

A setting is taken from, first match wins:

1. a flag of the command, where it has one (\`countersign serve --help\` lists them);
2. an environment variable; an empty one counts as not set;
3. the file that \`--config\` or the environment variable \`COUNTERSIGN_CONFIG\` names: YAML, or JSON when its name ends in \`.json\`, with the names used here.

All are checked at start, and every fault is reported at once. An unknown name is a fault. Relative paths start at the folder the command runs in. Outside development (\`dev\`) the server refuses to start with what is unsafe: a plain http public address, nobody speaking TLS, proxies trusted too widely, key files that others can read, debug logs.

What an operator decides for the tenant is not here: it is kept in the database and changed by commands beside the running server: factors and their settings with \`factor\`, the policy with \`policy\`, everything else (name, support address, languages, session lifetimes, remembered browsers, locks, sign-up, how long the tenant log is kept) with \`tenant update\`; see [the command line](command-line.md#tenant-update).
`;

/** The text of docs/settings.md. */
export function renderSettingsDocument(): string {
  return [introduction, ...settingNames.map(renderSetting)].join('\n');
}

function renderSetting(name: SettingName): string {
  const { standard, expected, effect, change, breaks } = settingDefinitions[name];
  const secret = settingDefinitions[name].isSecret ? ' Secret: no message repeats it.' : '';
  return `## ${name}

${effect}

- Environment: \`${environmentName(name)}\`${hasFlag(name) ? `; flag: \`${flagName(name)}\`` : ''}
- Expected: ${expected}.${secret}
- Default: ${standard}.
- When to change it: ${change}
- What can go wrong: ${breaks}
`;
}
