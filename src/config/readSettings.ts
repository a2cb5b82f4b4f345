import { resolve } from 'node:path';
import { nearest } from './nearest.ts';
import { environmentName, flagName, settingDefinitions, settingNames } from './settingDefinitions.ts';
import type { SettingName, Settings } from './settings.ts';
import { readSettingsFile } from './settingsFile.ts';

/** Where settings come from; what stands first wins over what follows. */
export interface SettingSources {
  /** By setting name; a member that is undefined was not given. */
  flags: Readonly<Record<string, unknown>>;
  /** Only names that start with `COUNTERSIGN_` are looked at; an empty one counts as not given. */
  environment: Readonly<Record<string, string | undefined>>;
  /** By setting name; they take the place of the usual defaults. */
  defaults?: Readonly<Record<string, unknown>>;
}

/** One thing wrong, ready to print: the setting, where it came from, what was expected. */
export interface SettingFault {
  setting: string;
  message: string;
}

/** The settings can't be used. The message names every fault, none repeats a secret. */
export class SettingsError extends Error {
  readonly faults: readonly SettingFault[];

  /** @param hint what may help with all of them, a sentence. */
  constructor(faults: readonly SettingFault[], hint?: string) {
    const [only] = faults;
    const told =
      only && faults.length === 1
        ? only.message
        : `${faults.length} settings are wrong:\n${faults.map((fault) => `  - ${fault.message}`).join('\n')}`;
    super(hint === undefined ? told : `${told}\n${hint}`);
    this.name = 'SettingsError';
    this.faults = faults;
  }
}

const variablePrefix = 'COUNTERSIGN_';
const configVariable = `${variablePrefix}CONFIG`;

type Given = { -readonly [Name in SettingName]?: Settings[Name] };

interface Candidate {
  setting: string;
  /** As in "environment variable COUNTERSIGN_PORT". */
  source: string;
  raw: unknown;
}

/**
 * Gathers the settings of a process from flags, environment and the file that `--config` or
 * COUNTERSIGN_CONFIG names. A wrong value is a fault even where another source overrides it.
 *
 * @throws SettingsError with every fault of every source at once.
 */
export async function readSettings({ flags, environment, defaults = {} }: SettingSources): Promise<Settings> {
  const faults: SettingFault[] = [];
  const given: Given = {};
  const { config, ...otherFlags } = flags;
  // Weakest source first: a later one overwrites.
  const candidates = [
    ...Object.entries(defaults)
      .filter(isGiven)
      .map(([setting, raw]) => ({ setting, source: 'default', raw })),
    ...(await fromFile(config ?? environment[configVariable], faults)),
    ...fromEnvironment(environment),
    ...fromFlags(otherFlags),
  ];
  for (const candidate of candidates) judge(candidate, given, faults);
  if (faults.length > 0) throw new SettingsError(faults);
  return complete(given);
}

async function fromFile(config: unknown, faults: SettingFault[]): Promise<Candidate[]> {
  if (typeof config !== 'string' || config === '') return [];
  const path = resolve(config);
  try {
    const content = await readSettingsFile(path);
    return Object.entries(content).map(([setting, raw]) => ({ setting, source: `file ${path}`, raw }));
  } catch (error) {
    faults.push({ setting: 'config', message: `The settings file ${path} ${(error as Error).message}.` });
    return [];
  }
}

function fromEnvironment(environment: SettingSources['environment']): Candidate[] {
  const names = new Map<string, string>(settingNames.map((name) => [environmentName(name), name]));
  return Object.entries(environment)
    .filter(([variable]) => variable.startsWith(variablePrefix) && variable !== configVariable)
    .filter(([, raw]) => raw !== undefined && raw !== '')
    .map(([variable, raw]) => ({
      setting: names.get(variable) ?? variable,
      source: `environment variable ${variable}`,
      raw,
    }));
}

function fromFlags(flags: SettingSources['flags']): Candidate[] {
  return Object.entries(flags)
    .filter(isGiven)
    .map(([setting, raw]) => ({ setting, source: `flag ${flagName(setting as SettingName)}`, raw }));
}

function isGiven([, raw]: [string, unknown]): boolean {
  return raw !== undefined;
}

function judge({ setting, source, raw }: Candidate, given: Given, faults: SettingFault[]): void {
  if (!isSettingName(setting)) {
    faults.push({ setting, message: describeUnknown(setting, source) });
    return;
  }
  const { read, expected, isSecret } = settingDefinitions[setting];
  const value = read(raw);
  if (value === undefined) {
    const got = isSecret ? '' : `, got ${shorten(raw)}`;
    faults.push({ setting, message: `${setting} (${source}): expected ${expected}${got}.` });
    return;
  }
  Object.assign(given, { [setting]: value });
}

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingDefinitions, name);
}

/** Whoever wrote a variable reads the name of a variable. */
function describeUnknown(name: string, source: string): string {
  const isVariable = name.startsWith(variablePrefix);
  const bare = (text: string) => text.replace(variablePrefix, '');
  const known = isVariable ? settingNames.map(environmentName).map(bare) : settingNames;
  const likely = nearest(bare(name), known);
  const question = likely && ` Did you mean ${isVariable ? variablePrefix : ''}${likely}?`;
  const subject = isVariable ? `The ${source}` : `${name} (${source})`;
  return `${subject} is no setting.${question ?? ''} docs/settings.md lists them.`;
}

function shorten(raw: unknown): string {
  const text = JSON.stringify(raw) ?? String(raw);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function complete(given: Given): Settings {
  const dev = given.dev ?? false;
  const port = given.port ?? 3000;
  const data = given.data ?? resolve('data');
  const servesTls = given.https === true || given.tlsCert !== undefined;
  const publicUrl = given.publicUrl ?? `${servesTls ? 'https' : 'http'}://localhost:${port}/`;
  return {
    dev,
    https: given.https ?? false,
    publicUrl,
    host: given.host ?? 'localhost',
    port,
    data,
    databaseUrl: given.databaseUrl,
    masterKey: given.masterKey,
    masterKeyCommand: given.masterKeyCommand,
    masterKeyFile: given.masterKeyFile ?? resolve(data, 'master.key'),
    tlsCert: given.tlsCert,
    tlsKey: given.tlsKey,
    trustedProxies: given.trustedProxies ?? [],
    metricsFrom: given.metricsFrom ?? ['127.0.0.1', '::1'],
    smtpUrl: given.smtpUrl,
    mailFrom: given.mailFrom ?? `no-reply@${new URL(publicUrl).hostname}`,
    outboundAllow: given.outboundAllow ?? [],
    logLevel: given.logLevel ?? (dev ? 'warn' : 'info'),
  };
}
