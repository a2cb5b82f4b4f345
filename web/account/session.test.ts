import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Account } from './client/account.js';
import { ApiProblem } from './client/apiProblem.js';
import type { Errand } from './client/errands.js';
import { demandOfSdk, Session } from './client/session.js';

/** The SDK's errors have a code. */
class GenericError extends Error {
  readonly error: string;

  constructor(error: string) {
    super(error);
    this.error = error;
  }
}

/** What stands in for the SDK: who is signed in, and what it was asked for. */
const sdk = {
  person: { sub: 'auth0|1', email: 'ann@example.com' } as { sub: string; email: string } | undefined,
  failure: undefined as Error | undefined,
  /** As the SDK keeps it over the redirect. */
  kept: undefined as unknown,
  redirects: [] as { authorizationParams: Record<string, unknown> }[],
};

class Auth0Client {
  getUser = async () => sdk.person;
  getTokenSilently = async () => {
    if (sdk.failure) throw sdk.failure;
    return 'token';
  };
  loginWithRedirect = async ({ appState, ...asked }: { appState?: unknown } & (typeof sdk.redirects)[0]) => {
    sdk.kept = JSON.parse(JSON.stringify(appState ?? null));
    sdk.redirects.push(asked);
  };
  handleRedirectCallback = async () => ({ appState: sdk.kept ?? undefined });
}

const config = {
  issuer: 'https://login.example.com/',
  clientId: 'countersign-account',
  name: 'Acme',
  locales: ['en'],
};
const errand: Errand = { kind: 'remove', id: 'totp|dev_1' };

beforeEach(() => {
  Object.assign(sdk, {
    person: { sub: 'auth0|1', email: 'ann@example.com' },
    failure: undefined,
    kept: undefined,
    redirects: [],
  });
  vi.stubGlobal('auth0', { Auth0Client, GenericError });
  vi.stubGlobal('location', new URL('https://login.example.com/account?code=c&state=s'));
  vi.stubGlobal('history', { replaceState: () => {} });
  vi.stubGlobal('document', { documentElement: { lang: 'de' } });
});

afterEach(() => void vi.unstubAllGlobals());

describe('the way to the sign-in and back', () => {
  it('takes along what the API demands, and the language', async () => {
    const session = new Session(config);
    await session.signIn({ acrValues: 'urn:strong', maxAge: 300 }, errand);
    await session.signIn({ isAnew: true });
    expect(sdk.redirects.map(({ authorizationParams }) => authorizationParams)).toEqual([
      { audience: 'https://login.example.com/me/', ui_locales: 'de', acr_values: 'urn:strong', max_age: 300 },
      { audience: 'https://login.example.com/me/', ui_locales: 'de', prompt: 'login' },
    ]);
  });

  it('brings back what the person was about to do', async () => {
    const session = new Session(config);
    await session.person();
    await session.signIn({}, errand);
    expect(await session.comeBack()).toEqual(errand);
  });

  it('does so where the SDK has forgotten them, whose session had run out', async () => {
    const session = new Session(config);
    await session.person();
    sdk.person = undefined;
    await session.signIn({}, errand);
    sdk.person = { sub: 'auth0|1', email: 'ann@example.com' };
    expect(await new Session(config).comeBack()).toEqual(errand);
  });

  it('drops it where somebody else has signed in', async () => {
    const session = new Session(config);
    await session.person();
    await session.signIn({}, errand);
    sdk.person = { sub: 'auth0|2', email: 'bob@example.com' };
    expect(await new Session(config).comeBack()).toBeUndefined();
  });
});

describe('silent sign-in', () => {
  it.each([
    ['login_required', { isAnew: false }],
    ['mfa_required', { isAnew: false }],
    ['unmet_authentication_requirements', { isAnew: true }],
  ])('leaves %s to the person', async (code, demand) => {
    sdk.failure = new GenericError(code);
    expect(await new Session(config).resume()).toEqual(demand);
  });

  it('tells a fault as one', async () => {
    sdk.failure = new GenericError('timeout');
    await expect(new Session(config).resume()).rejects.toBe(sdk.failure);
    expect(demandOfSdk(new TypeError('fetch failed'))).toBeUndefined();
    sdk.failure = undefined;
    expect(await new Session(config).resume()).toBeUndefined();
  });
});

describe('an errand', () => {
  const insufficient = new ApiProblem(403, {}, { maxAge: 300 });
  const refused = () => Promise.reject(insufficient);
  const open = () => new Account(new Session(config), {} as never);

  it('goes to the sign-in when it takes a proof', async () => {
    void open().withProof(errand, refused);
    await vi.waitFor(() => expect(sdk.redirects).toHaveLength(1));
    expect(sdk.kept).toMatchObject({ errand });
  });

  it('is refused when it comes back from there and the server goes on to refuse it', async () => {
    const account = open();
    account.comeBackWith(errand);
    await expect(account.withProof(errand, refused)).rejects.toBe(insufficient);
    expect(sdk.redirects).toEqual([]);
  });

  it('may go there again later, and for something else', async () => {
    const account = open();
    account.comeBackWith(errand);
    void account.withProof({ kind: 'prefer', factor: 'totp' }, refused);
    await vi.waitFor(() => expect(sdk.redirects).toHaveLength(1));
    void account.withProof(errand, refused);
    await vi.waitFor(() => expect(sdk.redirects).toHaveLength(2));
  });

  it('that is refused for good goes nowhere', async () => {
    const problem = new ApiProblem(404, {}, undefined);
    await expect(open().withProof(errand, () => Promise.reject(problem))).rejects.toBe(problem);
    expect(sdk.redirects).toEqual([]);
  });
});
