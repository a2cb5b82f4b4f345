import { Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import { readBearer } from '../authorization.ts';
import { addressesOf } from '../mounts.ts';
import { sendProblem } from '../problem.ts';
import { errorResponses, nothing } from '../schemas.ts';
import type { Describe } from '../tagged.ts';
import type { DeviceCalls } from './dependencies.ts';
import { sendDeviceRefusal } from './refusals.ts';

const path = '/api/resolve-transaction';

const body = Type.Object(
  {
    challenge_response: Type.String({
      minLength: 1,
      maxLength: 8192,
      description:
        'JWT signed by the device: `sub` the challenge, `iss` its identifier, `aud` the address of this call, ' +
        '`auth0_guardian_method` `push`, `auth0_guardian_accepted`, `auth0_guardian_reason`, and ' +
        '`countersign_number` where a number is asked for.',
    }),
  },
  { additionalProperties: true },
);

/** `POST /api/resolve-transaction`: the device's answer to a request, once. */
export function registerResolveTransaction(
  app: App,
  describe: Describe,
  { devices, publicUrl }: DeviceCalls,
): void {
  const audiences = addressesOf(publicUrl, path);
  app.post(
    path,
    {
      schema: describe({
        summary: 'Answer a request',
        description: 'Bearer: the request’s `transaction_token`. A denial is answered alike.',
        body,
        response: { 204: nothing, ...errorResponses },
      }),
    },
    async (request, reply) => {
      const authorization = readBearer(request);
      if ('problem' in authorization) return sendProblem(reply, authorization.problem);
      const statement = { jws: request.body.challenge_response, audiences };
      const answered = await devices.answer(authorization.token, statement, request.context);
      if (answered.outcome === 'refused') return sendDeviceRefusal(reply, answered);
      return reply.code(204).send(null);
    },
  );
}
