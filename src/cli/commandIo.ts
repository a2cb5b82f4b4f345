import type { Readable } from 'node:stream';

/** What a command may touch of the process that runs it. */
export interface CommandIo {
  /** Writes a line to standard output: the command's answer. */
  out(text: string): void;
  /** Writes a line to standard error: everything else. */
  err(text: string): void;
  input: Readable;
  environment: Readonly<Record<string, string | undefined>>;
}
