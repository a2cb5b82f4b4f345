import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { codeOf, context } from '../../test/support/engine.ts';
import { type Browser, callback, createTestOidc, enrolOtp, type TestOidc } from '../../test/support/oidc.ts';
import { type Client, grantTypes } from '../applications/client.ts';
import { updateClient } from '../applications/clients.ts';
import { systemClock } from '../config/clock.ts';
import type { Proof } from '../mfa/transaction.ts';
import { defaultTenantSettings, type TenantSettings } from '../tenant/tenantSettings.ts';

const scope = 'openid offline_access read';
const minute = 60;
const lifetimes = {
  expirationType: 'expiring',
  leewaySeconds: 0,
  tokenLifetimeSeconds: 30 * 24 * 3600,
  idleTokenLifetimeSeconds: 30 * 24 * 3600,
} as const;

/** What an application gets, in a word: what it asked for, or what is asked of the person instead. */
type Answer = 'passes' | 'second factor' | 'refused';

forEachDatabase((_engine, open) => {
  let house: TestOidc;
  let client: Client;
  let userId: string;
  let secret: string;
  let browser: Browser;
  let refreshTokens: Record<'rotating' | 'non-rotating', string>;
  let clients: Record<'rotating' | 'non-rotating', Client>;
  let start: number;

  const pass = (seconds: number) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
  };

  beforeEach(async () => {
    start = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: start });
    house = await createTestOidc(await open());
    await house.addApi({
      identifier: 'api',
      allowOfflineAccess: true,
      scopes: [{ value: 'read', description: '' }],
    });
    const allowed = Object.values(grantTypes).filter((type) => type !== grantTypes.clientCredentials);
    const application = async (rotationType: 'rotating' | 'non-rotating') => {
      const draft = {
        appType: 'spa',
        grantTypes: allowed,
        refreshToken: { rotationType, ...lifetimes },
      } as const;
      return (await house.addClient(draft)).client;
    };
    clients = { rotating: await application('rotating'), 'non-rotating': await application('non-rotating') };
    client = clients.rotating;
    userId = await house.addUser();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  /** Somebody with one-time passwords signs in at the pages and to both applications, with or without a code. */
  async function signIn(isProved: boolean) {
    const enrolled = await enrolOtp(house, userId, client);
    ({ secret } = enrolled);
    pass(minute);
    browser = house.browser();
    const proofs: Proof[] = [
      { factor: 'password', at: Date.now() },
      ...(isProved ? [{ ...enrolled.proof, at: Date.now() }] : []),
    ];
    const tokenFor = async (application: Client) => {
      const { code, verifier } = await browser.signIn(
        application.clientId,
        userId,
        { scope, audience: 'api', prompt: 'login' },
        proofs,
      );
      const { body } = await house.token({
        grant_type: 'authorization_code',
        client_id: application.clientId,
        redirect_uri: callback,
        code,
        code_verifier: verifier,
      });
      return body.refresh_token as string;
    };
    refreshTokens = {
      rotating: await tokenFor(clients.rotating),
      'non-rotating': await tokenFor(clients['non-rotating']),
    };
  }

  /** Each road by which an application gets or renews what it has. */
  const roads: Record<string, { go(): Promise<Answer>; prove?(): Promise<void> }> = {
    'silent authentication': {
      go: async () => {
        const { location } = await browser.authorize(client.clientId, { prompt: 'none' });
        if (location?.searchParams.has('code')) return 'passes';
        expect(location?.searchParams.get('error')).toBe('login_required');
        expect(location?.searchParams.get('error_description')).toBe('Multifactor authentication required');
        return 'second factor';
      },
    },
    'signing in': {
      go: async () => {
        const { location } = await browser.authorize(client.clientId);
        return location?.searchParams.has('code') ? 'passes' : toWord(location?.pathname);
      },
    },
    'a rotating refresh token': refreshing('rotating'),
    'a refresh token that stays': refreshing('non-rotating'),
  };

  function toWord(path: string | undefined): Answer {
    if (path === '/u/mfa') return 'second factor';
    throw new Error(`Nobody expected ${path}.`);
  }

  async function proveAtPages() {
    const { location } = await browser.authorize(client.clientId);
    expect(location?.pathname).toBe('/u/mfa');
    const [method] = (await house.engine.methods(userId)).filter(({ factor }) => factor === 'otp');
    const proof = { factor: 'otp', methodId: method?.id ?? '', at: Date.now() };
    const { location: done } = await browser.finish(location, userId, [proof]);
    expect(done?.searchParams.has('code')).toBe(true);
  }

  function refreshing(kind: 'rotating' | 'non-rotating') {
    const refresh = () =>
      house.token({
        grant_type: 'refresh_token',
        client_id: clients[kind].clientId,
        refresh_token: refreshTokens[kind],
      });
    const keep = (body: { refresh_token?: string }) => {
      refreshTokens[kind] = body.refresh_token ?? refreshTokens[kind];
    };
    return {
      go: async (): Promise<Answer> => {
        const { status, body } = await refresh();
        if (status === 200) keep(body);
        if (status === 200) return 'passes';
        return body.error === 'mfa_required' ? 'second factor' : 'refused';
      },
      prove: async () => {
        // Each code is good for one application only.
        pass(30);
        const asked = await refresh();
        expect(asked.body.mfa_requirements).toMatchObject({
          challenge: [{ type: 'otp' }, expect.anything()],
        });
        const answered = await house.token({
          grant_type: grantTypes.mfaOtp,
          client_id: clients[kind].clientId,
          mfa_token: asked.body.mfa_token,
          otp: await codeOf(secret, Date.now()),
        });
        expect(answered.status).toBe(200);
        keep(answered.body);
      },
    };
  }

  interface Change {
    isProved: boolean;
    begin(): Promise<void>;
    change(): Promise<unknown>;
    answer: Answer;
  }

  const applications = async (own: Partial<Client>) => {
    for (const { clientId } of Object.values(clients))
      await updateClient(house.database.db, systemClock, clientId, own);
  };
  const tenant = (settings: Partial<TenantSettings>) => (): Promise<void> => house.setTenant(settings);
  const later = (change: () => Promise<unknown>) => () => {
    pass(6 * minute);
    return change();
  };

  const changes: Record<string, Change> = {
    'never becomes always': {
      isProved: false,
      begin: tenant({ policy: 'never' }),
      change: tenant({ policy: 'always' }),
      answer: 'second factor',
    },
    'the application becomes stricter than the tenant': {
      isProved: false,
      begin: tenant({ policy: 'never' }),
      change: () => applications({ mfaPolicy: 'always' }),
      answer: 'second factor',
    },
    'always becomes never': {
      isProved: true,
      begin: tenant({ policy: 'always' }),
      change: tenant({ policy: 'never' }),
      answer: 'passes',
    },
    'a second factor counts less long': {
      isProved: true,
      begin: tenant({ policy: 'always' }),
      change: later(tenant({ proofMinutes: 5 })),
      answer: 'second factor',
    },
    'it counts less long for the applications': {
      isProved: true,
      begin: tenant({ policy: 'always', proofMinutes: 60 }),
      change: later(() => applications({ proofMinutes: 5 })),
      answer: 'second factor',
    },
    'it counts longer for the applications': {
      isProved: true,
      begin: tenant({ policy: 'always', proofMinutes: 5 }),
      change: later(() => applications({ proofMinutes: 0 })),
      answer: 'passes',
    },
  };

  const allAnswer = async (answer: Answer, refreshes: Answer = answer) => {
    for (const [name, { go }] of Object.entries(roads))
      expect(await go(), name).toBe(name.includes('refresh') ? refreshes : answer);
  };
  const proveEverywhere = async () => {
    await proveAtPages();
    for (const { prove } of Object.values(roads)) await prove?.();
  };

  it.each(Object.entries(changes))('S-28 S-38 %s', async (_name, { isProved, begin, change, answer }) => {
    await begin();
    await signIn(isProved);
    await allAnswer('passes');
    await change();
    // It stays so until it is proved, and then goes on at once: nothing is asked twice.
    await allAnswer(answer);
    await allAnswer(answer);
    if (answer === 'passes') return;
    await proveEverywhere();
    await allAnswer('passes');
    await allAnswer('passes');
  });

  it('S-38 all factors are switched off, and on again', async () => {
    await house.setTenant({ policy: 'always' });
    await signIn(true);
    const { factors } = defaultTenantSettings;
    await house.setTenant({ factors: {} });
    await allAnswer('second factor', 'refused');
    // Nothing was used up or lost meanwhile.
    await house.setTenant({ factors });
    await allAnswer('passes');
  });

  it('S-38 the method is removed, and another set up', async () => {
    await house.setTenant({ policy: 'always' });
    await signIn(true);
    const [method] = (await house.engine.methods(userId)).filter(({ factor }) => factor === 'otp');
    await house.engine.removeMethod(userId, method?.id ?? '', { kind: 'operator', id: 'cli' }, context);
    await allAnswer('second factor');
    pass(minute);
    ({ secret } = await enrolOtp(house, userId, client));
    pass(minute);
    await allAnswer('second factor');
    await proveEverywhere();
    await allAnswer('passes');
  });
});
