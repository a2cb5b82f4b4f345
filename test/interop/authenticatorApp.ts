import { setTimeout as sleep } from 'node:timers/promises';
import { generate } from 'otplib';

/** How long a code may be under way before it is judged. */
const travelMs = 5_000;

/**
 * An authenticator app, played by otplib, which knows nothing of the product's own code.
 *
 * Each code is of a later time step than the one before, since a server accepts each step once. The first
 * is of the step before the present one, so that three codes fit into one step of half a minute: the server
 * allows one step of drift either way. A code is never so old that it could run out on its way.
 */
export class AuthenticatorApp {
  readonly secret: string;
  readonly #digits: 6 | 8;
  readonly #period: number;
  readonly #algorithm: 'sha1' | 'sha256' | 'sha512';
  #lastStep = 0;
  #lastCode = '';

  private constructor(secret: string, { digits = 6, period = 30, algorithm = 'sha1' }: Parameters = {}) {
    this.secret = secret;
    this.#digits = digits;
    this.#period = period;
    this.#algorithm = algorithm;
  }

  /** Somebody typed the key (RFC 4648 base32). */
  static withKey(secret: string): AuthenticatorApp {
    return new AuthenticatorApp(secret);
  }

  /** Somebody scanned the QR code of an `otpauth://totp/` URI. */
  static scan(barcodeUri: string): AuthenticatorApp {
    const uri = new URL(barcodeUri);
    if (uri.protocol !== 'otpauth:' || uri.host !== 'totp') throw new Error(`No TOTP code: ${barcodeUri}`);
    const { secret, digits, period, algorithm } = Object.fromEntries(uri.searchParams);
    if (!secret) throw new Error('The QR code holds no secret.');
    return new AuthenticatorApp(secret, {
      digits: digits === '8' ? 8 : 6,
      period: Number(period ?? 30),
      algorithm: (algorithm ?? 'SHA1').toLowerCase() as 'sha1',
    });
  }

  /**
   * A code that was not used before and that the server will accept now. Waits a few seconds at the most.
   *
   * @throws Error when the fourth code within half a minute is asked for: take another person for that.
   */
  async nextCode(): Promise<string> {
    const oldest = this.#stepAt(Date.now() + travelMs) - 1;
    const step = Math.max(this.#lastStep + 1, oldest);
    const acceptedFrom = (step - 1) * this.#period * 1000;
    const waitMs = acceptedFrom - Date.now();
    if (waitMs > travelMs)
      throw new Error(`The next code is accepted in ${Math.ceil(waitMs / 1000)} s only.`);
    if (waitMs > 0) await sleep(waitMs + 100);
    this.#lastStep = step;
    this.#lastCode = await this.#codeOf(step);
    return this.#lastCode;
  }

  /** The code given out last. */
  get usedCode(): string {
    return this.#lastCode;
  }

  /** A code of the right form that is wrong now and in the steps around. */
  async wrongCode(): Promise<string> {
    const present = this.#stepAt(Date.now());
    const near = await Promise.all([-2, -1, 0, 1, 2].map((offset) => this.#codeOf(present + offset)));
    const candidates = ['000000', '111111', '222222', '333333', '444444', '555555'];
    const wrong = candidates.find((candidate) => !near.includes(candidate));
    if (!wrong) throw new Error('Five of five codes were taken, which can’t be.');
    return wrong.padEnd(this.#digits, '0');
  }

  #stepAt(epochMs: number): number {
    return Math.floor(epochMs / 1000 / this.#period);
  }

  #codeOf(step: number): Promise<string> {
    const { secret } = this;
    const options = { digits: this.#digits, period: this.#period, algorithm: this.#algorithm };
    return generate({ secret, epoch: step * this.#period, ...options });
  }
}

interface Parameters {
  digits?: 6 | 8;
  period?: number;
  algorithm?: 'sha1' | 'sha256' | 'sha512';
}
