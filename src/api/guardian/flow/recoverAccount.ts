import { Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import { problems, sendProblem } from '../problem.ts';
import { errorResponses } from '../schemas.ts';
import type { Describe } from '../tagged.ts';
import type { FlowCalls } from './dependencies.ts';
import { readTransaction } from './readTransaction.ts';
import { recovering, sendRefusal } from './refusals.ts';
import { findWidgetFactor } from './widgetMethods.ts';

const body = Type.Object(
  { recovery_code: Type.String({ minLength: 1, maxLength: 64, description: '24 letters and digits.' }) },
  { additionalProperties: true },
);

const answer = Type.Object({
  recovery_code: Type.Optional(Type.String({ description: 'The next one. Shown here only.' })),
});

/** `POST /api/recover-account`: answers a login with the recovery code, which is replaced by that. */
export function registerRecoverAccount(app: App, describe: Describe, calls: FlowCalls): void {
  app.post(
    '/api/recover-account',
    {
      schema: describe({
        summary: 'Use the recovery code',
        description: 'Bearer: the `transaction_token`.',
        body,
        response: { 200: answer, ...errorResponses },
      }),
    },
    async (request, reply) => {
      const read = await readTransaction(calls, request, 'transaction');
      if ('problem' in read) return sendProblem(reply, read.problem);
      const factor = await findWidgetFactor(calls, 'recovery-code');
      if (!factor) return sendProblem(reply, problems.disabled);
      const { id } = read.transaction;
      const submission = { factor: factor.name, proof: request.body.recovery_code };
      const passed = await calls.engine.submit(id, submission, request.context);
      if (passed.outcome === 'refused') return sendRefusal(reply, passed, recovering);
      const recoveryCode = passed.outcome === 'satisfied' ? passed.reveal?.recoveryCode : undefined;
      if (recoveryCode === undefined) return reply.send({});
      await calls.engine.acknowledge(id);
      return reply.send({ recovery_code: recoveryCode });
    },
  );
}
