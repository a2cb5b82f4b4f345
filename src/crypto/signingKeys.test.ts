import { importJWK, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { AccessTokenVerifier } from './accessTokens.ts';
import { generateMasterKey } from './masterKey.ts';
import { ensureSigningKeys, loadSigningKeys, rotateSigningKeys } from './signingKeys.ts';
import { openVault } from './vault.ts';

const issuer = 'https://login.example.com/';
const audience = `${issuer}mfa/`;

forEachDatabase((_engine, open) => {
  async function prepare() {
    const database = await open();
    let now = Date.UTC(2026, 0, 15);
    const clock = () => now;
    const vault = await openVault(database, generateMasterKey(), clock);
    await ensureSigningKeys(database, vault, clock);
    const verifier = new AccessTokenVerifier(database.db, vault, clock, issuer);
    const current = async (alg: string) => {
      const { keys } = await loadSigningKeys(database.db, vault, clock);
      return keys.find((key) => (key.alg ?? 'RS256') === alg) as (typeof keys)[number];
    };
    const sign = async (changes: Record<string, unknown> = {}, header: Record<string, unknown> = {}) => {
      const alg = (header.alg as string) ?? 'RS256';
      const jwk = await current(alg === 'PS256' ? 'RS256' : alg);
      const seconds = Math.floor(now / 1000);
      return new SignJWT({
        iss: issuer,
        aud: audience,
        sub: 'ann',
        iat: seconds,
        exp: seconds + 600,
        ...changes,
      })
        .setProtectedHeader({
          alg,
          kid: alg === 'PS256' ? `${jwk.kid}-ps256` : jwk.kid,
          typ: 'at+jwt',
          ...header,
        })
        .sign(await importJWK(jwk, alg));
    };
    return { database, vault, clock, verifier, sign, advance: (ms: number) => (now += ms) };
  }

  describe('signing keys', () => {
    it('are made once for each algorithm', async () => {
      const { database, vault, clock } = await prepare();
      await ensureSigningKeys(database, vault, clock);
      const { keys } = await loadSigningKeys(database.db, vault, clock);
      expect(keys.map((key) => key.alg ?? 'RSA').toSorted()).toEqual(['ES256', 'EdDSA', 'RSA']);
    });

    it('rotate without voiding tokens, and retire when none can be left', async () => {
      const { database, vault, clock, verifier, sign, advance } = await prepare();
      const old = await sign({ exp: Math.floor(clock() / 1000) + 60 * 24 * 60 * 60 });
      await rotateSigningKeys(database, vault, clock);
      expect(await verifier.verify(old, audience)).toMatchObject({ sub: 'ann' });
      expect(await verifier.verify(await sign(), audience)).toMatchObject({ sub: 'ann' });
      expect((await loadSigningKeys(database.db, vault, clock)).keys).toHaveLength(6);
      advance(31 * 24 * 60 * 60 * 1000);
      expect((await loadSigningKeys(database.db, vault, clock)).keys).toHaveLength(3);
      expect(await verifier.verify(old, audience)).toBeUndefined();
    });
  });

  describe('S-72 access tokens', () => {
    it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('signed with %s by our key are accepted', async (alg) => {
      const { verifier, sign } = await prepare();
      expect(await verifier.verify(await sign({}, { alg }), audience)).toMatchObject({ sub: 'ann' });
    });

    it('of another issuer, audience, type or time are refused', async () => {
      const { verifier, sign, clock } = await prepare();
      const seconds = Math.floor(clock() / 1000);
      const refused = [
        await sign({ iss: 'https://evil.example/' }),
        await sign({ aud: `${issuer}userinfo` }),
        await sign({ exp: seconds - 1 }),
        await sign({ exp: undefined }),
        await sign({ sub: undefined }),
        await sign({}, { typ: 'JWT' }),
        await sign({}, { kid: 'unknown' }),
      ];
      for (const token of refused) expect(await verifier.verify(token, audience)).toBeUndefined();
    });

    it('are not taken for invalid when the keys can’t be read', async () => {
      const { verifier, sign, database } = await prepare();
      const token = await sign();
      await database.db.schema.dropTable('signing_keys').execute();
      await expect(verifier.verify(token, audience)).rejects.toThrow('signing_keys');
    });

    it('unsigned, or signed with what is not ours, are refused', async () => {
      const { verifier, sign, database, vault, clock } = await prepare();
      const good = await sign();
      const [, payload] = good.split('.') as [string, string, string];
      const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const { keys } = await loadSigningKeys(database.db, vault, clock);
      const rsa = keys.find((key) => key.kty === 'RSA');
      const asSecret = new TextEncoder().encode(JSON.stringify({ n: rsa?.n, e: rsa?.e }));
      const confused = await new SignJWT({ iss: issuer, aud: audience, sub: 'ann' })
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: rsa?.kid as string })
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(asSecret);
      const unsigned = `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.`;
      const edited = good.replace(
        payload,
        encode({ iss: issuer, aud: audience, sub: 'bob', exp: 9e9, iat: 1 }),
      );
      for (const token of [confused, unsigned, edited, 'a.b.c', '']) {
        expect(await verifier.verify(token, audience)).toBeUndefined();
      }
    });
  });
});
