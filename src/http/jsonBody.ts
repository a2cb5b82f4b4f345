import { RequestError } from './requestError.ts';

const deepestNesting = 16;
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a JSON body as one document with one meaning. An empty one is `undefined`: SDKs name the
 * content type on requests without a body.
 *
 * @throws RequestError on malformed JSON, a key given twice (parsers disagree on which one counts),
 * keys that reach an object's prototype, or nesting beyond 16 levels (S-89).
 */
export function parseJsonBody(text: string): unknown {
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RequestError('The body is no valid JSON.');
  }
  inspectStructure(text);
  return value;
}

/** Walks the text rather than the value: of a repeated key the value keeps only the last. */
function inspectStructure(json: string): void {
  /** Keys seen in each open object; `undefined` for an open array. */
  const open: (Set<string> | undefined)[] = [];
  for (let position = 0; position < json.length; position += 1) {
    const character = json[position];
    if (character === '"') {
      const end = endOfString(json, position);
      if (isKey(json, end)) rememberKey(JSON.parse(json.slice(position, end)), open.at(-1));
      position = end - 1;
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      if (open.length > deepestNesting) throw new RequestError('The body is nested too deeply.');
    } else if (character === '}' || character === ']') {
      open.pop();
    }
  }
}

/** The position behind the closing quote; the text is known to be valid JSON. */
function endOfString(json: string, start: number): number {
  let position = start + 1;
  while (json[position] !== '"') position += json[position] === '\\' ? 2 : 1;
  return position + 1;
}

/** In valid JSON a string is a key exactly when a colon follows. */
function isKey(json: string, end: number): boolean {
  let position = end;
  while (/\s/.test(json[position] ?? '')) position += 1;
  return json[position] === ':';
}

function rememberKey(key: string, siblings: Set<string> | undefined): void {
  if (forbiddenKeys.has(key)) throw new RequestError(`The key ${key} is not allowed.`);
  if (siblings?.has(key)) throw new RequestError('The body names a key twice.');
  siblings?.add(key);
}
