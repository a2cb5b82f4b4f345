import type { Command } from 'commander';
import type { TObject } from 'typebox';
import { memberName, wireName } from '../config/wireName.ts';
import { CommandError } from './commandError.ts';
import type { CommandIo } from './commandIo.ts';
import { readAll, readNamed } from './readSource.ts';

/** Where credentials come from. */
export interface CredentialSources {
  credentialsFile?: string;
  credentialsStdin?: true;
  credentialsEnv?: string;
}

/** Adds the ways by which credentials come without showing in the list of processes. */
export function withCredentialSources(command: Command): Command {
  return command
    .option('--credentials-file <file>', 'credentials: one JSON object, or lines of name=value')
    .option('--credentials-stdin', 'read them from standard input')
    .option('--credentials-env <variable>', 'read them from this environment variable');
}

/** What an operator gave for the fields of a schema; undefined where a value is to be taken away. */
export type Fields = Record<string, unknown>;

/** Fields of `name=value` words. A number or switch is read as such where the schema has one. @throws CommandError */
export function readPairs(schema: TObject, pairs: readonly string[]): Fields {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, text] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
      if (name === undefined || text === undefined) {
        // Not repeated: it may be a secret that went astray.
        throw new CommandError('invalid_input', `Expected name=value, with a name of ${namesIn(schema)}.`);
      }
      const member = knownMember(schema, name);
      return [member, text === '' ? undefined : typed(schema.properties[member] as { type?: string }, text)];
    }),
  );
}

/**
 * The credentials that the options point at; undefined when they point nowhere. What can't be read is never
 * repeated.
 *
 * @throws CommandError
 */
export async function readCredentials(
  schema: TObject,
  options: CredentialSources,
  { input, environment }: CommandIo,
): Promise<Fields | undefined> {
  const { credentialsFile, credentialsStdin, credentialsEnv } = options;
  const sources = [credentialsFile, credentialsStdin, credentialsEnv].filter((given) => given !== undefined);
  if (sources.length === 0) return undefined;
  if (sources.length > 1) {
    throw new CommandError('usage', 'Give credentials by one of file, standard input and environment.');
  }
  if (credentialsFile !== undefined) return parseFields(schema, await readNamed(credentialsFile));
  if (credentialsEnv === undefined) return parseFields(schema, await readAll(input));
  const value = environment[credentialsEnv];
  if (!value) throw new CommandError('invalid_input', `The variable ${credentialsEnv} is not set.`);
  return parseFields(schema, value);
}

function parseFields(schema: TObject, text: string): Fields {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) {
    return readPairs(
      schema,
      trimmed.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#')),
    );
  }
  try {
    const fields = JSON.parse(trimmed) as Fields;
    return Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [knownMember(schema, name), value]),
    );
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError('invalid_input', 'The credentials are no valid JSON.');
  }
}

function knownMember(schema: TObject, name: string): string {
  const member = memberName(name.trim());
  if (Object.hasOwn(schema.properties, member)) return member;
  throw new CommandError('invalid_input', `${name}: expected one of ${namesIn(schema)}.`);
}

function namesIn(schema: TObject): string {
  return Object.keys(schema.properties).map(wireName).join(', ') || 'nothing: there are none';
}

function typed({ type }: { type?: string }, text: string): unknown {
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return (type === 'integer' || type === 'number') && /^\d+$/.test(text) ? Number(text) : text;
}
