import { Type } from 'typebox';
import type { RequestContext } from '../../../config/requestContext.ts';
import type { App } from '../../../http/createApp.ts';
import type { Factor } from '../../../mfa/factor.ts';
import type { Submission } from '../../../mfa/submit.ts';
import { type Refusal, type RefusalCode, refuse, type Transaction } from '../../../mfa/transaction.ts';
import { sendProblem } from '../problem.ts';
import { errorResponses, nothing } from '../schemas.ts';
import type { Describe } from '../tagged.ts';
import type { FlowCalls } from './dependencies.ts';
import { readTransaction } from './readTransaction.ts';
import { sendRefusal } from './refusals.ts';
import { findWidgetFactor } from './widgetMethods.ts';

const body = Type.Object(
  {
    type: Type.Literal('manual_input'),
    code: Type.String({ minLength: 1, maxLength: 16, description: 'The digits.' }),
  },
  { additionalProperties: true },
);

/** `POST /api/verify-otp`: a code of an app or of a text message; it confirms an enrolment or answers a login. */
export function registerVerifyOtp(app: App, describe: Describe, calls: FlowCalls): void {
  app.post(
    '/api/verify-otp',
    {
      schema: describe({
        summary: 'Hand in a code',
        description: 'Bearer: the `transaction_token`. `transaction-state` tells what became of the login.',
        body,
        response: { 204: nothing, ...errorResponses },
      }),
    },
    async (request, reply) => {
      const read = await readTransaction(calls, request, 'transaction');
      if ('problem' in read) return sendProblem(reply, read.problem);
      const refusal = await verify(calls, read.transaction, request.body.code, request.context);
      return refusal ? sendRefusal(reply, refusal) : reply.code(204).send(null);
    },
  );
}

/** After these the code may be one of the other factor; after any other refusal it is judged no more. */
const mayBeAnothers: ReadonlySet<RefusalCode> = new Set([
  'invalid_proof',
  'wrong_challenge',
  'challenge_expired',
  'not_allowed',
]);

/**
 * Hands the code to what was sent last, and else to the app: the widget doesn't say which it is, and tells nobody
 * when the person turns from one to the other. A wrong one counts for each of the two that were waiting.
 */
async function verify(
  calls: FlowCalls,
  transaction: Transaction,
  code: string,
  context: RequestContext,
): Promise<Refusal | undefined> {
  let refusal = refuse('unsupported');
  for (const submission of await submissionsOf(calls, transaction, code)) {
    const judged = await calls.engine.submit(transaction.id, submission, context);
    if (judged.outcome !== 'refused') return undefined;
    if (!mayBeAnothers.has(judged.code)) return judged;
    if (refusal.code !== 'invalid_proof') refusal = judged;
  }
  return refusal;
}

/** What the code may be for: of the factors that the transaction demands, those that the person has, or is enrolling. */
async function submissionsOf(
  calls: FlowCalls,
  { userId, requirement }: Transaction,
  code: string,
): Promise<Submission[]> {
  const methods = await calls.engine.methods(userId);
  const isAwaited = ({ name }: Factor) =>
    'factors' in requirement &&
    requirement.factors.includes(name) &&
    methods.some((method) => method.factor === name && method.isConfirmed === (requirement.kind !== 'enrol'));
  const sms = await findWidgetFactor(calls, 'sms');
  const otp = await findWidgetFactor(calls, 'otp');
  return [
    ...(sms && isAwaited(sms) ? [{ challenge: { factor: sms.name }, proof: code }] : []),
    ...(otp && isAwaited(otp) ? [{ factor: otp.name, proof: code }] : []),
  ];
}
