import { decodeBase64url } from './base64url.ts';
import type { Attachment } from './credential.ts';

const maxAnswerBytes = 64 * 1024;
const maxIdBytes = 1023;

/** The members that answers of both ceremonies have, and the rest of them to be read by the ceremony. */
export interface AnswerForm {
  common: {
    id: string;
    rawId: string;
    type: 'public-key';
    authenticatorAttachment?: Attachment;
    /** Nothing that extensions say is used, so none of it is taken over. */
    clientExtensionResults: Record<string, never>;
  };
  response: Readonly<Record<string, unknown>>;
}

/**
 * Reads the answer of a browser: the JSON text of a form field, or the object that such a text holds.
 * Undefined where it isn't of the form of WebAuthn Level 3 §5.1 or is larger than 64 KB. Never throws.
 */
export function readAnswer(input: unknown): AnswerForm | undefined {
  const answer = typeof input === 'string' ? parseText(input) : input;
  if (!isObject(answer) || !isObject(answer.response)) return undefined;
  const { id, rawId, type, authenticatorAttachment: attachment, response } = answer;
  const idBytes = decodeBase64url(id)?.length ?? 0;
  if (idBytes === 0 || idBytes > maxIdBytes || rawId !== id || type !== 'public-key') return undefined;
  if (attachment != null && typeof attachment !== 'string') return undefined;
  return {
    common: {
      id: id as string,
      rawId: rawId as string,
      type,
      // A value of a later specification counts as none.
      ...(isAttachment(attachment) && { authenticatorAttachment: attachment }),
      clientExtensionResults: {},
    },
    response,
  };
}

/** Binary members of a response: each canonical base64url, together at most 64 KB; else undefined. */
export function readBinary<Name extends string>(
  response: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): Record<Name, string> | undefined {
  const texts = names.map((name) => response[name]);
  const sizes = texts.map((text) => decodeBase64url(text)?.length);
  const size = sizes.reduce<number>((sum, bytes) => sum + (bytes ?? Number.NaN), 0);
  // Not a number where a member isn't binary.
  if (!(size <= maxAnswerBytes)) return undefined;
  return Object.fromEntries(names.map((name, i) => [name, texts[i]])) as Record<Name, string>;
}

function parseText(text: string): unknown {
  if (Buffer.byteLength(text) > maxAnswerBytes) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAttachment(value: unknown): value is Attachment {
  return value === 'platform' || value === 'cross-platform';
}
