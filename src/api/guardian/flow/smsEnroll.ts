import { Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import { problems, sendProblem } from '../problem.ts';
import { conflictResponse, errorResponses, nothing } from '../schemas.ts';
import type { Describe } from '../tagged.ts';
import type { FlowCalls } from './dependencies.ts';
import { readTransaction } from './readTransaction.ts';
import { enrolling, sendRefusal, unknownEnrolment } from './refusals.ts';
import { findWidgetFactor } from './widgetMethods.ts';

const body = Type.Object(
  { phone_number: Type.String({ minLength: 1, maxLength: 64, description: 'E.164: `+12025550123`.' }) },
  { additionalProperties: true },
);

/** `POST /api/device-accounts/{id}/sms-enroll`: sends a code to a number, which `verify-otp` confirms. */
export function registerSmsEnroll(app: App, describe: Describe, calls: FlowCalls): void {
  app.post(
    '/api/device-accounts/:id/sms-enroll',
    {
      schema: describe({
        summary: 'Enrol a number for text messages',
        description:
          'Bearer: the `transaction_token`; the id is that of its `device_account`. What else can be enrolled stays.',
        params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 128 }) }),
        body,
        response: { 204: nothing, ...errorResponses, ...conflictResponse },
      }),
    },
    async (request, reply) => {
      const read = await readTransaction(calls, request, 'transaction');
      if ('problem' in read) return sendProblem(reply, read.problem);
      if (request.params.id !== read.claims.deviceId) return sendProblem(reply, unknownEnrolment);
      const factor = await findWidgetFactor(calls, 'sms');
      if (!factor) return sendProblem(reply, problems.disabled);
      const begun = await calls.engine.beginEnrolment(
        read.transaction.id,
        {
          factor: factor.name,
          channel: 'sms',
          input: { phone_number: request.body.phone_number },
          beside: true,
        },
        request.context,
      );
      if (begun.outcome === 'refused') return sendRefusal(reply, begun, enrolling);
      return reply.code(204).send(null);
    },
  );
}
