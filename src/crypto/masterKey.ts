import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { promisify } from 'node:util';

/** 32 bytes that wrap the data keys kept in the database; whoever holds it and the database holds all. */
export type MasterKey = Buffer;

/** Where the key comes from, first match wins: its value, a command that prints it, a file. */
export interface MasterKeySource {
  /** Base64 or base64url of 32 bytes. */
  value?: string;
  /** A program and its arguments, such as a key-management service's client. */
  command?: readonly string[];
  /** Created with a new random key, readable by its owner only, when it doesn't exist. */
  file?: string;
}

/** The key can't be had or isn't 32 bytes; the message never repeats it. */
export class MasterKeyError extends Error {
  override name = 'MasterKeyError';
}

const keyBytes = 32;

/** @throws MasterKeyError naming the source and what was expected. */
export async function loadMasterKey(source: MasterKeySource): Promise<MasterKey> {
  if (source.value !== undefined) return parse(source.value, 'The master key setting');
  if (source.command) return parse(await run(source.command), `The output of ${source.command[0]}`);
  if (source.file) return readOrCreate(source.file);
  throw new MasterKeyError('No master key: set one, a command that prints one, or a file to keep one in.');
}

/** Replaces the key in a file by a new random one and returns it. Atomic: a crash leaves the old or the new. */
export async function replaceMasterKeyFile(file: string, key: MasterKey): Promise<void> {
  const fresh = `${file}.new`;
  await write(fresh, key);
  await rename(fresh, file);
}

export function generateMasterKey(): MasterKey {
  return randomBytes(keyBytes);
}

function parse(text: string, what: string): MasterKey {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== keyBytes) {
    throw new MasterKeyError(`${what} must be base64 of ${keyBytes} bytes, got ${key.length} bytes.`);
  }
  return key;
}

async function run([program, ...args]: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)(program ?? '', args, { timeout: 30_000 })).stdout;
  } catch (cause) {
    throw new MasterKeyError(`The master key command ${program} failed.`, { cause });
  }
}

async function readOrCreate(file: string): Promise<MasterKey> {
  try {
    return parse(await readFile(file, 'utf8'), `The master key file ${file}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  try {
    const key = generateMasterKey();
    await write(file, key);
    return key;
  } catch (error) {
    // Another process that starts at the same time created it first.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readOrCreate(file);
    throw error;
  }
}

async function write(file: string, key: MasterKey): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(`${key.toString('base64')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
