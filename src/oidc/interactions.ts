import { findClient } from '../applications/clients.ts';
import { identityScopes, type ResourceServer } from '../applications/resourceServer.ts';
import { findResourceServer } from '../applications/resourceServers.ts';
import type { DecisionInput, Proof } from '../mfa/transaction.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import { isBoundTo } from './cookies.ts';
import { decisionInputOf, words } from './decisionInput.ts';
import { resourceToAudience } from './dialect/audience.ts';
import type { ProvedGrant } from './grantModel.ts';
import type { InteractionResult } from './interactionPolicy.ts';
import { grantedScopes } from './issueTokens.ts';
import type { OidcParts } from './parts.ts';
import type { ProviderHolder } from './providerHolder.ts';
import type { StoredRecord } from './records.ts';
import { union } from './sessions.ts';
import { grantLifetime } from './tokenLifetimes.ts';

/** An authorization request that waits for a person at the pages. */
export interface Interaction {
  uid: string;
  prompt: 'login' | 'mfa' | 'consent';
  clientId: string;
  clientName: string;
  /** Parameters of the request: `login_hint`, `ui_locales`, `screen_hint`, `redirect_uri` … */
  params: Readonly<Record<string, unknown>>;
  /** Who is signed in already, and by which proofs; with `mfa` and `consent`. */
  session?: { userId: string; proofs: Proof[] };
  /** With `consent`: what the person is asked to grant. */
  scopes?: { value: string; description?: string }[];
  /** The engine's question about this login, without the person. */
  decisionInput: Omit<DecisionInput, 'proofs' | 'userId' | 'browserToken'>;
  /** Where to go on, once there is a result: a form that is sent twice is sent on to it. */
  resumeUrl?: string;
}

/** An interaction is over, or has its result already; nothing more can be stored for it. */
export class InteractionOverError extends Error {
  constructor() {
    super('The interaction is over.');
    this.name = 'InteractionOverError';
  }
}

interface InteractionPayload {
  exp: number;
  prompt: { name: Interaction['prompt']; details: Record<string, unknown> };
  params: Record<string, unknown>;
  returnTo: string;
  session?: { accountId: string; uid: string };
  lastSubmission?: InteractionResult;
  result?: InteractionResult;
}

/** What the pages may do with authorization requests. */
export class Interactions {
  readonly #parts: OidcParts;
  readonly #holder: ProviderHolder;

  constructor(parts: OidcParts, holder: ProviderHolder) {
    this.#parts = parts;
    this.#holder = holder;
  }

  /** The interaction, if this browser began it (S-37); undefined as well when it expired or is over. */
  async find(uid: string, cookieHeader: string | undefined): Promise<Interaction | undefined> {
    const { vault, isHttps } = this.#parts;
    if (!isBoundTo(vault, isHttps, uid, cookieHeader)) return undefined;
    const found = await this.#load(uid);
    if (!found) return undefined;
    const { payload } = found;
    const { prompt, params } = payload;
    const client = await findClient(this.#parts.database.db, String(params.client_id));
    if (!client) return undefined;
    const api = await this.#apiOf(params);
    const session = await this.#sessionOf(payload);
    // Whoever is to answer for more must still be signed in.
    if (prompt.name !== 'login' && !session) return undefined;
    return {
      uid,
      prompt: prompt.name,
      clientId: client.clientId,
      clientName: client.name,
      params,
      ...(prompt.name !== 'login' && session ? { session } : {}),
      ...(prompt.name === 'consent' ? { scopes: missingScopes(prompt.details, api) } : {}),
      decisionInput: decisionInputOf(this.#parts, {
        purpose: 'login',
        client,
        api,
        scope: params.scope,
        acrValues: params.acr_values,
      }),
      ...(payload.result ? { resumeUrl: payload.returnTo } : {}),
    };
  }

  /**
   * Stores who signed in, or proved more, and by which proofs. Once only.
   *
   * @returns the URL to go on to.
   * @throws InteractionOverError
   */
  async finish(uid: string, { userId, proofs }: { userId: string; proofs: Proof[] }): Promise<string> {
    const found = await this.#require(uid);
    const { payload } = found;
    const session = payload.prompt.name === 'login' ? undefined : await this.#sessionOf(payload);
    if (payload.prompt.name !== 'login' && session?.userId !== userId) throw new InteractionOverError();
    const all = session ? union(session.proofs, proofs) : proofs;
    // A step-up is no new sign-in: auth_time stays (S-29).
    const loginAt = session?.loginAt ?? this.#parts.clock();
    return this.#store(found, {
      ...payload.lastSubmission,
      login: { accountId: userId, ts: Math.floor(loginAt / 1000) },
      proofs: all,
      loginAt,
      ...(payload.prompt.name === 'login' ? {} : { [payload.prompt.name]: {} }),
    });
  }

  /**
   * Grants a third-party application what it asked for.
   *
   * @throws InteractionOverError
   */
  async grantConsent(uid: string): Promise<string> {
    const found = await this.#require(uid);
    const { payload } = found;
    const session = payload.prompt.name === 'consent' ? await this.#sessionOf(payload) : undefined;
    const client = await findClient(this.#parts.database.db, String(payload.params.client_id));
    if (!session || !client) throw new InteractionOverError();
    const { Grant } = await this.#holder.current();
    const grant: ProvedGrant = new Grant({
      accountId: session.userId,
      clientId: client.clientId,
      expiresIn: grantLifetime(client, words(payload.params.scope).includes('offline_access')),
    } as ConstructorParameters<typeof Grant>[0]);
    const api = await this.#apiOf(payload.params);
    const scopes = grantedScopes(client, api, words(payload.params.scope));
    grant.addOIDCScope(scopes.filter((scope) => (identityScopes as readonly string[]).includes(scope)));
    const { resource } = payload.params;
    if (typeof resource === 'string') grant.addResourceScope(resource, scopes);
    const grantId = await grant.save();
    return this.#store(found, { ...payload.lastSubmission, consent: { grantId } });
  }

  /**
   * Ends the request with an error for the application, such as `access_denied`.
   *
   * @throws InteractionOverError
   */
  async reject(uid: string, error: string, description: string): Promise<string> {
    return this.#store(await this.#require(uid), { error, error_description: description });
  }

  async #load(
    uid: string,
  ): Promise<(StoredRecord & { payload: InteractionPayload & Record<string, unknown> }) | undefined> {
    const record = await this.#parts.records.find(this.#parts.database.db, 'Interaction', uid);
    if (!record) return undefined;
    const payload = record.payload as InteractionPayload & Record<string, unknown>;
    return payload.exp * 1000 > this.#parts.clock() ? { ...record, payload } : undefined;
  }

  async #require(uid: string) {
    const found = await this.#load(uid);
    if (!found || found.payload.result) throw new InteractionOverError();
    return found;
  }

  /** A conditional write: of two results for one interaction, the first stands. */
  async #store(
    { idHash, payload }: StoredRecord & { payload: InteractionPayload & Record<string, unknown> },
    result: Record<string, unknown>,
  ): Promise<string> {
    const { database, records } = this.#parts;
    const stored = await database.transaction(async (trx) => {
      if (!(await records.consume(trx, 'Interaction', idHash))) return false;
      return records.amend(trx, 'Interaction', idHash, { ...payload, result });
    });
    if (!stored) throw new InteractionOverError();
    return payload.returnTo;
  }

  async #sessionOf({ session }: InteractionPayload) {
    if (!session) return undefined;
    const { database, sessions } = this.#parts;
    const alive = await sessions.find(database.db, session.uid, await readTenantSettings(database.db));
    return alive?.userId === session.accountId ? alive : undefined;
  }

  async #apiOf({ resource }: Record<string, unknown>): Promise<ResourceServer | undefined> {
    if (typeof resource !== 'string') return undefined;
    return findResourceServer(this.#parts.database.db, this.#parts.issuer, resourceToAudience(resource));
  }
}

/** The scopes that the person hasn't granted yet, with what the API says of them. */
function missingScopes(details: Record<string, unknown>, api: ResourceServer | undefined) {
  const { missingOIDCScope = [], missingResourceScopes = {} } = details as {
    missingOIDCScope?: string[];
    missingResourceScopes?: Record<string, string[]>;
  };
  const values = new Set([...missingOIDCScope, ...Object.values(missingResourceScopes).flat()]);
  return [...values].map((value) => {
    const description = api?.scopes.find((scope) => scope.value === value)?.description;
    return { value, ...(description ? { description } : {}) };
  });
}
