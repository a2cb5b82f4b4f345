import type { App } from '../../../http/createApp.ts';
import { type Problem, problems, sendProblem } from '../problem.ts';
import { errorResponses, goneResponse, noBody, nothing } from '../schemas.ts';
import type { Describe } from '../tagged.ts';
import type { FlowCalls } from './dependencies.ts';
import { readTransaction } from './readTransaction.ts';
import { type OwnWords, sendingTo, sendRefusal } from './refusals.ts';
import { findWidgetFactor, type WidgetMethod } from './widgetMethods.ts';

interface SendingCall {
  path: string;
  method: WidgetMethod;
  channel?: string;
  summary: string;
  words: OwnWords;
}

const deadDevice: Problem = {
  status: 410,
  errorCode: 'pn_endpoint_disabled',
  message: 'The device is asked no more: it has to be set up anew.',
};

const sendingCalls: readonly SendingCall[] = [
  {
    path: '/api/send-sms',
    method: 'sms',
    channel: 'sms',
    summary: 'Send a code by text message',
    words: sendingTo('too_many_sms'),
  },
  {
    path: '/api/send-push-notification',
    method: 'push',
    summary: 'Ask the person’s device',
    words: sendingTo('too_many_pn', deadDevice),
  },
];

/** `POST /api/send-sms` and `/api/send-push-notification`: begins a challenge, which voids the one before. */
export function registerSendingCalls(app: App, describe: Describe, calls: FlowCalls): void {
  for (const { path, method, channel, summary, words } of sendingCalls) {
    app.post(
      path,
      {
        schema: describe({
          summary,
          description: 'Bearer: the `transaction_token`. For a person who has it enrolled.',
          body: noBody,
          response: { 204: nothing, ...errorResponses, ...goneResponse },
        }),
      },
      async (request, reply) => {
        const read = await readTransaction(calls, request, 'transaction');
        if ('problem' in read) return sendProblem(reply, read.problem);
        const factor = await findWidgetFactor(calls, method);
        if (!factor) return sendProblem(reply, problems.disabled);
        const choice = { factor: factor.name, ...(channel === undefined ? {} : { channel }) };
        const begun = await calls.engine.beginChallenge(read.transaction.id, choice, request.context);
        if (begun.outcome === 'refused') return sendRefusal(reply, begun, words);
        return reply.code(204).send(null);
      },
    );
  }
}
