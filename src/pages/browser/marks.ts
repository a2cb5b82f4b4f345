import { hintCookie, readHint } from './hintCookie.ts';

/**
 * `holds`: the browser's device has this person's credential. `put-off`: they don't want to set one up here.
 * `chosen`: they rather answered by this factor than by the one proposed.
 */
export type MarkKind = 'holds' | 'put-off' | 'chosen';

/** Something remembered about one person and one factor in this browser. */
interface Mark {
  /** Keyed hash of kind, person and factor: it tells nothing to who finds the cookie. */
  id: string;
  /** Epoch seconds. */
  until: number;
}

const name = 'cs-marks';
const idLength = 16;
/** More people than share a browser. */
const mostMarks = 20;
const year = 365 * 24 * 60 * 60;

/** What was remembered about people and factors in one browser, by its cookie. */
export class Marks {
  readonly #hash: (value: string) => string;
  readonly #nowSeconds: number;
  readonly #publicUrl: string;
  #marks: Mark[];

  /**
   * Reads the cookie; what is not of its form, or over, is left out.
   *
   * @param hash keyed, so that only this server can make or read a mark
   * @param now epoch milliseconds
   */
  constructor(
    cookieHeader: string | undefined,
    { publicUrl, hash, now }: { publicUrl: string; hash: (value: string) => string; now: number },
  ) {
    this.#hash = hash;
    this.#nowSeconds = Math.floor(now / 1000);
    this.#publicUrl = publicUrl;
    this.#marks = parse(readHint(cookieHeader, name, publicUrl)).filter(
      ({ until }) => until > this.#nowSeconds,
    );
  }

  has(kind: MarkKind, userId: string, factor: string): boolean {
    const id = this.#idOf(kind, userId, factor);
    return this.#marks.some((mark) => mark.id === id);
  }

  /** Remembers; returns the `Set-Cookie` value. */
  add(kind: MarkKind, userId: string, factor: string, days: number): string {
    const id = this.#idOf(kind, userId, factor);
    const until = this.#nowSeconds + days * 24 * 60 * 60;
    this.#marks = [{ id, until }, ...this.#marks.filter((mark) => mark.id !== id)].slice(0, mostMarks);
    return this.#cookie();
  }

  /** Forgets; returns the `Set-Cookie` value, or undefined when there was nothing to forget. */
  remove(kind: MarkKind, userId: string, factor: string): string | undefined {
    if (!this.has(kind, userId, factor)) return undefined;
    const id = this.#idOf(kind, userId, factor);
    this.#marks = this.#marks.filter((mark) => mark.id !== id);
    return this.#cookie();
  }

  #idOf(kind: MarkKind, userId: string, factor: string): string {
    return this.#hash(`${kind}\0${factor}\0${userId}`).slice(0, idLength);
  }

  #cookie(): string {
    const value = this.#marks.map(({ id, until }) => `${id}~${until.toString(36)}`).join('.');
    return hintCookie({ name, value, maxAgeSeconds: value === '' ? 0 : year }, this.#publicUrl);
  }
}

function parse(value = ''): Mark[] {
  return value
    .split('.')
    .slice(0, mostMarks)
    .flatMap((text) => {
      const [, id, until] = /^([\w-]{16})~([0-9a-z]{1,8})$/.exec(text) ?? [];
      return id && until ? [{ id, until: Number.parseInt(until, 36) }] : [];
    });
}
