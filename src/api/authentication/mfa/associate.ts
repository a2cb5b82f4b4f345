import { Type } from 'typebox';
import { findUserById } from '../../../accounts/users.ts';
import type { RequestContext } from '../../../config/requestContext.ts';
import type { App } from '../../../http/createApp.ts';
import { authenticatorsOf } from '../../../mfa/authenticatorIds.ts';
import type { EnrolmentBegun } from '../../../mfa/enrol.ts';
import type { Factor } from '../../../mfa/factor.ts';
import type { FactorRegistry } from '../../../mfa/registry.ts';
import type { DecisionInput } from '../../../mfa/transaction.ts';
import { readTenantSettings, type TenantSettings } from '../../../tenant/tenantSettings.ts';
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
    oob_channels: Type.Optional(
      Type.Array(Type.String({ maxLength: 20 }), {
        minItems: 1,
        maxItems: 4,
        description:
          'With `oob`: `sms`, `voice`, `email`, or `auth0` for a device that answers requests; the first one ' +
          'that is on counts.',
      }),
    ),
    phone_number: Type.Optional(
      Type.String({ maxLength: 64, description: 'For `sms` and `voice`, in E.164 form: `+12025550123`.' }),
    ),
    email: Type.Optional(
      Type.String({ maxLength: 320, description: 'For `email`; the account’s own address when absent.' }),
    ),
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
  oob_channel: Type.Optional(
    Type.String({
      description:
        'How the code was sent: `sms`, `voice` or `email`; or `auth0`, where a device answers by itself.',
    }),
  ),
  oob_code: Type.Optional(
    Type.String({ description: 'Names the code just sent, or the device awaited, for the `mfa-oob` grant.' }),
  ),
  binding_method: Type.Optional(
    Type.Literal('prompt', {
      description:
        'Ask the person for the code and send it as `binding_code`. Absent where a device answers by itself: ' +
        'repeat the grant every five seconds until it does.',
    }),
  ),
  recovery_codes: Type.Optional(
    Type.Array(Type.String(), {
      description: 'One or ten, each good once. With the first enrolment only, where recovery codes are on.',
    }),
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
          'audience with `enroll`. Confirm with the `mfa-otp` or `mfa-oob` grant. A device is set up by drawing ' +
          '`barcode_uri` as a QR code for it; its one-time codes come beside, where those are on.',
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
      const { authenticator_types, oob_channels, phone_number, email } = request.body;
      const settings = await readTenantSettings(dependencies.db);
      const chosen = choose(engine.registry, settings, authenticator_types[0], oob_channels);
      if (!chosen) return sendProblem(reply, problems.unsupportedEnrolment);

      const opened = await openTransaction(dependencies, authority, request.context);
      if (opened.outcome === 'refused') return sendRefusal(reply, opened, engine.registry);
      const begun = await engine.beginEnrolment(
        opened.transactionId,
        {
          factor: chosen.factor.name,
          ...(chosen.channel === undefined ? {} : { channel: chosen.channel }),
          input: { phone_number, email: email ?? (await ownAddress(dependencies, authority, chosen)) },
        },
        request.context,
      );
      if (begun.outcome === 'refused') return sendRefusal(reply, begun, engine.registry);
      return reply.header('cache-control', 'no-store').send(describe(chosen.factor, begun));
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

/** Who names no address means the account's own, as SDKs do. */
async function ownAddress(
  { db }: MfaApiDependencies,
  { userId }: Authority,
  { channel }: Choice,
): Promise<string | undefined> {
  return channel === 'email' ? (await findUserById(db, userId))?.email : undefined;
}

interface Choice {
  factor: Factor;
  channel?: string;
}

/** The factor of this type, by the first of the channels asked for that is on. */
function choose(
  registry: FactorRegistry,
  settings: TenantSettings,
  type: 'otp' | 'oob' | undefined,
  channels: readonly string[] = [],
): Choice | undefined {
  const candidates = registry
    .enabled(settings)
    .filter(({ wire, enrolment }) => enrolment === 'by-person' && wire.authenticatorType === type);
  if (type === 'otp') return candidates[0] && { factor: candidates[0] };
  for (const channel of channels) {
    const factor = candidates.find((candidate) =>
      registry.channelsOf(candidate, settings)?.includes(channel),
    );
    if (factor) return { factor, channel };
  }
  return undefined;
}

function describe(factor: Factor, begun: EnrolmentBegun) {
  const { methodId, shown, beside, channel, oobCode, bindingMethod } = begun;
  const recoveryCodes = beside?.recoveryCodes ?? beside?.recoveryCode;
  const [named] = authenticatorsOf(factor, methodId, channel === undefined ? undefined : [channel]);
  return {
    authenticator_type: factor.wire.authenticatorType as 'otp' | 'oob',
    id: named?.id ?? methodId,
    ...(shown.secret === undefined ? {} : { secret: shown.secret }),
    ...(shown.barcodeUri === undefined ? {} : { barcode_uri: shown.barcodeUri }),
    ...(channel === undefined ? {} : { oob_channel: channel }),
    ...(oobCode === undefined ? {} : { oob_code: oobCode }),
    ...(bindingMethod === undefined ? {} : { binding_method: bindingMethod }),
    ...(recoveryCodes === undefined ? {} : { recovery_codes: recoveryCodes.split(' ') }),
  };
}
