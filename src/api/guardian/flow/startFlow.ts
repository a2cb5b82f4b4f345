import { type Static, Type } from 'typebox';
import type { RequestContext } from '../../../config/requestContext.ts';
import { deviceId } from '../../../crypto/ids.ts';
import { randomToken } from '../../../crypto/random.ts';
import type { App } from '../../../http/createApp.ts';
import type { EnrolmentBegun } from '../../../mfa/enrol.ts';
import type { Refusal, Transaction } from '../../../mfa/transaction.ts';
import { readTenantSettings } from '../../../tenant/tenantSettings.ts';
import { problems, sendProblem } from '../problem.ts';
import { conflictResponse, errorResponses } from '../schemas.ts';
import type { Describe } from '../tagged.ts';
import type { FlowCalls } from './dependencies.ts';
import { describeAccount, enrolledAccount } from './enrolledAccount.ts';
import { openFlow } from './openFlow.ts';
import { enrolling, sendRefusal } from './refusals.ts';
import { type NamedFactor, type WidgetMethod, widgetFactors } from './widgetMethods.ts';

const body = Type.Union([
  Type.Null(),
  Type.Object(
    {
      state_transport: Type.Optional(
        Type.String({ maxLength: 20, description: 'Only `polling` is served, whatever is asked for.' }),
      ),
    },
    { additionalProperties: true },
  ),
]);

const names = (description: string) => Type.Array(Type.String(), { description });

const pendingAccount = Type.Object({
  id: Type.String({ description: 'Of the enrolment: `dev_…`.' }),
  otp_secret: Type.Optional(Type.String({ description: 'RFC 4648 base32; where apps with codes are on.' })),
  recovery_code: Type.Optional(
    Type.String({ description: 'Counts once something is enrolled. Shown here only.' }),
  ),
});

const answer = Type.Object({
  transaction_token: Type.String({
    description: 'Bearer of all further calls: a JWT with `txid` and `exp`.',
  }),
  enrollment_tx_id: Type.Optional(
    Type.String({ description: 'Ticket of a device. There exactly where the person has nothing enrolled.' }),
  ),
  device_account: Type.Union([pendingAccount, enrolledAccount]),
  available_enrollment_methods: names('`push`, `otp`, `sms`.'),
  available_authentication_methods: names('`push`, `otp`, `sms`.'),
});

type Answer = Static<typeof answer>;

/**
 * `POST /api/start-flow`: begins, or begins anew. For a person without a second factor everything that can be
 * enrolled waits side by side, since the widget doesn't tell what the person takes.
 */
export function registerStartFlow(app: App, describe: Describe, calls: FlowCalls): void {
  app.post(
    '/api/start-flow',
    {
      schema: describe({
        summary: 'Begin a flow of auth0-guardian-js',
        description:
          'Bearer: the `request_token` of `POST /mfa/guardian-token`. Or `Ticket id="…"`, with the ticket of an ' +
          'enrolment: what comes of that signs nobody in.',
        body,
        response: { 200: answer, ...errorResponses, ...conflictResponse },
      }),
    },
    async (request, reply) => {
      const read = await openFlow(calls, request);
      if ('problem' in read) return sendProblem(reply, read.problem);
      const { transaction } = read;
      const { kind } = transaction.requirement;
      if (kind === 'none') return sendProblem(reply, problems.unknownTransaction);
      if (kind === 'blocked') return sendProblem(reply, problems.disabled);
      const factors = await demandedFactors(calls, transaction);
      const started =
        kind === 'enrol'
          ? await startEnrolment(calls, transaction, factors, request.context)
          : await startChallenge(calls, transaction, factors);
      return 'outcome' in started ? sendRefusal(reply, started, enrolling) : reply.send(started);
    },
  );
}

async function demandedFactors(
  { engine, db }: FlowCalls,
  { requirement }: Transaction,
): Promise<NamedFactor[]> {
  const demanded = 'factors' in requirement ? requirement.factors : [];
  const known = widgetFactors(engine.registry, await readTenantSettings(db));
  return known.filter(({ factor }) => demanded.includes(factor.name));
}

async function startChallenge(
  calls: FlowCalls,
  transaction: Transaction,
  factors: readonly NamedFactor[],
): Promise<Answer> {
  const account = await describeAccount(calls, transaction.userId, factors);
  return {
    transaction_token: await calls.tokens.signTransaction(transaction, undefined),
    device_account: account,
    available_enrollment_methods: [],
    available_authentication_methods: account.methods,
  };
}

async function startEnrolment(
  calls: FlowCalls,
  transaction: Transaction,
  factors: readonly NamedFactor[],
  context: RequestContext,
): Promise<Answer | Refusal> {
  const { engine, tokens } = calls;
  const begun = new Map<WidgetMethod, EnrolmentBegun>();
  // A number is begun with when it is known.
  for (const { method, factor } of factors.filter(({ method }) => method !== 'sms')) {
    const choice = { factor: factor.name, beside: true } as const;
    const enrolment = await engine.beginEnrolment(transaction.id, choice, context);
    if (enrolment.outcome === 'refused') return enrolment;
    begun.set(method, enrolment);
  }
  const [first] = begun.values();
  const id = first ? first.methodId.slice(first.methodId.indexOf('|') + 1) : deviceId();
  const beside = [...begun.values()].find((enrolment) => enrolment.beside)?.beside;
  // The widget shows one text.
  const recoveryCode = beside?.recoveryCode ?? beside?.recoveryCodes;
  if (recoveryCode !== undefined) await engine.acknowledge(transaction.id);
  const otpSecret = begun.get('otp')?.shown.secret;
  const methods = factors.map(({ method }) => method);
  return {
    transaction_token: await tokens.signTransaction(transaction, id),
    // The widget wants one in any case; where no device can be enrolled it is nobody's.
    enrollment_tx_id: ticketOf(begun.get('push')) ?? randomToken(),
    device_account: {
      id,
      ...(otpSecret === undefined ? {} : { otp_secret: otpSecret }),
      ...(recoveryCode === undefined ? {} : { recovery_code: recoveryCode }),
    },
    available_enrollment_methods: methods,
    available_authentication_methods: methods,
  };
}

/** The ticket stands in what a person scans. */
function ticketOf(begun: EnrolmentBegun | undefined): string | undefined {
  const uri = begun?.shown.barcodeUri;
  return (uri && new URL(uri).searchParams.get('enrollment_tx_id')) || undefined;
}
