import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { CommandError } from './commandError.ts';

/** The text of a file that an option names. @throws CommandError that names it and why it can't be read. */
export async function readNamed(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError('invalid_input', `${file} can’t be read: ${code ?? 'unknown'}.`);
  }
}

/** All of standard input, as text. */
export async function readAll(input: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of input) pieces.push(Buffer.from(piece as string | Uint8Array));
  return Buffer.concat(pieces).toString('utf8');
}
