import { Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import { readAuthenticatorId } from '../../../mfa/authenticatorIds.ts';
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
    oob_channel: Type.Optional(
      Type.String({
        maxLength: 20,
        description: '`sms`, `voice`, `email` or `auth0`, where no `authenticator_id` tells.',
      }),
    ),
    authenticator_id: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 128,
        description: 'One of the list, which tells the channel as well; the strongest one when absent.',
      }),
    ),
  },
  { additionalProperties: true },
);

const response = Type.Object({
  challenge_type: Type.Union([Type.Literal('otp'), Type.Literal('oob')]),
  oob_code: Type.Optional(
    Type.String({
      description:
        'Names the code just sent, or the request to the device, for the `mfa-oob` grant; the one before is void.',
    }),
  ),
  binding_method: Type.Optional(
    Type.Literal('prompt', {
      description:
        'Ask the person for the code and send it as `binding_code`. Absent where a device is asked: repeat the ' +
        'grant every five seconds until it answers.',
    }),
  ),
  number_matching: Type.Optional(
    Type.String({ description: 'Show it: the device that is asked wants to know it. SDKs ignore it.' }),
  ),
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
          'Sends a code where the authenticator gets one, or asks a device; a new challenge takes the place of the ' +
          'one before. One-time passwords and recovery codes need no challenge: go to the token grant directly.',
        body,
        response: { 200: response, ...errorResponses },
      },
    },
    async (request, reply) => {
      const { mfa_token, client_id, challenge_type, authenticator_id, oob_channel } = request.body;
      const found = await engine.findByToken(mfa_token, client_id);
      if (found.outcome !== 'found') return sendProblem(reply, tokenProblems[found.outcome]);
      const clientProblem = await verifyClientIfNamed(dependencies, request, client_id);
      if (clientProblem) return sendProblem(reply, clientProblem);
      const challengeTypes = challenge_type?.split(' ').filter((type) => type !== '');
      const named =
        authenticator_id === undefined ? {} : readAuthenticatorId(engine.registry, authenticator_id);
      const begun = await engine.beginChallenge(
        found.transaction.id,
        {
          ...(challengeTypes && challengeTypes.length > 0 ? { challengeTypes } : {}),
          ...(oob_channel === undefined ? {} : { channel: oob_channel }),
          ...named,
        },
        request.context,
      );
      if (begun.outcome === 'refused') return sendRefusal(reply, begun, engine.registry);
      return reply.header('cache-control', 'no-store').send({
        challenge_type: begun.challengeType,
        ...(begun.oobCode === undefined ? {} : { oob_code: begun.oobCode }),
        ...(begun.bindingMethod === undefined ? {} : { binding_method: begun.bindingMethod }),
        ...(begun.waiting?.number === undefined ? {} : { number_matching: begun.waiting.number }),
      });
    },
  );
}
