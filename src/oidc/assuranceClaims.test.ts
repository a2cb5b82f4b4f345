import { decodeJwt } from 'jose';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { codeOf } from '../../test/support/engine.ts';
import { type Browser, callback, createTestOidc, enrolOtp, type TestOidc } from '../../test/support/oidc.ts';
import { type Client, grantTypes } from '../applications/client.ts';
import { multiFactorAcr } from '../mfa/authenticationContext.ts';

const second = 'http://idmanagement.gov/ns/assurance/aal/2';
const third = 'http://idmanagement.gov/ns/assurance/aal/3';
const minute = 60;

forEachDatabase((_engine, open) => {
  let house: TestOidc;
  let client: Client;
  let userId: string;
  let secret: string;
  let browser: Browser;

  const pass = (seconds: number) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
  };

  beforeEach(async () => {
    house = await createTestOidc(await open());
    const allowed = Object.values(grantTypes).filter((type) => type !== grantTypes.clientCredentials);
    ({ client } = await house.addClient({ appType: 'spa', grantTypes: allowed }));
    userId = await house.addUser();
    const enrolled = await enrolOtp(house, userId, client);
    ({ secret } = enrolled);
    pass(minute);
    browser = house.browser();
    const proofs = [
      { factor: 'password', at: Date.now() },
      { ...enrolled.proof, at: Date.now() },
    ];
    await browser.signIn(client.clientId, userId, {}, proofs);
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  /** The tokens of a request that is answered without a page. */
  async function tokens(parameters: Record<string, string> = {}) {
    const { location, verifier } = await browser.authorize(client.clientId, {
      prompt: 'none',
      ...parameters,
    });
    const { body } = await house.token({
      grant_type: 'authorization_code',
      client_id: client.clientId,
      redirect_uri: callback,
      code: location?.searchParams.get('code') ?? '',
      code_verifier: verifier,
    });
    return body as { id_token: string; refresh_token: string };
  }
  const claims = async (parameters: Record<string, string> = {}) => {
    const { acr, amr } = decodeJwt((await tokens(parameters)).id_token);
    return { acr, amr };
  };
  const refresh = (token: string) =>
    house.token({ grant_type: 'refresh_token', client_id: client.clientId, refresh_token: token });

  it('discovery names every acr value that can be asked for', async () => {
    const { body } = await browser.get('/.well-known/openid-configuration');
    expect(JSON.parse(body).acr_values_supported).toEqual([multiFactorAcr, second, third]);
  });

  it('S-29 acr is the first value of this very request that was reached, whatever another one asked for', async () => {
    const amr = ['mfa', 'pwd', 'otp'];
    expect(await claims({ acr_values: second })).toEqual({ acr: second, amr });
    expect(await claims()).toEqual({ acr: multiFactorAcr, amr });
    expect(await claims({ acr_values: `${third} ${second}` })).toEqual({ acr: second, amr });
    expect(await claims({ acr_values: multiFactorAcr })).toEqual({ acr: multiFactorAcr, amr });
  });

  it('S-30 a level that isn’t reached is no silent success', async () => {
    const { location } = await browser.authorize(client.clientId, { prompt: 'none', acr_values: third });
    expect(location?.searchParams.get('error')).toBe('login_required');
    expect((await browser.authorize(client.clientId, { acr_values: third })).location?.pathname).toBe(
      '/u/mfa',
    );
  });

  it('S-29 S-31 what counts no longer is told no more, in a session and under a refresh token', async () => {
    const scope = 'openid offline_access';
    await house.setTenant({ proofMinutes: 60 });
    const { refresh_token: token } = await tokens({ scope });
    const fresh = await refresh(token);
    expect(decodeJwt(fresh.body.id_token)).toMatchObject({ acr: multiFactorAcr, amr: ['mfa', 'pwd', 'otp'] });
    pass(61 * minute);
    expect(await claims()).toEqual({});
    const old = await refresh(fresh.body.refresh_token);
    for (const claim of ['acr', 'amr']) expect(decodeJwt(old.body.id_token)).not.toHaveProperty(claim);
    // A refresh never adds to what its token says.
    await house.setTenant({ proofMinutes: 0 });
    const later = await refresh(old.body.refresh_token);
    expect(later.status).toBe(200);
    expect(decodeJwt(later.body.id_token)).not.toHaveProperty('acr');
  });

  it('S-31 a refresh that was proved anew keeps to the value that was asked for', async () => {
    await house.setTenant({ policy: 'always', proofMinutes: 60 });
    const { refresh_token: token } = await tokens({ scope: 'openid offline_access', acr_values: second });
    pass(61 * minute);
    const asked = await refresh(token);
    expect(asked.body.error).toBe('mfa_required');
    const answered = await house.token({
      grant_type: grantTypes.mfaOtp,
      client_id: client.clientId,
      mfa_token: asked.body.mfa_token,
      otp: await codeOf(secret, Date.now()),
    });
    expect(decodeJwt(answered.body.id_token)).toMatchObject({ acr: second, amr: ['mfa', 'pwd', 'otp'] });
    const next = await refresh(answered.body.refresh_token);
    expect(decodeJwt(next.body.id_token)).toMatchObject({ acr: second });
    // However often that happens, the grant remembers each method once.
    const rows = await house.database.db
      .selectFrom('oidc_records')
      .select('payload')
      .where('model', '=', 'Grant')
      .execute();
    const remembered = rows.map(({ payload }) => JSON.parse(payload).proofs as { factor: string }[]);
    for (const proofs of remembered)
      expect(proofs.map(({ factor }) => factor)).toEqual([...new Set(proofs.map(({ factor }) => factor))]);
  });
});
