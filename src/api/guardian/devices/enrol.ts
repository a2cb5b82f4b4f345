import { Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import type { DeviceCodeParameters } from '../../../mfa/devices/deviceFactor.ts';
import { readTicket } from '../authorization.ts';
import { withoutSlash } from '../mounts.ts';
import { sendProblem } from '../problem.ts';
import { errorResponses, pushCredentials } from '../schemas.ts';
import type { Describe } from '../tagged.ts';
import type { DeviceCalls } from './dependencies.ts';
import { sendDeviceRefusal } from './refusals.ts';

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

const body = Type.Object(
  {
    identifier: Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'What the device calls itself; its answers name it.',
    }),
    name: Type.String({ minLength: 1, maxLength: 1000, description: 'For people; cut to what fits.' }),
    push_credentials: Type.Optional(pushCredentials),
    public_key: Type.Object(
      {
        kty: text(10),
        alg: Type.Optional(text(20)),
        use: Type.Optional(text(20)),
        n: Type.Optional(text(1500)),
        e: Type.Optional(text(20)),
        crv: Type.Optional(text(20)),
        x: Type.Optional(text(100)),
        y: Type.Optional(text(100)),
      },
      {
        additionalProperties: true,
        description: 'Public JWK: RSA of 2048 bits for RS256, or P-256 for ES256.',
      },
    ),
    number_matching: Type.Optional(
      Type.Boolean({ description: 'The device asks for the number that the login page shows.' }),
    ),
  },
  { additionalProperties: true },
);

const codes = Type.Object({
  secret: Type.String({ description: 'RFC 4648 base32, upper case, no padding.' }),
  algorithm: Type.Union([Type.Literal('sha1'), Type.Literal('sha256'), Type.Literal('sha512')]),
  digits: Type.Integer(),
  period: Type.Integer({ description: 'Seconds.' }),
});

const response = Type.Object({
  id: Type.String({ description: '`dev_` and 16 letters and digits.' }),
  url: Type.String({ description: 'Origin of this server.' }),
  issuer: Type.String({ description: 'Name of the tenant.' }),
  user_id: Type.String(),
  account_name: Type.String({ description: 'Whose account it is, for people.' }),
  token: Type.String({ description: 'Opaque bearer by which the device changes and removes itself.' }),
  totp: Type.Optional(codes),
});

/** `POST /api/enroll`: a device takes the place of the ticket that its person scanned. */
export function registerEnrol(app: App, describe: Describe, { devices, publicUrl }: DeviceCalls): void {
  app.post(
    '/api/enroll',
    {
      schema: describe({
        summary: 'Enrol a device',
        description:
          'Authorization: `Ticket id="…"`, the `enrollment_tx_id` of the QR code. It counts once. The person’s ' +
          'browser confirms the device by going on. `totp` is there where one-time passwords are on.',
        body,
        response: { 200: response, ...errorResponses },
      }),
    },
    async (request, reply) => {
      const authorization = readTicket(request);
      if ('problem' in authorization) return sendProblem(reply, authorization.problem);
      const { identifier, name, push_credentials, public_key, number_matching } = request.body;
      const device = { identifier, name, push_credentials, public_key, number_matching };
      const enrolled = await devices.enrol(authorization.token, device, request.context);
      if (enrolled.outcome === 'refused') return sendDeviceRefusal(reply, enrolled);
      return reply.send({
        id: enrolled.deviceId,
        url: withoutSlash(publicUrl),
        issuer: enrolled.issuer,
        user_id: enrolled.userId,
        account_name: enrolled.accountName,
        token: enrolled.token,
        ...(enrolled.codes ? { totp: totpOf(enrolled.codes) } : {}),
      });
    },
  );
}

/** Both SDKs want all four, and iOS the algorithm in lower case. */
function totpOf({ secret, algorithm, digits, periodSeconds }: DeviceCodeParameters) {
  return {
    secret,
    algorithm: algorithm.toLowerCase() as Lowercase<DeviceCodeParameters['algorithm']>,
    digits,
    period: periodSeconds,
  };
}
