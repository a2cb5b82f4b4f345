import { Type } from 'typebox';
import type { App } from '../../http/createApp.ts';
import { admit } from './admit.ts';
import type { MyAccountDependencies } from './dependencies.ts';
import { methodObject } from './methodObject.ts';
import { describer, methodsOf } from './methods.ts';
import { methodTypes, readPublicId } from './methodTypes.ts';
import { passwordId } from './password.ts';
import { invalidPayload, ownType, problems, sendProblem } from './problem.ts';
import { sendRefusal } from './refusals.ts';
import { closed, errorResponses, methodParams, tags } from './schemas.ts';

const query = closed({
  type: Type.Optional(
    Type.Union(
      methodTypes.map((type) => Type.Literal(type)),
      { description: 'Only methods of this type; `passkey` for those by which one can sign in alone.' },
    ),
  ),
});

const change = closed({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  preferred_authentication_method: Type.Optional(Type.Union([Type.Literal('sms'), Type.Literal('voice')])),
});

/** `/me/v1/authentication-methods`, but for adding one. */
export function registerMethods(app: App, dependencies: MyAccountDependencies): void {
  const { engine } = dependencies;
  const { selfService, registry } = engine;

  app.get(
    '/authentication-methods',
    {
      schema: {
        tags,
        summary: 'List your authentication methods',
        description: 'Scope `read:me:authentication_methods`. Confirmed ones only.',
        querystring: query,
        response: {
          200: Type.Object({ authentication_methods: Type.Array(methodObject) }),
          ...errorResponses,
        },
      },
    },
    async (request, reply) => {
      const visitor = await admit(dependencies, request, reply, 'read:me:authentication_methods');
      if (!visitor) return reply;
      const { type } = request.query;
      const methods = await methodsOf(dependencies, visitor.userId);
      const listed = methods.filter(
        (method) => type === undefined || method.type === type || (type === 'passkey' && isPasskey(method)),
      );
      return reply.send({ authentication_methods: listed });
    },
  );

  app.get(
    '/authentication-methods/:id',
    {
      schema: {
        tags,
        summary: 'Read one of your authentication methods',
        description: 'Scope `read:me:authentication_methods`.',
        params: methodParams,
        response: { 200: methodObject, ...errorResponses },
      },
    },
    async (request, reply) => {
      const visitor = await admit(dependencies, request, reply, 'read:me:authentication_methods');
      if (!visitor) return reply;
      const methods = await methodsOf(dependencies, visitor.userId);
      const method = methods.find(({ id }) => id === request.params.id);
      return method ? reply.send(method) : sendProblem(reply, problems.notFound);
    },
  );

  app.patch(
    '/authentication-methods/:id',
    {
      schema: {
        tags,
        summary: 'Name one of your authentication methods',
        description:
          'Scope `update:me:authentication_methods`, and a second factor at least as strong, proved within five ' +
          'minutes. `preferred_authentication_method` is for phones.',
        params: methodParams,
        body: change,
        response: { 200: methodObject, ...errorResponses },
      },
    },
    async (request, reply) => {
      const visitor = await admit(dependencies, request, reply, 'update:me:authentication_methods');
      if (!visitor) return reply;
      const { name, preferred_authentication_method: channel } = request.body;
      if (name === undefined && channel === undefined) {
        return sendProblem(reply, invalidPayload('Nothing is to be changed.'));
      }
      const changed = await selfService.change(
        visitor,
        readPublicId(registry, request.params.id),
        { ...(name === undefined ? {} : { label: name }), ...(channel === undefined ? {} : { channel }) },
        request.context,
      );
      if (changed.outcome === 'refused') return sendRefusal(reply, changed);
      const describe = await describer(dependencies, visitor.userId);
      const method = describe(changed.method);
      return method ? reply.send(method) : sendProblem(reply, problems.notFound);
    },
  );

  app.delete(
    '/authentication-methods/:id',
    {
      schema: {
        tags,
        summary: 'Remove one of your authentication methods',
        description:
          'Scope `delete:me:authentication_methods`, and a second factor at least as strong, proved within five ' +
          'minutes. With the last one that may stand alone go those that need it; what one device does goes together.',
        params: methodParams,
        response: { 204: Type.Null(), ...errorResponses },
      },
    },
    async (request, reply) => {
      const visitor = await admit(dependencies, request, reply, 'delete:me:authentication_methods');
      if (!visitor) return reply;
      const { id } = request.params;
      if (id === passwordId(visitor.userId)) return sendProblem(reply, passwordStays);
      const removed = await selfService.remove(visitor, readPublicId(registry, id), request.context);
      return removed.outcome === 'refused' ? sendRefusal(reply, removed) : reply.code(204).send(null);
    },
  );
}

const passwordStays = {
  type: ownType('part-of-the-account'),
  status: 409,
  title: 'Conflict',
  detail: 'A password can be changed, not removed.',
};

function isPasskey({ usage, type }: { usage: readonly string[]; type: string }): boolean {
  return type !== 'password' && usage.includes('primary');
}
