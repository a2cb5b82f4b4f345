import { Type } from 'typebox';
import type { OutboundResponse } from '../../../outbound/outboundClient.ts';
import { applePayload } from '../../push/guardianPayload.ts';
import type { PushMessage } from '../../push/pushMessage.ts';
import { errorKinds, faultOfRequest, refusalOf } from '../callProvider.ts';
import { baseUrl, secret } from '../fields.ts';
import { limitPayload } from '../limitPayload.ts';
import { DeliveryError, type ProviderDefinition } from '../provider.ts';
import { readJson } from '../readJson.ts';
import { apnsAccess } from './apnsAccess.ts';

const productionUrl = 'https://api.push.apple.com';
const sandboxUrl = 'https://api.sandbox.push.apple.com';

const settings = Type.Object(
  {
    bundleId: Type.String({
      pattern: '^[0-9A-Za-z.-]{1,255}$',
      description: 'Bundle id of the application, as in com.example.app.',
    }),
    sandbox: Type.Optional(
      Type.Boolean({
        description:
          'Whether the application is a development build, whose tokens are of the sandbox. Default false.',
      }),
    ),
    keyId: Type.Optional(
      Type.String({ pattern: '^[0-9A-Z]{10}$', description: 'Id of the key, with a private key.' }),
    ),
    teamId: Type.Optional(
      Type.String({ pattern: '^[0-9A-Z]{10}$', description: 'Id of the team, with a private key.' }),
    ),
    baseUrl: baseUrl(`${productionUrl}, in the sandbox ${sandboxUrl}`),
  },
  { additionalProperties: false },
);

const credentials = Type.Object(
  {
    privateKey: Type.Optional(
      Type.String({
        minLength: 100,
        maxLength: 10_000,
        description: 'Private key of the team, PEM: the .p8 file; in place of a certificate.',
      }),
    ),
    p12: Type.Optional(
      Type.String({
        pattern: '^[0-9A-Za-z+/\\s]+=*\\s*$',
        maxLength: 30_000,
        description:
          'Certificate of the application with its key, PKCS #12 in base64; in place of a private key.',
      }),
    ),
    p12Password: Type.Optional(secret('Password of the certificate.')),
  },
  { additionalProperties: false },
);

/** https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns */
const kinds = errorKinds({
  gone: ['BadDeviceToken', 'ExpiredToken', 'Unregistered'],
  // Of a device with another application: who enrols it must not make the provider look broken.
  final: ['DeviceTokenNotForTopic'],
  configuration: [
    'BadCertificate',
    'BadCertificateEnvironment',
    'BadTopic',
    'ExpiredProviderToken',
    'InvalidProviderToken',
    'MissingProviderToken',
    'MissingTopic',
    'TopicDisallowed',
  ],
  retry: ['IdleTimeout', 'TooManyProviderTokenUpdates', 'TooManyRequests'],
});

const refused = Type.Object({ reason: Type.String({ maxLength: 100 }) });

/** No device has it: Apple's objection to it tells that everything before was in order. */
const nobody = '0'.repeat(64);

/**
 * Wakes Apple devices with an application that holds Guardian's library, over one kept connection.
 * https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
 */
export const apns: ProviderDefinition<'apns', typeof settings, typeof credentials> = {
  name: 'apns',
  title: 'Apple Push Notification service',
  channel: 'apns',
  settings,
  credentials,
  create(config, { clock, keepConnection }) {
    const { bundleId, sandbox = false, keyId, teamId, baseUrl } = config.settings;
    const access = apnsAccess({ keyId, teamId, ...config.credentials }, clock);
    const url = URL.parse(baseUrl ?? (sandbox ? sandboxUrl : productionUrl));
    if (!url) throw new DeliveryError('configuration', 'base_url');
    const connection = keepConnection(url.origin, access.certificate);

    async function post(token: string, message: PushMessage<unknown> | undefined, signal: AbortSignal) {
      const payload = message ? applePayload(message) : { aps: { alert: '' } };
      const request = {
        path: `/3/device/${token}`,
        headers: {
          ...(await access.headers()),
          'apns-topic': bundleId,
          'apns-push-type': 'alert',
          'apns-priority': '10',
          'apns-expiration': String(Math.floor((message?.expiresAt ?? clock()) / 1000)),
          // A later request to the same account on the device takes its place.
          ...(message && { 'apns-collapse-id': message.deviceId.slice(0, 64) }),
        },
        body: limitPayload(payload),
        signal,
      };
      try {
        return await connection.request(request);
      } catch (cause) {
        throw withoutCertificate(faultOfRequest(cause));
      }
    }

    function refusal(answer: OutboundResponse): DeliveryError {
      const reason = readJson(answer.body, refused)?.reason;
      if (reason === 'ExpiredProviderToken') access.forgetToken();
      return refusalOf(answer, clock(), reason, kinds);
    }

    return {
      async send(message, signal) {
        const answer = await post(message.target, message, signal);
        if (answer.status !== 200) throw refusal(answer);
        const id = answer.headers['apns-id'];
        return id !== undefined && /^[\w-]{1,64}$/.test(id) ? { providerMessageId: id } : {};
      },
      async check(signal) {
        const refused = refusal(await post(nobody, undefined, signal));
        if (refused.code !== 'BadDeviceToken') throw refused;
      },
      close: () => connection.close(),
    };
  },
};

/** An alert of TLS after we were connected: it is our certificate that it doesn't like. */
function withoutCertificate(fault: DeliveryError): DeliveryError {
  return /^ERR_SSL_.*ALERT/.test(fault.code)
    ? new DeliveryError('configuration', fault.code, { cause: fault })
    : fault;
}
