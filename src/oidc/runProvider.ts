import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { DatabaseUnavailableError } from '../database/unavailable.ts';
import { recordFailure } from '../logs/recordFailure.ts';
import { recordEvent, type TenantEvent } from '../logs/tenantLog.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import type { OidcParts } from './parts.ts';
import type { ProviderHolder } from './providerHolder.ts';
import { RecordConflict } from './records.ts';
import { type RequestState, setRequestState } from './requestState.ts';
import { UnitOfWork, withUnitOfWork } from './unitOfWork.ts';

const corsHeader = 'access-control-allow-origin';

/** What oidc-provider is to see of a request. */
export interface ProviderRequest {
  method: 'GET' | 'POST';
  /** Path and query. */
  url: string;
  /** Form fields; only with POST. */
  fields?: Readonly<Record<string, string>>;
  /** In place of the browser's `Cookie` header. */
  cookie?: string;
}

/** What it made of it. Headers and cookies are on the raw response already. */
export interface ProviderAnswer {
  ctx: KoaContextWithOIDC;
  state: RequestState;
  status: number;
  body: unknown;
  /** A record that another request used up in the meantime; then nothing was stored and no answer stands. */
  conflict: RecordConflict | undefined;
}

export interface ProviderHooks {
  /** Runs before oidc-provider, its writes join. */
  before?(ctx: KoaContextWithOIDC, state: RequestState): Promise<void>;
  /** Runs after it, its writes join; not when it failed for want of the database. */
  after?(ctx: KoaContextWithOIDC, state: RequestState): Promise<void>;
  /** The log event of the outcome, if it has one; written in the request's transaction. */
  eventOf?(ctx: KoaContextWithOIDC, state: RequestState): TenantEvent | undefined;
}

/**
 * Lets oidc-provider answer a request whose body was parsed and checked before, and makes everything it
 * wrote durable in one transaction together with the log event. The caller sends the answer.
 *
 * @throws what a hook's writes throw when they are made; DatabaseUnavailableError also where oidc-provider would have answered with a fault of its own.
 */
export async function runProvider(
  parts: OidcParts,
  holder: ProviderHolder,
  request: FastifyRequest,
  reply: FastifyReply,
  presented: ProviderRequest,
  hooks: ProviderHooks = {},
): Promise<ProviderAnswer> {
  const provider = await holder.current();
  const ctx = provider.createContext(present(request, presented), reply.raw) as unknown as KoaContextWithOIDC;
  const state: RequestState = {
    context: request.context,
    cookieHeader: request.headers.cookie,
    settings: await readTenantSettings(parts.database.db),
    apis: new Map(),
  };
  setRequestState(ctx, state);
  reply.raw.statusCode = 404;
  const cors = reply.raw.getHeader(corsHeader);
  const unit = new UnitOfWork();
  await withUnitOfWork(unit, async () => {
    await hooks.before?.(ctx, state);
    for (const middleware of provider.middleware) await middleware(ctx as never, async () => {});
  });
  if (state.error instanceof DatabaseUnavailableError) {
    withdrawAnswer(reply);
    throw state.error;
  }
  await withUnitOfWork(unit, async () => hooks.after?.(ctx, state));
  const event = hooks.eventOf?.(ctx, state);
  const record = state.error === undefined ? recordEvent : recordFailure;
  if (event) unit.add((trx) => record(trx, parts.clock, { ip: state.context.ip, ...event }));
  const conflict = await commit(parts, unit, reply);
  const answer = { ctx, state, status: ctx.status, body: ctx.body as unknown, conflict };
  // Fastify writes these itself, for the body that it really sends.
  reply.raw.removeHeader('content-length');
  // Whether a page of this origin may read the answer was decided before; oidc-provider would let all.
  if (cors === undefined) reply.raw.removeHeader(corsHeader);
  else reply.raw.setHeader(corsHeader, cors);
  return answer;
}

async function commit(
  parts: OidcParts,
  unit: UnitOfWork,
  reply: FastifyReply,
): Promise<RecordConflict | undefined> {
  try {
    await unit.commit(parts.database);
    return undefined;
  } catch (error) {
    withdrawAnswer(reply);
    if (error instanceof RecordConflict) return error;
    throw error;
  }
}

/** Nothing of the request was stored, so no cookie and no redirect may say that it was. */
function withdrawAnswer(reply: FastifyReply): void {
  for (const header of ['set-cookie', 'location']) reply.raw.removeHeader(header);
}

/** The raw request with another method, address and body; all else is read through to it. */
function present(request: FastifyRequest, { method, url, fields, cookie }: ProviderRequest) {
  const body = Buffer.from(fields ? new URLSearchParams(fields).toString() : '');
  const { 'content-length': _length, 'transfer-encoding': _encoding, ...rest } = request.raw.headers;
  const headers = {
    ...rest,
    // Refusals of the endpoints are JSON for everybody.
    accept: method === 'POST' ? 'application/json' : rest.accept,
    ...(cookie === undefined ? {} : { cookie }),
    ...(fields
      ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) }
      : { 'content-type': undefined }),
  };
  const stream = Readable.from([body]);
  return Object.create(request.raw, {
    method: { value: method },
    url: { value: url, writable: true },
    headers: { value: headers },
    readable: { value: true },
    readableEncoding: { value: null },
    iterator: { value: (options: { destroyOnReturn?: boolean }) => stream.iterator(options) },
  });
}
