import type { FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { Client } from '../../applications/client.ts';
import type { ManagementScope } from '../../applications/resourceServer.ts';
import type { RequestContext } from '../../config/requestContext.ts';
import { type Limit, spend } from '../../database/throttle.ts';
import type { App } from '../../http/createApp.ts';
import { setRateLimitHeaders } from '../../http/rateLimitHeaders.ts';
import { readBearer } from './bearer.ts';
import type { ManagementDependencies } from './dependencies.ts';
import { type Problem, problems, sendProblem } from './problem.ts';
import { errorResponses } from './schemas.ts';

/** What one application may ask for: a hundred at once, and as many a second. */
const limit: Limit = { name: 'management-api', burst: 100, refillSeconds: 0.01 };

/** One call of the Management API. */
export interface Call<Body extends TSchema, Answer extends TSchema> {
  method: 'POST' | 'PUT' | 'PATCH';
  /** Below `/api/v2`. */
  path: string;
  scope: ManagementScope;
  summary: string;
  description: string;
  /** Closed: unknown members are refused (S-90). */
  body: Body;
  answer: Answer;
  /** Of the answer. */
  status: 200 | 201;
  handle(asked: Asked<Static<Body>>): Promise<{ answer: Static<Answer> } | { problem: Problem }>;
}

/** Who asks for what. */
export interface Asked<Body> {
  client: Client;
  body: Body;
  context: RequestContext;
}

/** Serves a call. Who calls is asked before what for: strangers learn nothing of the shape of bodies. */
export function registerCall<Body extends TSchema, Answer extends TSchema>(
  app: App,
  dependencies: ManagementDependencies,
  { method, path, scope, summary, description, body, answer, status, handle }: Call<Body, Answer>,
): void {
  const callers = new WeakMap<FastifyRequest, Client>();
  app.route({
    method,
    url: path,
    schema: {
      tags: ['Management API'],
      summary,
      description: `Scope \`${scope}\`. ${description}`,
      body,
      response: { [status]: answer, ...errorResponses },
    },
    async onRequest(request, reply) {
      reply.header('cache-control', 'no-store');
      const bearer = await readBearer(dependencies, request, scope);
      if ('problem' in bearer) return sendProblem(reply, bearer.problem);
      const budget = await spend(dependencies.db, dependencies.clock, limit, bearer.client.clientId);
      setRateLimitHeaders(reply, budget);
      if (!budget.allowed) return sendProblem(reply, problems.tooMany);
      callers.set(request, bearer.client);
    },
    async handler(request, reply) {
      const client = callers.get(request);
      if (!client) throw new Error('A call is handled only for who was let in.');
      const handled = await handle({ client, body: request.body as Static<Body>, context: request.context });
      if ('problem' in handled) return sendProblem(reply, handled.problem);
      return reply.code(status).send(handled.answer);
    },
  });
}
