import { Type } from 'typebox';
import { browserName } from '../../delivery/templates/browserName.ts';
import type { App } from '../../http/createApp.ts';
import { admit } from './admit.ts';
import type { MyAccountDependencies } from './dependencies.ts';
import { iso } from './methodObject.ts';
import { sendRefusal } from './refusals.ts';
import { errorResponses, methodParams, tags } from './schemas.ts';

const sessionObject = Type.Object({
  id: Type.String(),
  current: Type.Boolean({ description: 'The one in which your token was granted.' }),
  created_at: Type.String({ format: 'date-time' }),
  last_used_at: Type.String({ format: 'date-time' }),
  expires_at: Type.String({ format: 'date-time' }),
  ip: Type.String(),
  user_agent: Type.String(),
  browser: Type.Optional(Type.String()),
  system: Type.Optional(Type.String()),
});

/** `/me/v1/sessions`. */
export function registerSessions(app: App, dependencies: MyAccountDependencies): void {
  const { selfService } = dependencies.engine;

  app.get(
    '/sessions',
    {
      schema: {
        tags,
        summary: 'List where you are signed in',
        description: 'Scope `read:me:sessions`. Of this server alone.',
        response: { 200: Type.Object({ sessions: Type.Array(sessionObject) }), ...errorResponses },
      },
    },
    async (request, reply) => {
      const visitor = await admit(dependencies, request, reply, 'read:me:sessions');
      if (!visitor) return reply;
      const sessions = await selfService.sessions(visitor.userId);
      return reply.send({
        sessions: sessions.map(({ id, ip, userAgent, createdAt, lastUsedAt, expiresAt }) => ({
          id,
          current: id === visitor.sessionId,
          created_at: iso(createdAt),
          last_used_at: iso(lastUsedAt),
          expires_at: iso(expiresAt),
          ip,
          user_agent: userAgent,
          ...browserName(userAgent),
        })),
      });
    },
  );

  app.delete(
    '/sessions/:id',
    {
      schema: {
        tags,
        summary: 'Sign you out in one browser',
        description: 'Scope `delete:me:sessions`. Of this server alone.',
        params: methodParams,
        response: { 204: Type.Null(), ...errorResponses },
      },
    },
    async (request, reply) => {
      const visitor = await admit(dependencies, request, reply, 'delete:me:sessions');
      if (!visitor) return reply;
      const ended = await selfService.endSession(visitor, request.params.id, request.context);
      return ended.outcome === 'refused' ? sendRefusal(reply, ended) : reply.code(204).send(null);
    },
  );

  app.delete(
    '/sessions',
    {
      schema: {
        tags,
        summary: 'Sign you out everywhere',
        description:
          'Scope `delete:me:sessions`. Sessions and refresh tokens end, this one’s too, and access tokens for ' +
          'this API. Of this server alone.',
        response: { 204: Type.Null(), ...errorResponses },
      },
    },
    async (request, reply) => {
      const visitor = await admit(dependencies, request, reply, 'delete:me:sessions');
      if (!visitor) return reply;
      const ended = await selfService.endAllSessions(visitor, request.context);
      return ended.outcome === 'refused' ? sendRefusal(reply, ended) : reply.code(204).send(null);
    },
  );
}
