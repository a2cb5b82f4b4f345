import { Type } from 'typebox';
import type { RequestContext } from '../../../config/requestContext.ts';
import type { App } from '../../../http/createApp.ts';
import type { EnrolmentBegun } from '../../../mfa/enrol.ts';
import type { Factor } from '../../../mfa/factor.ts';
import type { FactorRegistry } from '../../../mfa/registry.ts';
import type { DecisionInput } from '../../../mfa/transaction.ts';
import { type Authority, readBearer } from './bearer.ts';
import { verifyClientIfNamed } from './clientCheck.ts';
import type { MfaApiDependencies } from './dependencies.ts';
import { problems, sendProblem, sendRefusal } from './problem.ts';
import { errorResponses } from './schemas.ts';

const body = Type.Object(
  {
    authenticator_types: Type.Array(Type.Union([Type.Literal('otp'), Type.Literal('oob')]), {
      minItems: 1,
      maxItems: 1,
      description: 'What to enrol: `otp` an authenticator app, `oob` a channel named in `oob_channels`.',
    }),
    oob_channels: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { minItems: 1, maxItems: 4 })),
    client_id: Type.Optional(Type.String({ maxLength: 128 })),
    client_secret: Type.Optional(Type.String({ maxLength: 512 })),
    client_assertion: Type.Optional(Type.String({ maxLength: 16_384 })),
    client_assertion_type: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: true },
);

const response = Type.Object({
  authenticator_type: Type.Union([Type.Literal('otp'), Type.Literal('oob')]),
  id: Type.String({ description: 'Id of the authenticator, inactive until confirmed.' }),
  secret: Type.Optional(Type.String({ description: 'RFC 4648 base32, upper case, no padding.' })),
  barcode_uri: Type.Optional(Type.String({ description: '`otpauth://` URI to draw as a QR code.' })),
  oob_channel: Type.Optional(Type.String()),
  oob_code: Type.Optional(Type.String()),
  binding_method: Type.Optional(Type.String()),
  recovery_codes: Type.Optional(
    Type.Array(Type.String(), { description: 'With the first enrolment only, where recovery codes are on.' }),
  ),
});

/** `POST /mfa/associate`: begins to enrol an authenticator; a token grant confirms it. */
export function registerAssociate(app: App, dependencies: MfaApiDependencies): void {
  const { engine } = dependencies;
  app.post(
    '/mfa/associate',
    {
      schema: {
        tags: ['MFA API'],
        summary: 'Enrol an authenticator',
        description:
          'Bearer: an `mfa_token` while the user has no authenticator, else an access token for the MFA ' +
          'audience with `enroll`. Confirm with the `mfa-otp` or `mfa-oob` grant.',
        body,
        response: { 200: response, ...errorResponses },
      },
    },
    async (request, reply) => {
      const bearer = await readBearer(dependencies, request, 'enroll');
      if ('problem' in bearer) return sendProblem(reply, bearer.problem);
      const { authority } = bearer;
      const clientProblem = await verifyClientIfNamed(dependencies, request, clientOf(authority));
      if (clientProblem) return sendProblem(reply, clientProblem);
      const factor = factorFor(
        engine.registry,
        request.body.authenticator_types[0],
        request.body.oob_channels,
      );
      if (!factor) return sendProblem(reply, problems.unsupportedEnrolment);

      const opened = await openTransaction(dependencies, authority, request.context);
      if (opened.outcome === 'refused') return sendRefusal(reply, opened);
      const begun = await engine.beginEnrolment(opened.transactionId, factor.name, request.context);
      if (begun.outcome === 'refused') return sendRefusal(reply, begun);
      return reply.header('cache-control', 'no-store').send(describe(factor, begun));
    },
  );
}

async function openTransaction(
  { engine }: MfaApiDependencies,
  authority: Authority,
  context: RequestContext,
) {
  if (authority.kind === 'transaction') {
    return { outcome: 'begun', transactionId: authority.transaction.id } as const;
  }
  const { input, accessToken } = authority;
  const begun = await engine.beginSelfService(input, accessToken, context, requestOf(input));
  if (begun.outcome === 'begun') return { outcome: 'begun', transactionId: begun.transaction.id } as const;
  if (begun.outcome === 'refused') return begun;
  throw new Error('A self-service transaction is either begun or refused.');
}

/** Confirming answers with a token like the one that authorised the enrolment. */
function requestOf(input: DecisionInput): Record<string, unknown> {
  return { audience: input.audience, scope: input.scope.join(' ') };
}

function clientOf(authority: Authority): string {
  return authority.kind === 'transaction' ? authority.transaction.clientId : authority.input.client.id;
}

function factorFor(
  registry: FactorRegistry,
  type: 'otp' | 'oob' | undefined,
  channels: readonly string[] | undefined,
): Factor | undefined {
  return registry.all.find(
    ({ wire, enrolment }) =>
      enrolment === 'by-person' &&
      wire.authenticatorType === type &&
      (type === 'otp' || (wire.oobChannel !== undefined && channels?.includes(wire.oobChannel))),
  );
}

function describe({ wire }: Factor, { methodId, shown, beside }: EnrolmentBegun) {
  return {
    authenticator_type: wire.authenticatorType as 'otp' | 'oob',
    id: methodId,
    ...(shown.secret === undefined ? {} : { secret: shown.secret }),
    ...(shown.barcodeUri === undefined ? {} : { barcode_uri: shown.barcodeUri }),
    ...(wire.oobChannel === undefined ? {} : { oob_channel: wire.oobChannel }),
    ...(beside?.recoveryCode === undefined ? {} : { recovery_codes: [beside.recoveryCode] }),
  };
}
