/** How much is written to the log, from nothing to everything. */
export type LogLevel = 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/**
 * What an operator decides for one process, validated and complete. What each does, and what breaks,
 * stands with its definition (settingDefinitions.ts) and in docs/settings.md.
 */
export interface Settings {
  readonly dev: boolean;
  readonly https: boolean;
  /** Origin with a trailing slash; the issuer of every token. */
  readonly publicUrl: string;
  readonly host: string;
  readonly port: number;
  /** Absolute path. */
  readonly data: string;
  readonly databaseUrl: string | undefined;
  readonly masterKey: string | undefined;
  readonly masterKeyCommand: readonly string[] | undefined;
  /** Absolute path. */
  readonly masterKeyFile: string;
  /** Absolute path. */
  readonly tlsCert: string | undefined;
  /** Absolute path. */
  readonly tlsKey: string | undefined;
  /** Addresses and networks, as `parseNetwork` accepts them. */
  readonly trustedProxies: readonly string[];
  readonly metricsFrom: readonly string[];
  readonly smtpUrl: string | undefined;
  /** `person@example.com` or `Name <person@example.com>`. */
  readonly mailFrom: string;
  /** Networks as `parseNetwork` accepts them, and http or https origins without a trailing slash. */
  readonly outboundAllow: readonly string[];
  readonly logLevel: LogLevel;
}

export type SettingName = keyof Settings;

/** Where the database is, for `openDatabase`: the URL if one is set, else a file in the data folder. */
export function databaseTarget(settings: Settings): { file: string } | { url: string } {
  if (settings.databaseUrl !== undefined) return { url: settings.databaseUrl };
  return { file: `${settings.data}/countersign.db` };
}
