import { signJwt, verifyJwt } from '../../../crypto/jwt.ts';
import { type Signatory, signCompletion } from '../../../mfa/completionToken.ts';
import type { Transaction } from '../../../mfa/transaction.ts';

/** What a page carries: first a request token, which begins a flow, and then the flow's own. */
export interface FlowClaims {
  transactionId: string;
  userId: string;
  /** Id of the device that is being enrolled; absent where the person was enrolled when the flow began. */
  deviceId?: string;
}

/** The application hands a request token to its page at once. */
const requestLifetime = 5 * 60 * 1000;
const typ = 'mfa+jwt';

type Kind = 'request' | 'transaction';

/**
 * The tokens of a flow: JWTs of ours, since auth0-guardian-js reads `exp` and `txid` in them. They name a
 * transaction of the engine, and whatever they are good for is judged by how that stands.
 */
export class FlowTokens {
  readonly #signatory: Signatory;

  constructor(signatory: Signatory) {
    this.#signatory = signatory;
  }

  /** Lets a page begin. It may be used again while it lasts: a page that is loaded anew begins anew. */
  signRequest({ id, userId, expiresAt }: Transaction): Promise<string> {
    const end = Math.min(expiresAt, this.#signatory.clock() + requestLifetime);
    return this.#sign('request', { transactionId: id, userId }, end);
  }

  /** Lets a page go on, as long as the transaction lasts. */
  signTransaction({ id, userId, expiresAt }: Transaction, deviceId: string | undefined): Promise<string> {
    const claims = { transactionId: id, userId, ...(deviceId === undefined ? {} : { deviceId }) };
    return this.#sign('transaction', claims, expiresAt);
  }

  /** What the page is told in the end, and hands to its application. */
  signCompletion(transaction: Transaction): Promise<string> {
    return signCompletion(this.#signatory, transaction);
  }

  /** What a token says; undefined when it is none of this kind, or too old. */
  async read(kind: Kind, token: string): Promise<FlowClaims | undefined> {
    const { keys, clock, issuer } = this.#signatory;
    const claims = await verifyJwt(keys, clock, token, { typ, issuer, audience: this.#audienceOf(kind) });
    if (!claims?.sub || typeof claims.txid !== 'string') return undefined;
    const { sub: userId, txid: transactionId, did: deviceId } = claims;
    return { transactionId, userId, ...(typeof deviceId === 'string' ? { deviceId } : {}) };
  }

  #sign(kind: Kind, { transactionId, userId, deviceId }: FlowClaims, end: number): Promise<string> {
    const { keys, clock, issuer } = this.#signatory;
    return signJwt(keys, 'ES256', typ, {
      iss: issuer,
      aud: this.#audienceOf(kind),
      sub: userId,
      txid: transactionId,
      ...(deviceId === undefined ? {} : { did: deviceId }),
      iat: Math.floor(clock() / 1000),
      exp: Math.ceil(end / 1000),
    });
  }

  #audienceOf(kind: Kind): string {
    return `${this.#signatory.issuer}guardian/${kind}`;
  }
}
