import { Type } from 'typebox';
import { type Limit, spend } from '../../../database/throttle.ts';
import type { App } from '../../../http/createApp.ts';
import type { Transaction } from '../../../mfa/transaction.ts';
import { readTenantSettings } from '../../../tenant/tenantSettings.ts';
import { problems, sendProblem, tellBudget } from '../problem.ts';
import { errorResponses, noBody } from '../schemas.ts';
import type { Describe } from '../tagged.ts';
import type { FlowCalls } from './dependencies.ts';
import { describeAccount, type EnrolledAccount, enrolledAccount } from './enrolledAccount.ts';
import { readFlowState } from './flowState.ts';
import { readTransaction, transactionOver } from './readTransaction.ts';
import type { FlowClaims } from './tokens.ts';
import { widgetFactors } from './widgetMethods.ts';

/** The widget asks every five seconds, and two are its own least (S-54). */
const polls: Limit = { name: 'guardian-polls', burst: 20, refillSeconds: 2 };

const answer = Type.Object({
  id: Type.String({ description: 'The `txid` of the token.' }),
  state: Type.Union([Type.Literal('pending'), Type.Literal('accepted'), Type.Literal('rejected')]),
  token: Type.Optional(
    Type.String({
      description:
        'With `accepted`, of a login: the widget’s `signature`. Hand it in once as `oob_code` of the `mfa-oob` grant, with the ' +
        '`mfa_token` of this login.',
    }),
  ),
  enrollment: Type.Optional(enrolledAccount),
  number_matching: Type.Optional(
    Type.String({
      description: 'Show it: the device that is asked wants to know it. The widget ignores it.',
    }),
  ),
});

/** `POST /api/transaction-state`: how the flow stands; what a device answered counts from here on. */
export function registerTransactionState(app: App, describe: Describe, calls: FlowCalls): void {
  app.post(
    '/api/transaction-state',
    {
      schema: describe({
        summary: 'See how a flow stands',
        description: 'Bearer: the `transaction_token`. Every two seconds at the most, in the long run.',
        body: noBody,
        response: { 200: answer, ...errorResponses },
      }),
    },
    async (request, reply) => {
      const read = await readTransaction(calls, request, 'transaction');
      if ('problem' in read) return sendProblem(reply, read.problem);
      const budget = await spend(calls.db, calls.clock, polls, read.transaction.id);
      if (!budget.allowed) return sendProblem(reply, problems.tooMany, budget);
      tellBudget(reply, budget);
      const flow = await readFlowState(calls, read.transaction, request.context);
      if (!flow) return sendProblem(reply, transactionOver);
      const { state, transaction, number } = flow;
      const enrollment = await newlyEnrolled(calls, read.claims, transaction);
      return reply.send({
        id: transaction.id,
        state,
        ...(state === 'accepted' && transaction.purpose !== 'enrolment'
          ? { token: await calls.tokens.signCompletion(transaction) }
          : {}),
        ...(enrollment ? { enrollment } : {}),
        ...(number === undefined ? {} : { number_matching: number }),
      });
    },
  );
}

/** Told only to a flow that began with nothing: for others it would be news that isn't. */
async function newlyEnrolled(
  calls: FlowCalls,
  { deviceId }: FlowClaims,
  { userId, requirement }: Transaction,
): Promise<EnrolledAccount | undefined> {
  if (deviceId === undefined || requirement.kind === 'enrol') return undefined;
  const settings = await readTenantSettings(calls.db);
  const account = await describeAccount(calls, userId, widgetFactors(calls.engine.registry, settings));
  return account.available_authenticator_types.length > 0 ? account : undefined;
}
