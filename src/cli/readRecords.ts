import { CommandError } from './commandError.ts';

/** One element of a list, as text, and the line on which it begins. */
export interface TextRecord {
  line: number;
  text: string;
}

const longestRecord = 1024 * 1024;

/**
 * The elements of a JSON array, or of lines with a JSON document each, one after the other: a file may be
 * larger than memory. What an element is, its text tells when it is parsed.
 *
 * @throws CommandError for an array that doesn't end, for text behind it, and for an element of more than 1 MiB.
 */
export async function* readRecords(pieces: AsyncIterable<Uint8Array | string>): AsyncGenerator<TextRecord> {
  const splitter = new Splitter();
  const decoder = new TextDecoder('utf-8');
  for await (const piece of pieces) {
    yield* splitter.push(typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true }));
  }
  yield* splitter.push(decoder.decode());
  yield* splitter.end();
}

type Mode = 'unknown' | 'lines' | 'array' | 'over';

class Splitter {
  #mode: Mode = 'unknown';
  #line = 1;
  readonly #done: TextRecord[] = [];
  /** Of the element under way, and where it began. */
  #text = '';
  #startLine = 1;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  /** The elements that end in this piece. */
  push(piece: string): TextRecord[] {
    for (const character of piece) {
      if (character === '\n') this.#line += 1;
      this.#take(character);
    }
    return this.#done.splice(0);
  }

  end(): TextRecord[] {
    if (this.#mode === 'array') {
      throw new CommandError('invalid_input', `Line ${this.#line}: the list doesn’t end; expected ].`);
    }
    if (this.#mode === 'lines') this.#flush();
    return this.#done.splice(0);
  }

  #take(character: string): void {
    switch (this.#mode) {
      case 'unknown':
        if (isSpace(character)) return;
        this.#mode = character === '[' ? 'array' : 'lines';
        if (character !== '[') this.#add(character);
        return;
      case 'lines':
        if (character === '\n') this.#flush();
        else this.#add(character);
        return;
      case 'array':
        this.#takeInArray(character);
        return;
      case 'over':
        if (!isSpace(character)) {
          throw new CommandError('invalid_input', `Line ${this.#line}: expected nothing behind the list.`);
        }
    }
  }

  #takeInArray(character: string): void {
    if (this.#isInString) {
      this.#add(character);
      if (this.#isEscaped) this.#isEscaped = false;
      else if (character === '\\') this.#isEscaped = true;
      else if (character === '"') this.#isInString = false;
      return;
    }
    if (this.#depth === 0 && (character === ',' || character === ']')) {
      this.#flush();
      if (character === ']') this.#mode = 'over';
      return;
    }
    this.#add(character);
    if (character === '"') this.#isInString = true;
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (character === '}' || character === ']') this.#depth -= 1;
  }

  #add(character: string): void {
    if (this.#text === '') {
      if (isSpace(character)) return;
      this.#startLine = this.#line;
    }
    this.#text += character;
    if (this.#text.length > longestRecord) {
      throw new CommandError('invalid_input', `Line ${this.#startLine}: more than 1 MiB for one user.`);
    }
  }

  #flush(): void {
    const text = this.#text.trimEnd();
    this.#text = '';
    if (text !== '') this.#done.push({ line: this.#startLine, text });
  }
}

/** The byte order mark too, with which some programs begin a file. */
function isSpace(character: string): boolean {
  return /[\s\uFEFF]/.test(character);
}
