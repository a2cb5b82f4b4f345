import { statSync } from 'node:fs';
import { parseNetwork } from './networkAddress.ts';
import type { SettingFault } from './readSettings.ts';
import type { SettingName, Settings } from './settings.ts';

/** A named risk and how to tell that the settings run it; `undefined` means safe. */
interface SafetyRule {
  setting: SettingName;
  /** Also judged in development, where the rest is let pass. */
  always?: true;
  check: (settings: Settings) => string | undefined;
}

/** Networks wider than these hold strangers, whoever runs the network. */
const widestPrefix = { 4: 8, 6: 16 } as const;

/** What a server must not start with (S-111). */
const rules: readonly SafetyRule[] = [
  {
    setting: 'publicUrl',
    check: ({ publicUrl }) =>
      publicUrl.startsWith('https:')
        ? undefined
        : `is ${publicUrl}, plain http; expected https, since passwords and tokens travel over it`,
  },
  {
    setting: 'https',
    check: ({ https }) =>
      https
        ? 'is a development certificate; expected tlsCert and tlsKey, or a proxy that speaks TLS'
        : undefined,
  },
  {
    setting: 'tlsKey',
    always: true,
    check: ({ tlsCert, tlsKey }) =>
      (tlsCert === undefined) === (tlsKey === undefined)
        ? undefined
        : 'and tlsCert belong together; only one is set',
  },
  {
    setting: 'tlsKey',
    check: ({ tlsKey }) => openToOthers(tlsKey),
  },
  {
    setting: 'masterKeyFile',
    check: ({ masterKey, masterKeyCommand, masterKeyFile }) =>
      masterKey === undefined && masterKeyCommand === undefined ? openToOthers(masterKeyFile) : undefined,
  },
  {
    setting: 'trustedProxies',
    check: ({ tlsCert, trustedProxies }) =>
      tlsCert !== undefined || trustedProxies.length > 0
        ? undefined
        : 'is empty and the server does not speak TLS itself; expected the addresses of the proxy that does, or tlsCert and tlsKey',
  },
  {
    setting: 'trustedProxies',
    check: ({ trustedProxies }) => {
      const open = trustedProxies.find(isTooWide);
      return open === undefined
        ? undefined
        : `holds ${open}, which lets strangers choose their address; expected the proxies’ own addresses`;
    },
  },
  {
    setting: 'metricsFrom',
    check: ({ metricsFrom }) => {
      const open = metricsFrom.find(isTooWide);
      return open === undefined ? undefined : `holds ${open}, which lets strangers read the metrics`;
    },
  },
  {
    setting: 'logLevel',
    check: ({ logLevel }) =>
      logLevel === 'debug' || logLevel === 'trace'
        ? `is ${logLevel}, for development only; expected info or less`
        : undefined,
  },
];

/**
 * What makes these settings unsafe to serve with. In development only what can't work at all is a
 * fault.
 */
export function findUnsafeSettings(settings: Settings): SettingFault[] {
  return rules
    .filter((rule) => rule.always || !settings.dev)
    .flatMap(({ setting, check }) => {
      const problem = check(settings);
      return problem === undefined ? [] : [{ setting, message: `${setting} ${problem}.` }];
    });
}

function isTooWide(text: string): boolean {
  const network = parseNetwork(text);
  return network !== undefined && network.prefix < widestPrefix[network.version];
}

function openToOthers(path: string | undefined): string | undefined {
  const mode = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false })?.mode;
  if (mode === undefined || (mode & 0o077) === 0) return undefined;
  return `${path} can be read by other users of the machine; expected mode 600`;
}
