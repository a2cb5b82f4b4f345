import {
  logLevels,
  type Reader,
  readBoolean,
  readCommand,
  readDestinations,
  readHost,
  readKey,
  readLogLevel,
  readMailbox,
  readNetworks,
  readOrigin,
  readPath,
  readPort,
  readPostgresUrl,
  readSmtpUrl,
} from './settingReaders.ts';
import type { SettingName, Settings } from './settings.ts';

/** One setting: how it is read, and what an operator has to know. docs/settings.md is made from this. */
export interface SettingDefinition<T> {
  read: Reader<T>;
  /** Completes "expected …". */
  expected: string;
  /** The default in words. */
  standard: string;
  effect: string;
  change: string;
  /** What goes wrong when it is changed carelessly. */
  breaks: string;
  /** Its value appears in no message. */
  isSecret?: true;
}

type Definitions = { readonly [Name in SettingName]: SettingDefinition<NonNullable<Settings[Name]>> };

/** Every setting, in the order of docs/settings.md. */
export const settingDefinitions: Definitions = {
  publicUrl: {
    read: readOrigin,
    expected: 'an http or https origin without path, as in https://login.example.com',
    standard:
      'http://localhost:PORT/, with https when a certificate is served; for commands beside a server the address it runs with',
    effect:
      'The address people and applications reach the server at. It is the issuer of every token and the start of every link in pages and messages; the Host header is never used for that.',
    change: 'Always set it outside development.',
    breaks:
      'Changing it later makes tokens issued before invalid and breaks every application that has the old address as its domain.',
  },
  dev: {
    read: readBoolean,
    expected: 'true or false',
    standard: 'false',
    effect:
      'Development mode: messages go to a readable outbox at /dev/outbox, a demo application runs at /demo, codes by phone and e-mail are switched on unless they were switched before, plain http is accepted as public address.',
    change: 'Only on a developer’s machine or in a test.',
    breaks: 'Whoever reaches the server reads every message and so takes over every account.',
  },
  https: {
    read: readBoolean,
    expected: 'true or false',
    standard: 'false',
    effect:
      'With `dev`: serves TLS with a certificate for localhost from a local authority that is made once in the data folder.',
    change: 'When an SDK insists on https. Point NODE_EXTRA_CA_CERTS at the file printed at start.',
    breaks: 'Refused outside development; give `tlsCert` and `tlsKey` there.',
  },
  host: {
    read: readHost,
    expected: 'a host name or an IP address',
    standard: 'localhost',
    effect: 'The network interface that is listened on.',
    change: 'Set 0.0.0.0 or :: in a container or when other machines connect directly.',
    breaks: 'A wider interface lets more machines connect.',
  },
  port: {
    read: readPort,
    expected: 'a whole number from 0 to 65535',
    standard: '3000',
    effect: 'The port that is listened on; 0 lets the system choose a free one.',
    change: 'When the port is taken.',
    breaks: 'Without `publicUrl` the issuer follows the port.',
  },
  data: {
    read: readPath,
    expected: 'a path',
    standard: './data',
    effect: 'The folder of the embedded database, the master key file and the development certificates.',
    change: 'Put it on a durable disk that is backed up.',
    breaks: 'Another folder is another, empty installation. Losing it loses every user and factor.',
  },
  databaseUrl: {
    read: readPostgresUrl,
    expected: 'a postgres:// or postgresql:// URL',
    standard: 'none: the embedded SQLite database in the data folder',
    effect: 'Keeps everything in PostgreSQL 15 or newer, so that several servers can run side by side.',
    change: 'When one process is not enough or an outage of one machine must not stop logins.',
    breaks:
      'Data is not moved from one database to the other. As a flag its password shows in the list of processes; prefer the environment.',
    isSecret: true,
  },
  masterKeyFile: {
    read: readPath,
    expected: 'a path',
    standard: 'master.key in the data folder',
    effect:
      'File with the master key that wraps the keys of all stored secrets: base64 of 32 random bytes, readable by its owner only. Created at the first start.',
    change:
      'To keep the key away from the data and its backups. Every server of one database needs the same key.',
    breaks: 'Without the key nothing in the database can be read again: back it up, apart from the data.',
  },
  masterKeyCommand: {
    read: readCommand,
    expected: 'a program with its arguments, as a list or separated by spaces',
    standard: 'none',
    effect:
      'A program that prints the master key, such as the client of a key-management service; it wins over the file.',
    change: 'When keys must not lie on the disk.',
    breaks: 'The server does not start while the program fails.',
  },
  masterKey: {
    read: readKey,
    expected: 'base64 of 32 random bytes',
    standard: 'none',
    effect: 'The master key itself; it wins over the command and the file.',
    change: 'Where secrets are handed over in the environment.',
    breaks: 'As for `masterKeyFile`. Whoever reads the process’s environment has the key.',
    isSecret: true,
  },
  tlsCert: {
    read: readPath,
    expected: 'a path',
    standard: 'none',
    effect: 'Certificate chain in PEM form; with `tlsKey` the server speaks https itself.',
    change: 'When no proxy in front of the server speaks TLS.',
    breaks: 'Restart after renewing the certificate.',
  },
  tlsKey: {
    read: readPath,
    expected: 'a path',
    standard: 'none',
    effect: 'Private key of the certificate in PEM form.',
    change: 'Together with `tlsCert`.',
    breaks: 'A key that others can read is refused outside development.',
  },
  trustedProxies: {
    read: readNetworks,
    expected: 'IP addresses or networks as in 10.0.0.0/8, as a list or separated by commas',
    standard: 'none: the connecting address is the client',
    effect:
      'Proxies whose X-Forwarded-For header names the client. The address is what limits on guessing count by and what the log records.',
    change: 'Name every proxy or load balancer between the clients and the server, and nothing else.',
    breaks:
      'Too wide: anyone may claim any address and so escape the limits. Too narrow: all clients share one address and one limit.',
  },
  metricsFrom: {
    read: readNetworks,
    expected: 'IP addresses or networks as in 10.0.0.0/8, as a list or separated by commas',
    standard: '127.0.0.1, ::1',
    effect: 'Addresses that may read /metrics, connecting directly; for others it does not exist.',
    change: 'When the collector of metrics runs on another machine.',
    breaks:
      'Metrics tell how many logins fail and when; keep them from strangers. A proxy at one of these addresses that adds no forwarding header (X-Forwarded-For, Forwarded, Via …) can’t be told from the collector and hands them to everybody: let it add one, refuse /metrics in it, or leave its address out here.',
  },
  smtpUrl: {
    read: readSmtpUrl,
    expected: 'an smtp:// or smtps:// URL',
    standard: 'none: messages wait; in development they are shown in the outbox',
    effect:
      'The mail server for verification, password reset and security notices; user and password stand in the URL.',
    change: 'Always set it outside development.',
    breaks: 'Without it nobody can verify an address or reset a password.',
    isSecret: true,
  },
  mailFrom: {
    read: readMailbox,
    expected: 'an e-mail address, or a name and an address as in Example <login@example.com>',
    standard: 'no-reply@ the public host',
    effect: 'The sender of every e-mail.',
    change: 'To an address that your mail server may send for.',
    breaks: 'Messages from a domain that does not name your mail server end as spam.',
  },
  outboundAllow: {
    read: readDestinations,
    expected:
      'networks as in 10.0.0.0/8 and origins as in https://sms.internal:8443, as a list or separated by commas',
    standard: 'none: only the public Internet, by https; in development this machine too',
    effect:
      'Where requests to addresses that an operator entered (SMS, voice and e-mail services, webhooks) may go although they are not public. A network allows its addresses; an origin allows this host and port whatever its address, and without TLS where it begins with http://.',
    change: 'For a gateway or webhook of your own inside the network. Prefer an origin: it opens one port.',
    breaks:
      'Whoever may set up a provider can make the server send requests there. Never allow 169.254.169.254, the metadata service of cloud machines.',
  },
  logLevel: {
    read: readLogLevel,
    expected: `one of ${logLevels.join(', ')}`,
    standard: 'info; in development warn',
    effect:
      'How much the process writes to its log, as JSON lines. What happened to users stands in the tenant log, not here.',
    change: 'Raise it to look into a fault.',
    breaks: 'debug and trace are refused outside development.',
  },
};

export const settingNames = Object.keys(settingDefinitions) as SettingName[];

/** `publicUrl` → `COUNTERSIGN_PUBLIC_URL`. */
export function environmentName(name: SettingName): string {
  return `COUNTERSIGN_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** `publicUrl` → `--public-url`. */
export function flagName(name: SettingName): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** A flag shows in the list of processes; these are secrets that need none. */
const withoutFlag: ReadonlySet<SettingName> = new Set(['masterKey', 'smtpUrl']);

/** Whether the setting can be given as a flag of `serve`. */
export function hasFlag(name: SettingName): boolean {
  return !withoutFlag.has(name);
}
