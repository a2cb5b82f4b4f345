import { Type } from 'typebox';
import { browserName } from '../../delivery/templates/browserName.ts';
import type { App } from '../../http/createApp.ts';
import { personOf } from '../../mfa/selfService/personOf.ts';
import { admit } from './admit.ts';
import type { MyAccountDependencies } from './dependencies.ts';
import { iso } from './methodObject.ts';
import { sendRefusal } from './refusals.ts';
import { errorResponses, methodParams, tags } from './schemas.ts';

const browserObject = Type.Object({
  id: Type.String(),
  application: Type.Optional(
    Type.String({ description: 'Name of the one in which you had the browser remembered.' }),
  ),
  created_at: Type.String({ format: 'date-time' }),
  last_used_at: Type.String({ format: 'date-time' }),
  expires_at: Type.String({ format: 'date-time' }),
  ip: Type.String({ description: 'Where it was when it was remembered.' }),
  user_agent: Type.String(),
  browser: Type.Optional(Type.String()),
  system: Type.Optional(Type.String()),
});

/** `/me/v1/trusted-browsers`: those that don't ask for the second factor. */
export function registerTrustedBrowsers(app: App, dependencies: MyAccountDependencies): void {
  const { browsers } = dependencies.engine;

  app.get(
    '/trusted-browsers',
    {
      schema: {
        tags,
        summary: 'List the browsers that remember you',
        description: 'Scope `read:me:trusted_browsers`. Of this server alone.',
        response: { 200: Type.Object({ trusted_browsers: Type.Array(browserObject) }), ...errorResponses },
      },
    },
    async (request, reply) => {
      const visitor = await admit(dependencies, request, reply, 'read:me:trusted_browsers');
      if (!visitor) return reply;
      const remembered = await browsers.ofUser(visitor.userId);
      return reply.send({
        trusted_browsers: remembered.map(({ id, client, ip, userAgent, ...times }) => ({
          id,
          ...(client ? { application: client.name } : {}),
          created_at: iso(times.createdAt),
          last_used_at: iso(times.lastUsedAt),
          expires_at: iso(times.expiresAt),
          ip,
          user_agent: userAgent,
          ...browserName(userAgent),
        })),
      });
    },
  );

  app.delete(
    '/trusted-browsers/:id',
    {
      schema: {
        tags,
        summary: 'Make one browser ask again',
        description: 'Scope `delete:me:trusted_browsers`. Of this server alone.',
        params: methodParams,
        response: { 204: Type.Null(), ...errorResponses },
      },
    },
    async (request, reply) => {
      const visitor = await admit(dependencies, request, reply, 'delete:me:trusted_browsers');
      if (!visitor) return reply;
      const { id } = request.params;
      const forgotten = await browsers.forget(visitor.userId, id, personOf(visitor), request.context);
      return forgotten.outcome === 'refused' ? sendRefusal(reply, forgotten) : reply.code(204).send(null);
    },
  );

  app.delete(
    '/trusted-browsers',
    {
      schema: {
        tags,
        summary: 'Make every browser ask again',
        description: 'Scope `delete:me:trusted_browsers`. Of this server alone.',
        response: { 204: Type.Null(), ...errorResponses },
      },
    },
    async (request, reply) => {
      const visitor = await admit(dependencies, request, reply, 'delete:me:trusted_browsers');
      if (!visitor) return reply;
      const forgotten = await browsers.forgetAll(visitor.userId, personOf(visitor), request.context);
      return forgotten.outcome === 'refused' ? sendRefusal(reply, forgotten) : reply.code(204).send(null);
    },
  );
}
