import { Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import { authenticatorsOf, readAuthenticatorId } from '../../../mfa/authenticatorIds.ts';
import type { MethodView } from '../../../mfa/methodViews.ts';
import type { FactorRegistry } from '../../../mfa/registry.ts';
import { readBearer } from './bearer.ts';
import type { MfaApiDependencies } from './dependencies.ts';
import { problems, sendProblem, sendRefusal } from './problem.ts';
import { errorResponses } from './schemas.ts';

const authenticator = Type.Object({
  id: Type.String(),
  authenticator_type: Type.String(),
  active: Type.Boolean({ description: 'False until confirmed.' }),
  type: Type.String({ description: 'As in `mfa_requirements`.' }),
  oob_channel: Type.Optional(
    Type.String({ description: '`sms`, `voice`, `email`, or `auth0` for a device.' }),
  ),
  name: Type.Optional(
    Type.String({
      description:
        'What the person calls it; else number or address, masked: `XXXXXXXXXX5678`; or the device’s own name.',
    }),
  ),
});

/** `GET /mfa/authenticators` and `DELETE /mfa/authenticators/{id}`. */
export function registerAuthenticators(app: App, dependencies: MfaApiDependencies): void {
  const { engine } = dependencies;
  app.get(
    '/mfa/authenticators',
    {
      schema: {
        tags: ['MFA API'],
        summary: 'List the user’s authenticators',
        description:
          'Bearer: an `mfa_token`, or an access token for the MFA audience with `read:authenticators`. A phone is ' +
          'listed once for each channel that is on; a device beside the one-time codes that it makes, under an id ' +
          'that ends alike; a verified address of the account without enrolment.',
        response: { 200: Type.Array(authenticator), ...errorResponses },
      },
    },
    async (request, reply) => {
      const bearer = await readBearer(dependencies, request, 'read:authenticators');
      if ('problem' in bearer) return sendProblem(reply, bearer.problem);
      const methods = await engine.methods(bearer.authority.userId);
      return reply
        .header('cache-control', 'no-store')
        .send(methods.flatMap((method) => describe(engine.registry, method)));
    },
  );

  app.delete(
    '/mfa/authenticators/:id',
    {
      schema: {
        tags: ['MFA API'],
        summary: 'Remove an authenticator',
        description:
          'Bearer: an access token for the MFA audience with `remove:authenticators`, and a second factor ' +
          'proved within the last five minutes. An `mfa_token` is refused. The entries of one phone or device go together; ' +
          'a verified address of the account stays.',
        params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 128 }) }),
        response: { 204: Type.Null(), ...errorResponses },
      },
    },
    async (request, reply) => {
      const bearer = await readBearer(dependencies, request, 'remove:authenticators');
      if ('problem' in bearer) return sendProblem(reply, bearer.problem);
      const { authority } = bearer;
      if (authority.kind !== 'access-token') return sendProblem(reply, problems.needsAccessToken);
      const { requirement } = await engine.decide(authority.input);
      if (requirement.kind !== 'none') return sendProblem(reply, problems.needsFreshProof);
      const { client, proofs } = authority.input;
      const actor = { kind: 'person', id: client.id, proofs } as const;
      const { methodId } = readAuthenticatorId(engine.registry, request.params.id);
      const removed = await engine.removeMethod(authority.userId, methodId, actor, request.context);
      if (removed.outcome === 'refused') return sendRefusal(reply, removed, engine.registry);
      return reply.code(204).send(null);
    },
  );
}

/** One entry for each channel: a phone is listed for text messages and for calls. */
function describe(registry: FactorRegistry, method: MethodView) {
  const factor = registry.get(method.factor);
  // What an operator handed out is answered on the pages alone.
  if (!factor || factor.handedOut) return [];
  return authenticatorsOf(factor, method.id, method.channels).map(({ id, channel }) => ({
    id,
    authenticator_type: factor.wire.authenticatorType,
    active: method.isConfirmed,
    type: factor.wire.requirementType ?? factor.wire.authenticatorType,
    ...(channel === undefined ? {} : { oob_channel: channel }),
    ...(method.name === undefined ? {} : { name: method.name }),
  }));
}
