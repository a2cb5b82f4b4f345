import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../../test/support/databases.ts';
import { createTestEngine } from '../../../../test/support/engine.ts';
import { signJwt } from '../../../crypto/jwt.ts';
import { KeyRing } from '../../../crypto/keyRing.ts';
import { ensureSigningKeys } from '../../../crypto/signingKeys.ts';
import type { Transaction } from '../../../mfa/transaction.ts';
import { FlowTokens } from './tokens.ts';

const issuer = 'https://login.example.com/';
const minute = 60_000;

forEachDatabase((_engine, open) => {
  async function setUp() {
    const { database, vault, clock } = await createTestEngine(await open());
    const tell = () => clock.now;
    await ensureSigningKeys(database, vault, tell);
    const keys = new KeyRing(database.db, vault, tell);
    const transaction = { id: 'mtx_1', userId: 'auth0|1', expiresAt: clock.now + 10 * minute } as Transaction;
    return { clock, keys, transaction, tokens: new FlowTokens({ keys, clock: tell, issuer }) };
  }

  describe('tokens of a flow', () => {
    it('tell the widget until when they count and which transaction they are for', async () => {
      const { clock, tokens, transaction } = await setUp();
      const request = await tokens.signRequest(transaction);
      expect(decodeProtectedHeader(request)).toMatchObject({ alg: 'ES256', typ: 'mfa+jwt' });
      expect(decodeJwt(request)).toMatchObject({
        exp: clock.now / 1000 + 300,
        sub: 'auth0|1',
        txid: 'mtx_1',
      });
      const page = await tokens.signTransaction(transaction, 'dev_1');
      expect(decodeJwt(page)).toMatchObject({ exp: clock.now / 1000 + 600, txid: 'mtx_1', did: 'dev_1' });
      expect(await tokens.read('transaction', page)).toEqual({
        ...{ transactionId: 'mtx_1', userId: 'auth0|1', deviceId: 'dev_1' },
      });
      expect(await tokens.read('request', request)).toEqual({ transactionId: 'mtx_1', userId: 'auth0|1' });
    });

    it('S-72 are each of one kind, of this server and in time', async () => {
      const { clock, keys, tokens, transaction } = await setUp();
      const request = await tokens.signRequest(transaction);
      const page = await tokens.signTransaction(transaction, undefined);
      const completion = await tokens.signCompletion(transaction);
      const elsewhere = new FlowTokens({
        keys,
        clock: () => clock.now,
        issuer: 'https://elsewhere.example/',
      });
      const claims = decodeJwt(page) as Record<string, unknown>;
      const strange = [
        request,
        completion,
        await elsewhere.signTransaction(transaction, undefined),
        await signJwt(keys, 'ES256', 'JWT', claims),
        await signJwt(keys, 'ES256', 'at+jwt', claims),
        await signJwt(keys, 'ES256', 'mfa+jwt', { ...claims, txid: 5 }),
        await signJwt(keys, 'ES256', 'mfa+jwt', { ...claims, sub: undefined }),
        `${page}x`,
        '',
      ];
      for (const one of strange) expect(await tokens.read('transaction', one)).toBeUndefined();
      for (const one of [page, completion]) expect(await tokens.read('request', one)).toBeUndefined();
      clock.advance(5 * 60);
      expect(await tokens.read('request', request)).toBeUndefined();
      expect(await tokens.read('transaction', page)).toBeDefined();
      clock.advance(5 * 60);
      expect(await tokens.read('transaction', page)).toBeUndefined();
    });
  });
});
