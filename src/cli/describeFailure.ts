import { CommanderError } from 'commander';
import { DatabaseUnavailableError } from '../database/unavailable.ts';
import { CommandError } from './commandError.ts';

/** What went wrong, for programs and for people. */
export interface Failure {
  error: string;
  message: string;
}

/** Errors of other folders that explain themselves, by their `name`. */
const codesByName: Readonly<Record<string, string>> = {
  SettingsError: 'invalid_settings',
  InvalidApplicationError: 'invalid_input',
  NewerDatabaseError: 'newer_database',
  MasterKeyError: 'invalid_master_key',
  WrongMasterKeyError: 'wrong_master_key',
  SmtpSettingsError: 'invalid_settings',
};

const systemErrors: Readonly<Record<string, string>> = {
  EACCES: 'Permission denied',
  EADDRINUSE: 'The address is in use already; stop what runs there or choose another port',
  EADDRNOTAVAIL: 'This machine does not have the address',
  ECONNREFUSED: 'The connection was refused; is the server running',
  EEXIST: 'A file is where a folder was expected',
  EISDIR: 'A folder is where a file was expected',
  ENOENT: 'No such file or folder',
  ENOTDIR: 'A file is where a folder was expected',
  ENOTFOUND: 'The host name is not known',
  EROFS: 'The file system is read-only',
};

/** Puts an error into one line that names its subject. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof CommandError) return { error: error.code, message: error.message };
  if (error instanceof CommanderError) {
    if (error.code === 'commander.help')
      return { error: 'usage', message: 'A command is missing; see --help.' };
    return { error: 'usage', message: reword(error.message) };
  }
  if (error instanceof DatabaseUnavailableError) return describeFailure(error.cause);
  if (!(error instanceof Error)) return { error: 'failed', message: String(error) };
  const known = codesByName[error.name];
  if (known) return { error: known, message: error.message };
  const { code, path, address, port, errcode } = error as SystemFailure;
  const what = systemErrors[code ?? ''];
  if (what) {
    const subject = path ?? (address === undefined ? undefined : `${address}:${port}`);
    return {
      error: String(code).toLowerCase(),
      message: `${what}${subject === undefined ? '' : `: ${subject}`}.`,
    };
  }
  if (code === 'ERR_SQLITE_ERROR') {
    return {
      error: 'database',
      message: `The database can’t be used: ${error.message} (SQLite ${errcode}).`,
    };
  }
  return { error: 'failed', message: error.message || String(code ?? error.name) };
}

/** Commander's words, so that what was expected of which argument stands first in one line. */
function reword(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(
      /^command-argument value '(.*)' is invalid for argument '(.*)'\. /s,
      '<$2>: $1 is not accepted. ',
    )
    .replace(/^option '(\S+)[^']*' argument '(.*)' is invalid\. /s, '$1: $2 is not accepted. ')
    .replace('Allowed choices are ', 'Expected one of ')
    .replace('\n', ' ');
}

interface SystemFailure {
  code?: string;
  path?: string;
  address?: string;
  port?: number;
  errcode?: number;
}
