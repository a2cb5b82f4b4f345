import { Type } from 'typebox';
import type { App } from '../../http/createApp.ts';
import { admit } from './admit.ts';
import type { MyAccountDependencies } from './dependencies.ts';
import { factorOf, typeOf } from './methodTypes.ts';
import { sendRefusal } from './refusals.ts';
import { closed, errorResponses, tags } from './schemas.ts';

const preferences = closed({
  preferred_factor: Type.Union([Type.String({ maxLength: 64 }), Type.Null()], {
    description: 'Type of the methods that you want to be asked for first; null for the strongest.',
  }),
});

/** `/me/v1/preferences`. */
export function registerPreferences(app: App, dependencies: MyAccountDependencies): void {
  const { selfService, registry } = dependencies.engine;

  async function tell(userId: string) {
    const factor = registry.get((await selfService.preference(userId)) ?? '');
    return { preferred_factor: factor ? typeOf(factor) : null };
  }

  app.get(
    '/preferences',
    {
      schema: {
        tags,
        summary: 'Read which factor you prefer',
        description: 'Scope `read:me:preferences`. Of this server alone.',
        response: { 200: preferences, ...errorResponses },
      },
    },
    async (request, reply) => {
      const visitor = await admit(dependencies, request, reply, 'read:me:preferences');
      return visitor ? reply.send(await tell(visitor.userId)) : reply;
    },
  );

  app.put(
    '/preferences',
    {
      schema: {
        tags,
        summary: 'Choose which factor you prefer',
        description:
          'Scope `update:me:preferences`, and a second factor at least as strong, proved within five minutes. Of ' +
          'this server alone.',
        body: preferences,
        response: { 200: preferences, ...errorResponses },
      },
    },
    async (request, reply) => {
      const visitor = await admit(dependencies, request, reply, 'update:me:preferences');
      if (!visitor) return reply;
      const { preferred_factor: type } = request.body;
      const factor = type === null ? undefined : (factorOf(registry, type)?.name ?? '');
      const preferred = await selfService.prefer(visitor, factor, request.context);
      if (preferred.outcome === 'refused') return sendRefusal(reply, preferred);
      return reply.send(await tell(visitor.userId));
    },
  );
}
