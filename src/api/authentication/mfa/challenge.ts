import { Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import { verifyClientIfNamed } from './clientCheck.ts';
import type { MfaApiDependencies } from './dependencies.ts';
import { type Problem, problems, sendProblem, sendRefusal } from './problem.ts';
import { errorResponses } from './schemas.ts';

const body = Type.Object(
  {
    mfa_token: Type.String({ minLength: 1, maxLength: 4096 }),
    client_id: Type.String({ minLength: 1, maxLength: 128 }),
    client_secret: Type.Optional(Type.String({ maxLength: 512 })),
    client_assertion: Type.Optional(Type.String({ maxLength: 16_384 })),
    client_assertion_type: Type.Optional(Type.String({ maxLength: 200 })),
    challenge_type: Type.Optional(
      Type.String({
        maxLength: 64,
        description: 'Space-separated list of `otp` and `oob`; anything when absent.',
      }),
    ),
    authenticator_id: Type.Optional(
      Type.String({ minLength: 1, maxLength: 128, description: 'The strongest one when absent.' }),
    ),
  },
  { additionalProperties: true },
);

const response = Type.Object({
  challenge_type: Type.Union([Type.Literal('otp'), Type.Literal('oob')]),
  oob_code: Type.Optional(Type.String()),
  binding_method: Type.Optional(Type.Literal('prompt')),
});

const tokenProblems: Record<'malformed' | 'expired' | 'foreign', Problem> = {
  malformed: problems.malformedToken,
  expired: problems.expiredToken,
  foreign: problems.foreignToken,
};

/** `POST /mfa/challenge`: starts a challenge through an enrolled authenticator. */
export function registerChallenge(app: App, dependencies: MfaApiDependencies): void {
  const { engine } = dependencies;
  app.post(
    '/mfa/challenge',
    {
      schema: {
        tags: ['MFA API'],
        summary: 'Challenge an authenticator',
        description:
          'One-time passwords and recovery codes need no challenge: go to the token grant directly.',
        body,
        response: { 200: response, ...errorResponses },
      },
    },
    async (request, reply) => {
      const { mfa_token, client_id, challenge_type, authenticator_id } = request.body;
      const found = await engine.findByToken(mfa_token, client_id);
      if (found.outcome !== 'found') return sendProblem(reply, tokenProblems[found.outcome]);
      const clientProblem = await verifyClientIfNamed(dependencies, request, client_id);
      if (clientProblem) return sendProblem(reply, clientProblem);
      const challengeTypes = challenge_type?.split(' ').filter((type) => type !== '');
      const begun = await engine.beginChallenge(
        found.transaction.id,
        {
          ...(challengeTypes && challengeTypes.length > 0 ? { challengeTypes } : {}),
          ...(authenticator_id === undefined ? {} : { methodId: authenticator_id }),
        },
        request.context,
      );
      if (begun.outcome === 'refused') return sendRefusal(reply, begun);
      return reply.header('cache-control', 'no-store').send({
        challenge_type: begun.challengeType,
        ...(begun.oobCode === undefined ? {} : { oob_code: begun.oobCode }),
        ...(begun.bindingMethod === undefined ? {} : { binding_method: begun.bindingMethod }),
      });
    },
  );
}
