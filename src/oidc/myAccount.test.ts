import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { createTestOidc, enrolOtp, issuer, password, type TestOidc } from '../../test/support/oidc.ts';
import { sessionClaim, sessionsOfPerson } from '../accounts/sessionsOfPerson.ts';
import { type Client, grantTypes } from '../applications/client.ts';
import { systemClock } from '../config/clock.ts';
import { levelAcr, multiFactorAcr } from '../mfa/authenticationContext.ts';
import { proofsClaim } from '../mfa/proofsClaim.ts';
import type { Proof } from '../mfa/transaction.ts';
import { defaultTenantSettings } from '../tenant/tenantSettings.ts';

const audience = `${issuer}me/`;
const scope = 'openid offline_access read:me:authentication_methods';
const minute = 60_000;

forEachDatabase((_engine, open) => {
  let house: TestOidc;
  let client: Client;
  let secret: string;
  let userId: string;

  beforeEach(async () => {
    house = await createTestOidc(await open());
    await house.setTenant({
      factors: {
        ...defaultTenantSettings.factors,
        otp: { enabled: true },
        email: { enabled: true },
      },
    });
    const made = await house.addClient({
      grantTypes: [grantTypes.authorizationCode, grantTypes.refreshToken, grantTypes.password],
    });
    client = made.client;
    secret = made.clientSecret;
    userId = await house.addUser();
  });

  const passwordProof = (ageMinutes = 0): Proof => ({
    factor: 'password',
    at: Date.now() - ageMinutes * minute,
  });
  const aged = (proof: Proof, ageMinutes: number): Proof => ({
    ...proof,
    at: Date.now() - ageMinutes * minute,
  });
  const credentials = () => ({ client_id: client.clientId, client_secret: secret });

  const redeem = (code: string, code_verifier: string) =>
    house.token({
      grant_type: 'authorization_code',
      ...credentials(),
      ...{ code, code_verifier, redirect_uri: 'https://app.example.com/callback' },
    });

  /** A browser in which somebody signed in by these proofs, for no API. */
  async function signedIn(proofs: Proof[]) {
    const browser = house.browser();
    await browser.signIn(client.clientId, userId, {}, proofs);
    return browser;
  }

  const ask = { audience, scope };

  /** What `prompt=none` answers for this API. */
  async function silently(proofs: Proof[], wishes: Record<string, string> = {}) {
    const browser = await signedIn(proofs);
    const { location } = await browser.authorize(client.clientId, { ...ask, prompt: 'none', ...wishes });
    return location?.searchParams.get('error') ?? (location?.searchParams.has('code') ? 'code' : undefined);
  }

  /** Which page a browser is led to. */
  async function interactively(proofs: Proof[], wishes: Record<string, string> = {}) {
    const browser = await signedIn(proofs);
    const { location } = await browser.authorize(client.clientId, { ...ask, ...wishes });
    return location?.searchParams.has('code') ? 'code' : location?.pathname;
  }

  /** Refreshes with a token that was granted by these proofs. */
  async function refreshed(granted: Proof[], laterMinutes: number) {
    const browser = house.browser();
    const { code, verifier } = await browser.signIn(client.clientId, userId, ask, granted);
    const { body } = await redeem(code, verifier);
    await ageGrants(laterMinutes);
    return house.token({
      grant_type: 'refresh_token',
      ...credentials(),
      refresh_token: body.refresh_token,
    });
  }

  /** Makes everything that was proved for refresh tokens so much older. */
  async function ageGrants(minutes: number) {
    const { database, oidc } = house;
    const rows = await database.db
      .selectFrom('oidc_records')
      .selectAll()
      .where('model', '=', 'Grant')
      .execute();
    expect(rows.length).toBeGreaterThan(0);
    const { records } = oidc.parts;
    for (const { id_hash } of rows) {
      const record = await records.findByHash(database.db, 'Grant', id_hash);
      const proofs = (record?.payload.proofs ?? []) as Proof[];
      await records.amend(database.db, 'Grant', id_hash, {
        ...record?.payload,
        proofs: proofs.map((proof) => ({ ...proof, at: proof.at - minutes * minute })),
      });
    }
  }

  it('the token is the person’s for a quarter of an hour, and tells this API by what and where', async () => {
    const browser = house.browser();
    const { code, verifier } = await browser.signIn(client.clientId, userId, ask);
    const { body } = await redeem(code, verifier);
    expect(body.expires_in).toBe(900);
    expect(body.scope.split(' ').toSorted()).toEqual(scope.split(' ').toSorted());
    const claims = decodeJwt(body.access_token);
    expect(claims).toMatchObject({ [proofsClaim]: [{ factor: 'password' }] });
    const [session] = await sessionsOfPerson(house.database.db, house.vault, systemClock, userId);
    expect(claims[sessionClaim]).toBe(session?.id);
    expect(JSON.stringify(claims)).not.toContain((await sessionRow()).uid);
  });

  const sessionRow = () => house.database.db.selectFrom('sessions').select('uid').executeTakeFirstOrThrow();

  describe('who has a second factor', () => {
    let otp: Proof;

    beforeEach(async () => {
      ({ proof: otp } = await enrolOtp(house, userId, client));
    });

    it('proves it, whatever the policy and the session’s age say', async () => {
      expect(await silently([passwordProof()])).toBe('login_required');
      expect(await interactively([passwordProof()])).toMatch(/mfa/);
      expect(await silently([passwordProof(60), aged(otp, 14)])).toBe('code');
      expect(await silently([passwordProof(60), aged(otp, 16)])).toBe('login_required');
    });

    it('S-40 proves it anew within five minutes where an acr is asked for beside', async () => {
      for (const acr_values of [multiFactorAcr, levelAcr(2)]) {
        expect(await silently([passwordProof(60), aged(otp, 4)], { acr_values })).toBe('code');
        expect(await silently([passwordProof(60), aged(otp, 6)], { acr_values })).toBe('login_required');
        // The second factor alone is asked for.
        expect(await interactively([passwordProof(60), aged(otp, 6)], { acr_values })).toMatch(/mfa/);
      }
    });

    it('S-40 proves one that vouches: neither a fresh weak one nor a strong old one', async () => {
      const [address] = (await house.engine.methods(userId)).filter(({ factor }) => factor === 'email');
      const mail: Proof = { factor: 'email', methodId: address?.id ?? '', channel: 'email', at: Date.now() };
      const acr_values = levelAcr(2);
      expect(await silently([passwordProof(), mail])).toBe('code');
      expect(await silently([passwordProof(), aged(otp, 10), mail], { acr_values })).toBe('login_required');
    });

    it('S-31 is asked at a refresh', async () => {
      const proofs = [passwordProof(), aged(otp, 0)];
      expect((await refreshed(proofs, 14)).status).toBe(200);
      const late = await refreshed(proofs, 16);
      expect(late).toMatchObject({
        status: 403,
        body: { error: 'mfa_required', mfa_token: expect.any(String) },
      });
    });

    it('is asked by a password grant', async () => {
      const { body } = await house.token({
        grant_type: 'password',
        ...credentials(),
        ...{ username: 'kim@example.com', password, audience, scope },
      });
      expect(body.error).toBe('mfa_required');
    });
  });

  describe('who has none', () => {
    it('gets in on a sign-in of the last quarter of an hour, and signs in anew after it', async () => {
      expect(await silently([passwordProof(14)])).toBe('code');
      expect(await silently([passwordProof(16)])).toBe('unmet_authentication_requirements');
      expect(await interactively([passwordProof(16)])).toBe('/u/login');
    });

    it('goes on after that, without a loop', async () => {
      const browser = await signedIn([passwordProof(16)]);
      const { location } = await browser.authorize(client.clientId, ask);
      const resumed = await browser.finish(location, userId, [passwordProof()]);
      expect(resumed.location?.searchParams.get('code')).toBeTruthy();
    });

    it('signs in anew at a refresh', async () => {
      expect((await refreshed([passwordProof()], 14)).status).toBe(200);
      const late = await refreshed([passwordProof()], 16);
      expect(late).toMatchObject({ status: 403, body: { error: 'unmet_authentication_requirements' } });
      expect(late.body).not.toHaveProperty('mfa_token');
    });

    it('sets one up where the policy demands it', async () => {
      const browser = await signedIn([passwordProof()]);
      await house.setTenant({ policy: 'always' });
      const silent = await browser.authorize(client.clientId, { ...ask, prompt: 'none' });
      expect(silent.location?.searchParams.get('error')).toBe('login_required');
      expect((await browser.authorize(client.clientId, ask)).location?.pathname).toMatch(/mfa/);
    });
  });

  it('client credentials don’t open it', async () => {
    const { client: machine, clientSecret } = await house.addClient({
      grantTypes: [grantTypes.clientCredentials],
      appType: 'non_interactive',
    });
    const answer = await house.token({
      grant_type: 'client_credentials',
      ...{ client_id: machine.clientId, client_secret: clientSecret, audience },
    });
    expect(answer).toMatchObject({ status: 403, body: { error: 'access_denied' } });
  });
});
