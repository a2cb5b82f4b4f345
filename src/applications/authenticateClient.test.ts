import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { systemClock } from '../config/clock.ts';
import { generateMasterKey } from '../crypto/masterKey.ts';
import { openVault } from '../crypto/vault.ts';
import { authenticateClient } from './authenticateClient.ts';
import type { ClientDraft } from './client.ts';
import { createClient, rotateClientSecret } from './clients.ts';

const issuer = 'https://login.example.com/';
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

forEachDatabase((_engine, open) => {
  async function setUp(draft: Partial<ClientDraft> = {}) {
    const database = await open();
    const vault = await openVault(database, generateMasterKey(), systemClock);
    const { client, clientSecret } = await createClient(database.db, vault, systemClock, {
      name: 'App',
      ...draft,
    });
    const authenticate = async (body: Record<string, unknown>, authorization?: string) => {
      const request = { authorization, body, audiences: [issuer, `${issuer}oauth/token`] };
      return (await authenticateClient(database.db, vault, systemClock, request)).outcome;
    };
    return { database, vault, client, clientSecret, id: client.clientId, authenticate };
  }

  const basic = (id: string, secret: string) =>
    `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;

  it('accepts the secret in the body or by Basic', async () => {
    const { id, clientSecret, authenticate } = await setUp();
    expect(await authenticate({ client_id: id, client_secret: clientSecret })).toBe('authenticated');
    expect(await authenticate({}, basic(id, clientSecret))).toBe('authenticated');
    expect(await authenticate({ client_id: id }, basic(id, clientSecret))).toBe('authenticated');
  });

  it('refuses a wrong secret, an unknown application and a missing secret alike', async () => {
    const { id, clientSecret, authenticate } = await setUp();
    expect(await authenticate({ client_id: id, client_secret: `${clientSecret}x` })).toBe('refused');
    expect(await authenticate({ client_id: 'nobody', client_secret: clientSecret })).toBe('refused');
    expect(await authenticate({ client_id: id })).toBe('refused');
  });

  it('S-38 refuses a replaced secret at the next request', async () => {
    const { database, vault, id, clientSecret, authenticate } = await setUp();
    await rotateClientSecret(database.db, vault, systemClock, id);
    expect(await authenticate({ client_id: id, client_secret: clientSecret })).toBe('refused');
  });

  it('takes a public application at its word, and refuses it with a secret', async () => {
    const { id, clientSecret, authenticate } = await setUp({ appType: 'spa' });
    expect(await authenticate({ client_id: id })).toBe('authenticated');
    expect(await authenticate({ client_id: id, client_secret: clientSecret })).toBe('refused');
  });

  it('ignores a Bearer header, and refuses two mechanisms at once', async () => {
    const { id, clientSecret, authenticate } = await setUp();
    const body = { client_id: id, client_secret: clientSecret };
    expect(await authenticate(body, 'Bearer some-mfa-token')).toBe('authenticated');
    expect(await authenticate(body, basic(id, clientSecret))).toBe('several');
  });

  it.each([
    [{}, undefined, 'missing'],
    [{ client_id: ['a', 'b'] }, undefined, 'malformed'],
    [{ client_id: { $ne: '' } }, undefined, 'malformed'],
    [{ client_id: 'a\u0000' }, undefined, 'malformed'],
    [{}, 'Basic !!!', 'malformed'],
    [{}, `Basic ${Buffer.from('no-colon').toString('base64')}`, 'malformed'],
    [{ client_id: 'other' }, `Basic ${Buffer.from('id:secret').toString('base64')}`, 'malformed'],
    [{ client_assertion: 'x.y.z' }, undefined, 'malformed'],
    [{ client_assertion: 'x.y.z', client_assertion_type: assertionType }, undefined, 'malformed'],
  ])('reads %j with header %j as %s', async (body, authorization, outcome) => {
    const { authenticate } = await setUp();
    expect(await authenticate(body, authorization)).toBe(outcome);
  });

  async function setUpWithKey() {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const store = await setUp({
      tokenEndpointAuthMethod: 'private_key_jwt',
      publicKeys: { keys: [await exportJWK(publicKey)] },
    });
    const sign = (claims: Record<string, unknown> = {}, key = privateKey) => {
      const now = Math.floor(Date.now() / 1000);
      const good = {
        iss: store.id,
        sub: store.id,
        aud: issuer,
        jti: crypto.randomUUID(),
        iat: now,
        exp: now + 60,
      };
      return new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'ES256' }).sign(key);
    };
    const present = (assertion: string) =>
      store.authenticate({ client_assertion: assertion, client_assertion_type: assertionType });
    return { ...store, sign, present };
  }

  it('accepts an assertion signed by the registered key', async () => {
    const { sign, present } = await setUpWithKey();
    expect(await present(await sign())).toBe('authenticated');
    expect(await present(await sign({ aud: [`${issuer}oauth/token`, 'other'] }))).toBe('authenticated');
  });

  it('refuses an assertion for somebody else, expired, too long-lived, without jti or by another key', async () => {
    const { sign, present } = await setUpWithKey();
    const now = Math.floor(Date.now() / 1000);
    const { privateKey: foreignKey } = await generateKeyPair('ES256', { extractable: true });
    for (const assertion of [
      await sign({ aud: 'https://other.example/' }),
      await sign({ iss: 'other' }),
      await sign({ exp: now - 60 }),
      await sign({ exp: now + 86_400 }),
      await sign({ jti: undefined }),
      await sign({}, foreignKey),
    ]) {
      expect(await present(assertion)).toBe('refused');
    }
  });

  it('lets one of many racing uses of an assertion succeed', async () => {
    const { sign, present } = await setUpWithKey();
    const assertion = await sign();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => present(assertion)));
    expect(outcomes.filter((outcome) => outcome === 'authenticated')).toHaveLength(1);
  });

  it('refuses the secret of an application that must sign', async () => {
    const { id, clientSecret, authenticate } = await setUpWithKey();
    expect(await authenticate({ client_id: id, client_secret: clientSecret })).toBe('refused');
    expect(await authenticate({ client_id: id })).toBe('refused');
  });
});
