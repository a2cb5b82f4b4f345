import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import { codeOf, context } from '../../../test/support/engine.ts';
import { type Answer, createTestOidc, issuer, password, type TestOidc } from '../../../test/support/oidc.ts';
import { grantTypes } from '../../applications/client.ts';
import { systemClock } from '../../config/clock.ts';
import { signJwt } from '../../crypto/jwt.ts';
import { KeyRing } from '../../crypto/keyRing.ts';
import { signCompletion } from '../../mfa/completionToken.ts';

type Credentials = Record<'client_id' | 'client_secret', string>;

forEachDatabase((_engine, open) => {
  describe('a transaction that another surface had satisfied', () => {
    let house: TestOidc;
    let credentials: Credentials;
    let userId: string;
    let keys: KeyRing;

    beforeEach(async () => {
      house = await createTestOidc(await open());
      await house.setTenant({ policy: 'always' });
      credentials = await application();
      userId = await house.addUser();
      keys = new KeyRing(house.database.db, house.vault, systemClock);
    });

    async function application(): Promise<Credentials> {
      const { client, clientSecret } = await house.addClient({
        appType: 'regular_web',
        grantTypes: [grantTypes.password, grantTypes.mfaOob],
      });
      return { client_id: client.clientId, client_secret: clientSecret };
    }

    async function mfaToken(): Promise<string> {
      const login = { grant_type: 'password', username: 'kim@example.com', password, scope: 'openid' };
      const { body } = await house.token({ ...login, ...credentials });
      return body.mfa_token;
    }

    async function transactionOf(token: string) {
      const found = await house.engine.findByToken(token);
      if (found.outcome !== 'found') throw new Error(`No transaction: ${found.outcome}.`);
      return found.transaction;
    }

    /** Has everything proved, as a page would, and gives what the page is told then. */
    async function satisfy(token: string): Promise<string> {
      const { id } = await transactionOf(token);
      const begun = await house.engine.beginEnrolment(id, { factor: 'otp' }, context);
      if (begun.outcome !== 'begun') throw new Error(`Refused: ${begun.code}.`);
      const proof = await codeOf(begun.shown.secret as string, systemClock());
      await house.engine.submit(id, { factor: 'otp', proof }, context);
      return signature(token);
    }

    async function signature(token: string): Promise<string> {
      return signCompletion({ keys, clock: systemClock, issuer }, await transactionOf(token));
    }

    const redeem = (token: string, oobCode: string, by = credentials): Promise<Answer> =>
      house.token({ grant_type: grantTypes.mfaOob, mfa_token: token, oob_code: oobCode, ...by });

    it('S-37 is completed once, by its signature and its mfa_token, with what nobody was shown yet', async () => {
      const token = await mfaToken();
      const signed = await satisfy(token);
      const answers = await Promise.all([1, 2, 3].map(() => redeem(token, signed)));
      const [good, ...others] = answers.toSorted((a, b) => a.status - b.status);
      expect(good?.body).toMatchObject({
        token_type: 'Bearer',
        recovery_code: expect.stringMatching(/^[A-Z1-9]{24}$/),
      });
      expect(decodeJwt(good?.body.id_token)).toMatchObject({
        sub: userId,
        amr: expect.arrayContaining(['mfa', 'otp']),
      });
      for (const { status, body } of others) {
        expect([status, body.error]).toEqual([401, 'expired_token']);
      }
      expect((await redeem(token, signed)).body).toMatchObject({ error: 'expired_token' });
      expect((await house.events()).filter((type) => type === 'seoobft')).toHaveLength(1);
    });

    it('S-26 is completed by no other client and with no other mfa_token', async () => {
      const token = await mfaToken();
      const signed = await satisfy(token);
      const other = await mfaToken();
      expect((await redeem(token, signed, await application())).body.error_description).toBe(
        'mfa_token not issued to this client',
      );
      expect((await redeem(other, signed)).body.error_description).toBe(
        "The oob_code doesn't match the mfa_token",
      );
      expect((await redeem('nothing', signed)).status).toBe(401);
      expect((await redeem(token, signed)).status).toBe(200);
    });

    it('S-14 is not completed before everything is proved, though the signature be good', async () => {
      const token = await mfaToken();
      expect((await redeem(token, await signature(token))).status).toBe(401);
      const signed = await satisfy(token);
      expect((await redeem(token, signed)).status).toBe(200);
    });

    it('S-72 takes no other token of ours for the signature', async () => {
      const token = await mfaToken();
      const signed = await satisfy(token);
      const { id, expiresAt } = await transactionOf(token);
      const claims = {
        ...{ iss: issuer, aud: `${issuer}mfa/completion`, sub: userId, txid: id },
        ...{ iat: Math.floor(systemClock() / 1000), exp: Math.ceil(expiresAt / 1000) },
      };
      const [header, payload] = signed.split('.');
      const forged = [
        await signJwt(keys, 'ES256', 'JWT', claims),
        await signJwt(keys, 'ES256', 'at+jwt', claims),
        await signJwt(keys, 'ES256', 'mfa+jwt', { ...claims, aud: `${issuer}guardian/transaction` }),
        await signJwt(keys, 'ES256', 'mfa+jwt', { ...claims, iss: 'https://elsewhere.example/' }),
        await signJwt(keys, 'ES256', 'mfa+jwt', { ...claims, exp: claims.iat - 1 }),
        await signJwt(keys, 'ES256', 'mfa+jwt', { ...claims, txid: [id] }),
        `${header}.${payload}.`,
        `${Buffer.from('{"alg":"none","typ":"mfa+jwt"}').toString('base64url')}.${payload}.`,
      ];
      for (const one of forged) {
        const { status, body } = await redeem(token, one);
        expect([status, body.error]).toEqual([401, 'expired_token']);
      }
      expect((await redeem(token, signed)).status).toBe(200);
    });

    it('S-28 is judged again: a blocked person gets nothing', async () => {
      const token = await mfaToken();
      const signed = await satisfy(token);
      await house.database.db.updateTable('users').set({ blocked: 1 }).where('id', '=', userId).execute();
      expect((await redeem(token, signed)).body).toMatchObject({ error: 'access_denied' });
    });
  });
});
