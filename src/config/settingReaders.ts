import { resolve } from 'node:path';
import { parseNetwork } from './networkAddress.ts';
import type { LogLevel } from './settings.ts';

/**
 * Turns what a source gave (text from a flag or the environment, any value from a file) into a
 * setting's value. `undefined` means that it isn't what was expected.
 */
export type Reader<T> = (raw: unknown) => T | undefined;

export const readBoolean: Reader<boolean> = (raw) => {
  if (typeof raw === 'boolean') return raw;
  return raw === 'true' ? true : raw === 'false' ? false : undefined;
};

export const readPort: Reader<number> = (raw) => {
  const port = typeof raw === 'string' && /^\d{1,5}$/.test(raw) ? Number(raw) : raw;
  return typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : undefined;
};

/** Relative paths start at the folder the command runs in. */
export const readPath: Reader<string> = (raw) => {
  return typeof raw === 'string' && raw !== '' && !raw.includes('\0') ? resolve(raw) : undefined;
};

/** An http or https origin, returned with a trailing slash. */
export const readOrigin: Reader<string> = (raw) => {
  const url = readUrl(raw, ['http:', 'https:']);
  return url?.href === `${url?.origin}/` ? url.href : undefined;
};

export const readPostgresUrl: Reader<string> = (raw) => {
  return readUrl(raw, ['postgres:', 'postgresql:']) ? (raw as string) : undefined;
};

export const readSmtpUrl: Reader<string> = (raw) => {
  const url = readUrl(raw, ['smtp:', 'smtps:']);
  return url && url.hostname !== '' ? (raw as string) : undefined;
};

export const readHost: Reader<string> = (raw) => {
  return typeof raw === 'string' && /^[A-Za-z0-9.:_-]{1,253}$/.test(raw) ? raw : undefined;
};

/** `person@example.com` or `Name <person@example.com>`, on one line. */
export const readMailbox: Reader<string> = (raw) => {
  if (typeof raw !== 'string' || raw.length > 320 || /[\r\n\0]/.test(raw)) return undefined;
  return /^(?:[^<>@]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(raw) ? raw : undefined;
};

/** Texts from a file, or one text with commas between. */
export const readNetworks: Reader<readonly string[]> = (raw) => {
  const items = typeof raw === 'string' ? raw.split(',').map((item) => item.trim()) : raw;
  if (!isTextList(items)) return undefined;
  const given = items.filter((item) => item !== '');
  return given.every((item) => parseNetwork(item) !== undefined) ? given : undefined;
};

/** Networks and origins: texts from a file, or one text with commas between. Origins lose their slash. */
export const readDestinations: Reader<readonly string[]> = (raw) => {
  const items = typeof raw === 'string' ? raw.split(',') : raw;
  if (!isTextList(items)) return undefined;
  const given = items.map((item) => item.trim()).filter((item) => item !== '');
  const destinations = given.map((item) =>
    parseNetwork(item) === undefined ? readOrigin(item)?.slice(0, -1) : item,
  );
  return destinations.every((destination) => destination !== undefined) ? destinations : undefined;
};

/** A program and its arguments: a list, or one text with spaces between. No shell reads it. */
export const readCommand: Reader<readonly string[]> = (raw) => {
  const words = typeof raw === 'string' ? raw.trim().split(/\s+/) : raw;
  return isTextList(words) && words[0] !== undefined && words[0] !== '' ? words : undefined;
};

const keyBytes = 32;
/** Random bytes have about thirty distinct values among 32; a made-up key repeats itself. */
const fewestDistinctBytes = 16;

/** Base64 or base64url of 32 bytes that look random. */
export const readKey: Reader<string> = (raw) => {
  if (typeof raw !== 'string' || !/^[A-Za-z0-9+/_-]{43}=?$/.test(raw)) return undefined;
  const bytes = Buffer.from(raw, 'base64');
  return bytes.length === keyBytes && new Set(bytes).size >= fewestDistinctBytes ? raw : undefined;
};

export const logLevels: readonly LogLevel[] = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

export const readLogLevel: Reader<LogLevel> = (raw) => logLevels.find((level) => level === raw);

function readUrl(raw: unknown, protocols: readonly string[]): URL | undefined {
  if (typeof raw !== 'string' || !URL.canParse(raw)) return undefined;
  const url = new URL(raw);
  return protocols.includes(url.protocol) ? url : undefined;
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
