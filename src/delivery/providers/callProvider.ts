import type { OutboundClient, OutboundRequest, OutboundResponse } from '../../outbound/outboundClient.ts';
import { OutboundError, type OutboundFailure } from '../../outbound/outboundError.ts';
import { DeliveryError, type DeliveryErrorKind } from './provider.ts';
import { readRetryAfter } from './readRetryAfter.ts';

const kindOfFailure: Readonly<Record<OutboundFailure, DeliveryErrorKind>> = {
  refused: 'configuration',
  unsent: 'retry',
  unanswered: 'unknown',
};

/**
 * Makes one request to a provider's API.
 *
 * @returns the answer, whatever its status.
 * @throws DeliveryError when there is none.
 */
export async function callProvider(
  http: OutboundClient,
  request: OutboundRequest,
): Promise<OutboundResponse> {
  try {
    return await http.request(request);
  } catch (cause) {
    throw faultOfRequest(cause);
  }
}

/** What a request without an answer means for the message. */
export function faultOfRequest(cause: unknown): DeliveryError {
  if (!(cause instanceof OutboundError)) return new DeliveryError('unknown', 'failed', { cause });
  return new DeliveryError(kindOfFailure[cause.failure], cause.code, { cause });
}

/** What a provider's own codes mean, where the status of the answer tells less. */
export type ErrorKinds = ReadonlyMap<string, DeliveryErrorKind>;

/** Groups codes by what they mean: `errorKinds({ final: ['21211'] })`. */
export function errorKinds(groups: Partial<Record<DeliveryErrorKind, readonly string[]>>): ErrorKinds {
  const pairs = Object.entries(groups).flatMap(([kind, codes]) =>
    codes.map((code) => [code, kind as DeliveryErrorKind] as const),
  );
  return new Map(pairs);
}

/**
 * Turns an answer that is no acceptance into the error to throw: by the provider's code where that is known,
 * else by the status. Retry-After is kept.
 *
 * @param code the provider's own, where the answer has one.
 */
export function refusalOf(
  { status, headers }: OutboundResponse,
  now: number,
  code?: string,
  kinds: ErrorKinds = new Map(),
): DeliveryError {
  const kind = (code !== undefined && kinds.get(code)) || kindOfStatus(status);
  const retryAfterSeconds = readRetryAfter(headers['retry-after'], now);
  return new DeliveryError(kind, code ?? `http_${status}`, { retryAfterSeconds });
}

/** An acceptance that can't be read: the message may be on its way, so that a text is not sent again. */
export function unreadableAnswer(): DeliveryError {
  return new DeliveryError('unknown', 'unreadable_answer');
}

const passing: ReadonlySet<number> = new Set([408, 425, 429]);
const ofSettings: ReadonlySet<number> = new Set([401, 402, 403, 404, 405, 407, 410]);
/** A gateway that waited in vain can't tell whether the message was taken behind it. */
const gatewayTimeout = 504;

function kindOfStatus(status: number): DeliveryErrorKind {
  if (status === gatewayTimeout) return 'unknown';
  if (status >= 500 || passing.has(status)) return 'retry';
  // A redirect is a wrong base URL; nothing follows it.
  if (status < 400 || ofSettings.has(status)) return 'configuration';
  return 'final';
}
