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
const base64OfKey = /^[A-Za-z0-9+/_-]{43}=?$/;

/** @throws MasterKeyError naming the source and what was expected. */
export async function loadMasterKey(source: MasterKeySource): Promise<MasterKey> {
  if (source.value !== undefined) return parse(source.value, 'The master key setting');
  if (source.command) return parse(await run(source.command), `The output of ${source.command[0]}`);
  if (source.file) return readOrCreate(source.file);
  throw new MasterKeyError('No master key: set one, a command that prints one, or a file to keep one in.');
}

/** A new key that lies on the disk beside the one in use. */
export interface StagedMasterKey {
  /** Where it waits. */
  file: string;
  /** Puts it in the old one's place: atomic, a crash leaves the one or the other. */
  commit(): Promise<void>;
}

/**
 * Writes a new key to `FILE.new`, for a replacement that a crash can't lose: first the key is on the
 * disk, then the data keys are wrapped with it, then `commit` renames it.
 *
 * @throws MasterKeyError when an interrupted replacement left such a file.
 */
export async function stageMasterKey(file: string, key: MasterKey): Promise<StagedMasterKey> {
  const staged = `${file}.new`;
  try {
    await write(staged, key);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new MasterKeyError(
      `${staged} exists: an earlier replacement was interrupted. If the server starts with ${file}, delete it; if not, rename it to ${file}.`,
    );
  }
  return { file: staged, commit: () => rename(staged, file) };
}

export function generateMasterKey(): MasterKey {
  return randomBytes(keyBytes);
}

function parse(text: string, what: string): MasterKey {
  const key = text.trim();
  if (!base64OfKey.test(key)) {
    throw new MasterKeyError(
      `${what} is no master key: expected ${keyBytes} random bytes in base64, 44 characters. Restore it from your backup.`,
    );
  }
  return Buffer.from(key, 'base64');
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
    return parse(await readFile(file, 'utf8'), `The content of ${file}`);
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
