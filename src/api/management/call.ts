import type { FastifyRequest } from 'fastify';
import { type Static, type TSchema, type TVoid, Type } from 'typebox';
import type { ManagementScope } from '../../applications/managementScopes.ts';
import type { RequestContext } from '../../config/requestContext.ts';
import { type Limit, spend } from '../../database/throttle.ts';
import type { App } from '../../http/createApp.ts';
import { setRateLimitHeaders } from '../../http/rateLimitHeaders.ts';
import { type Caller, readBearer } from './bearer.ts';
import type { ManagementDependencies } from './dependencies.ts';
import { type Problem, problems, sendProblem } from './problem.ts';
import { errorResponses } from './schemas.ts';

/** What one application may ask for: a hundred at once, and as many a second. */
const limit: Limit = { name: 'management-api', burst: 100, refillSeconds: 0.01 };

/** One call of the Management API. Its schemas are closed: what they don't know is refused (S-90). */
export interface Call<
  Params extends TSchema,
  Query extends TSchema,
  Body extends TSchema,
  Answer extends TSchema,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v2`. */
  path: string;
  /** Either of them is enough. */
  scopes: readonly ManagementScope[];
  summary: string;
  description?: string;
  /** A call that clients still make by an older address. */
  isDeprecated?: true;
  params?: Params;
  /** Of texts; a query holds nothing else. */
  query?: Query;
  body?: Body;
  /** Absent where nothing is answered. */
  answer?: Answer;
  /** Of the answer. */
  status: 200 | 201 | 202 | 204;
  handle(
    asked: Asked<Static<Params>, Static<Query>, Static<Body>>,
  ): Promise<{ answer: Static<Answer> } | { problem: Problem }>;
}

/** Who asks for what. */
export interface Asked<Params = unknown, Query = unknown, Body = unknown> extends Caller {
  params: Params;
  query: Query;
  body: Body;
  context: RequestContext;
}

/** The answer of a call that has none. */
export const done = { answer: undefined };

const nothing = Type.Object({}, { additionalProperties: false });

/** Serves a call. Who calls is asked before what for: strangers learn nothing of the shape of bodies. */
export function registerCall<
  Params extends TSchema,
  Query extends TSchema,
  Body extends TSchema,
  Answer extends TSchema = TVoid,
>(app: App, dependencies: ManagementDependencies, call: Call<Params, Query, Body, Answer>): void {
  const { method, path, scopes, summary, description, isDeprecated, status, handle } = call;
  const { params, query = nothing, body, answer = Type.Null({ description: 'Nothing.' }) } = call;
  const { db } = dependencies.database;
  const callers = new WeakMap<FastifyRequest, Caller>();
  app.route({
    method,
    url: path,
    schema: {
      tags: ['Management API'],
      summary,
      description: [`Scope ${scopes.map((scope) => `\`${scope}\``).join(' or ')}.`, description]
        .filter((text) => text !== undefined)
        .join(' '),
      ...(isDeprecated ? { deprecated: true } : {}),
      ...(params ? { params } : {}),
      querystring: query,
      ...(body ? { body } : {}),
      response: { [status]: answer, ...errorResponses },
    },
    async onRequest(request, reply) {
      reply.header('cache-control', 'no-store');
      const caller = await readBearer(dependencies, request, scopes);
      if ('problem' in caller) return sendProblem(reply, caller.problem);
      const budget = await spend(db, dependencies.clock, limit, caller.client.clientId);
      setRateLimitHeaders(reply, budget);
      if (!budget.allowed) return sendProblem(reply, problems.tooMany);
      callers.set(request, caller);
    },
    async handler(request, reply) {
      const caller = callers.get(request);
      if (!caller) throw new Error('A call is handled only for who was let in.');
      const handled = await handle({
        ...caller,
        params: request.params as Static<Params>,
        query: request.query as Static<Query>,
        body: request.body as Static<Body>,
        context: request.context,
      });
      if ('problem' in handled) return sendProblem(reply, handled.problem);
      return reply.code(status).send(handled.answer);
    },
  });
}
