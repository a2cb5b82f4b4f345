import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { recordLogin } from '../accounts/users.ts';
import { readBrowserToken } from '../http/browserCookie.ts';
import { signInTooOld } from '../mfa/policy/decide.ts';
import { claimsOf } from '../mfa/tokenClaims.ts';
import type { Decision, Proof } from '../mfa/transaction.ts';
import { apiOfRequest, isMyAccountApi } from './apis.ts';
import { decisionInputOf, words } from './decisionInput.ts';
import type { ProvedGrant } from './grantModel.ts';
import { unmetRequirements } from './mfaRequired.ts';
import type { OidcParts } from './parts.ts';
import { registrationOf } from './registration.ts';
import { requestState } from './requestState.ts';
import { type LoginSession, union } from './sessions.ts';
import { write } from './unitOfWork.ts';

const { Check, Prompt } = interactionPolicy;

/** What the pages leave behind for `resume`: oidc-provider's own members and the proofs that were given. */
export interface InteractionResult {
  login?: { accountId: string; ts?: number | undefined };
  proofs?: Proof[];
  /** When the sign-in was that the proofs belong to, epoch milliseconds. Tells a step-up of it from the next one. */
  loginAt?: number;
  consent?: { grantId?: string | undefined };
}

/**
 * What stands between an authorization request and its code, in order: note who signed in at the pages;
 * is there a session of a user who still exists; does the multi-factor policy ask for more; does a
 * third-party application need consent; then keep what was granted.
 */
export function createInteractionPolicy(parts: OidcParts): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  const login = policy.get('login');
  const consent = policy.get('consent');
  if (!login || !consent)
    throw new Error('oidc-provider no longer has the prompts that this policy extends.');

  // One message for every reason: it goes to the application, which SDKs read it in.
  for (const check of login.checks) check.description = 'Login required';
  login.checks.add(sessionCheck(parts));
  login.checks.add(signInAgeCheck(parts));
  for (const check of consent.checks) check.description = 'Consent required';
  // First-party applications, native ones too, ask for no consent; third-party ones always lack a scope first.
  consent.checks.remove('native_client_prompt');

  policy.add(new Prompt({ name: 'sign_in_record' }, signInRecord(parts)), 0);
  policy.add(new Prompt({ name: 'mfa' }, mfaCheck(parts)), 2);
  policy.add(new Prompt({ name: 'acceptance' }, acceptance(parts)));
  return policy;
}

/** Not a question: writes down the sign-in or step-up that the pages report. */
function signInRecord(parts: OidcParts) {
  return step('sign_in_record', async (ctx) => {
    const { login, proofs, loginAt } = (ctx.oidc.result ?? {}) as InteractionResult;
    const { session } = ctx.oidc;
    if (!login || !proofs || !session || !ctx.oidc.account || loginAt === undefined) return;
    const state = requestState(ctx);
    const before = await parts.sessions.find(parts.database.db, session.uid, state.settings);
    const isSameLogin = before?.userId === login.accountId && before.loginAt === loginAt;
    const recorded = {
      uid: session.uid,
      userId: login.accountId,
      proofs: isSameLogin ? union(before.proofs, proofs) : proofs,
      loginAt,
    };
    state.session = { ...recorded, lastUsedAt: parts.clock() };
    await write(parts.database, (trx) => parts.sessions.record(trx, recorded, state.settings, state.context));
    if (!isSameLogin) await write(parts.database, (trx) => recordLogin(trx, parts.clock, login.accountId));
  });
}

/** A session counts while its row says so, its user exists and isn't blocked, and has the passkey that began it (S-38, S-79). */
function sessionCheck(parts: OidcParts) {
  return new Check('session_over', 'Login required', 'login_required', async (ctx) => {
    const { session, account } = ctx.oidc;
    if (!session?.accountId) return Check.NO_NEED_TO_PROMPT;
    const state = requestState(ctx);
    state.session ??= await parts.sessions.find(parts.database.db, session.uid, state.settings);
    const isAlive =
      account !== undefined &&
      state.session?.userId === session.accountId &&
      (await parts.engine.signInStands(state.session.userId, state.session.proofs));
    return isAlive ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT;
  });
}

/** The My Account API wants a new sign-in from who has no second factor to prove again. */
function signInAgeCheck(parts: OidcParts) {
  return new Check('sign_in_too_old', 'A new sign-in is required', unmetRequirements, async (ctx) => {
    const { session } = ctx.oidc;
    if (!session?.accountId || !isMyAccountApi(parts, (await apiOfRequest(parts, ctx))?.identifier)) {
      return Check.NO_NEED_TO_PROMPT;
    }
    const state = requestState(ctx);
    state.session ??= await parts.sessions.find(parts.database.db, session.uid, state.settings);
    const decision = state.session && (await decideOn(parts, ctx, state.session));
    const isTooOld = decision?.reasons.some(({ code }) => code === signInTooOld);
    return isTooOld ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
  });
}

/** Asks the engine, with what the session has proved so far. `prompt=none` fails with these very words. */
function mfaCheck(parts: OidcParts) {
  return new Check('mfa_required', 'Multifactor authentication required', 'login_required', async (ctx) => {
    const state = requestState(ctx);
    if (!state.session) return Check.REQUEST_PROMPT;
    const { requirement, standing } = await decideOn(parts, ctx, state.session);
    state.authentication = claimsOf(standing, parts.engine.registry, words(ctx.oidc.params?.acr_values));
    return requirement.kind === 'none' ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT;
  });
}

/** What the engine wants for this request from whom the session is of. */
async function decideOn(
  parts: OidcParts,
  ctx: KoaContextWithOIDC,
  { userId, proofs }: LoginSession,
): Promise<Decision> {
  const { params, client } = ctx.oidc;
  const browserToken = readBrowserToken(requestState(ctx).cookieHeader, parts.issuer);
  return parts.engine.decide({
    ...decisionInputOf(parts, {
      purpose: isSilent(ctx) ? 'silent' : 'login',
      client: registrationOf(client),
      api: await apiOfRequest(parts, ctx),
      scope: params?.scope,
      acrValues: params?.acr_values,
    }),
    userId,
    proofs,
    ...(browserToken === undefined ? {} : { browserToken }),
  });
}

/**
 * Not a question: nothing more is asked, so the grant is kept and the session's idle time starts anew. Tokens say
 * what counts now and for this request, which oidc-provider reads from its session (S-29). The application may have
 * lost the address while the person was at the pages (S-38).
 */
function acceptance(parts: OidcParts) {
  return step('acceptance', async (ctx) => {
    const { session, settings, authentication } = requestState(ctx);
    const { client, params } = ctx.oidc;
    if (!client?.redirectUriAllowed(String(params?.redirect_uri))) throw new errors.InvalidRedirectUri();
    const grant = ctx.oidc.grant as ProvedGrant | undefined;
    if (!session || !grant || !ctx.oidc.session) return;
    Object.assign(ctx.oidc.session, { acr: undefined, amr: undefined, ...authentication });
    grant.proofs = session.proofs;
    await grant.save();
    await write(parts.database, (trx) => parts.sessions.touch(trx, session, settings));
  });
}

/** Whether the request forbids showing a page. */
export function isSilent(ctx: KoaContextWithOIDC): boolean {
  return ctx.oidc.prompts.has('none');
}

function step(reason: string, work: (ctx: KoaContextWithOIDC) => Promise<void>) {
  return new Check(reason, reason, async (ctx) => {
    await work(ctx);
    return Check.NO_NEED_TO_PROMPT;
  });
}
