import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { LogLevel } from '../config/settings.ts';

const standardError = 2;

/**
 * The second line of defence: what is logged is chosen field by field, without headers, bodies and
 * query strings, and should one of these names turn up anyway, its value does not (S-105).
 */
const secretNames = [
  'authorization',
  'binding_code',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'cookie',
  'id_token',
  'access_token',
  'mfa_token',
  'oob_code',
  'otp',
  'password',
  'recovery_code',
  'refresh_token',
  'secret',
  'ticket',
  'token',
];

/** Writes JSON lines to standard error, so that standard output stays the command's own answer. */
export function createLogger(level: LogLevel, to: DestinationStream = destination(standardError)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
      serializers: { err: describeError },
    },
    to,
  );
}

/** Type, code, message and stack; other members (`detail` of a database error) can hold people's data. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: 'not an Error' };
  const { name, message, stack, cause } = error;
  const failure = (error as { code?: unknown }).code;
  return {
    type: name,
    message,
    ...(failure === undefined ? {} : { failure }),
    stack,
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}
