import { Type } from 'typebox';
import type { OutboundResponse } from '../../../outbound/outboundClient.ts';
import { callProvider, errorKinds, refusalOf, unreadableAnswer } from '../callProvider.ts';
import { baseUrl } from '../fields.ts';
import { joinUrl } from '../joinUrl.ts';
import type { DeliveryError, ProviderDefinition } from '../provider.ts';
import { readJson } from '../readJson.ts';
import { androidMessage } from './androidMessage.ts';
import { serviceAccount } from './serviceAccount.ts';

const standardUrl = 'https://fcm.googleapis.com';

const settings = Type.Object({ baseUrl: baseUrl(standardUrl) }, { additionalProperties: false });
const credentials = Type.Object(
  {
    serviceAccount: Type.String({
      minLength: 100,
      maxLength: 20_000,
      description: 'The JSON file of the service account, as the Firebase console gave it out.',
    }),
  },
  { additionalProperties: false },
);

/** https://firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode */
const kinds = errorKinds({
  gone: ['UNREGISTERED'],
  // Of a device of another project: who enrols it must not make the provider look broken.
  final: ['INVALID_ARGUMENT', 'SENDER_ID_MISMATCH'],
  configuration: ['THIRD_PARTY_AUTH_ERROR', 'UNAUTHENTICATED', 'PERMISSION_DENIED', 'NOT_FOUND'],
  retry: ['QUOTA_EXCEEDED', 'RESOURCE_EXHAUSTED', 'UNAVAILABLE', 'INTERNAL'],
});

const accepted = Type.Object({ name: Type.String({ pattern: '^projects/[^/]+/messages/\\S{1,200}$' }) });
const refused = Type.Object({
  error: Type.Object({
    status: Type.Optional(Type.String({ maxLength: 100 })),
    details: Type.Optional(
      Type.Array(
        Type.Object({ '@type': Type.String(), errorCode: Type.Optional(Type.String({ maxLength: 100 })) }),
      ),
    ),
  }),
});
const ownDetail = 'type.googleapis.com/google.firebase.fcm.v1.FcmError';

/** No device has it: asked about without sending, it tells whether everything else is in order. */
const nobody = 'countersign-asks-whether-it-is-let-in';
const ofNobody: ReadonlySet<string> = new Set(['INVALID_ARGUMENT', 'UNREGISTERED']);

/**
 * Wakes Android devices with an application that holds Guardian's library.
 * https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages/send
 */
export const fcm: ProviderDefinition<'fcm', typeof settings, typeof credentials> = {
  name: 'fcm',
  title: 'Firebase Cloud Messaging',
  channel: 'fcm',
  settings,
  credentials,
  create(config, tools) {
    const { http, clock } = tools;
    const account = serviceAccount(config.credentials.serviceAccount, tools);
    const url = joinUrl(
      config.settings.baseUrl ?? standardUrl,
      `v1/projects/${encodeURIComponent(account.projectId)}/messages:send`,
    );

    async function post(body: object, signal: AbortSignal): Promise<OutboundResponse> {
      return callProvider(http, {
        method: 'POST',
        url,
        headers: {
          authorization: `Bearer ${await account.accessToken(signal)}`,
          'content-type': 'application/json',
          accept: 'application/json',
        },
        body: JSON.stringify(body),
        signal,
      });
    }

    function refusal(answer: OutboundResponse): DeliveryError {
      if (answer.status === 401) account.forgetToken();
      return refusalOf(answer, clock(), codeOf(answer), kinds);
    }

    return {
      async send(message, signal) {
        const wrapped = { message: { token: message.target, ...androidMessage(message, clock()) } };
        const answer = await post(wrapped, signal);
        if (answer.status !== 200) throw refusal(answer);
        const taken = readJson(answer.body, accepted);
        if (!taken) throw unreadableAnswer();
        return { providerMessageId: taken.name.split('/').at(-1) ?? taken.name };
      },
      async check(signal) {
        const answer = await post({ validate_only: true, message: { token: nobody } }, signal);
        if (answer.status === 200) return;
        const refused = refusal(answer);
        if (!ofNobody.has(refused.code)) throw refused;
      },
    };
  },
};

/** The service's own code, else the general one of Google's APIs. */
function codeOf(answer: OutboundResponse): string | undefined {
  const error = readJson(answer.body, refused)?.error;
  const own = error?.details?.find((detail) => detail['@type'] === ownDetail);
  return own?.errorCode ?? error?.status;
}
