import { Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import { readPossessionToken } from '../authorization.ts';
import { withoutSlash } from '../mounts.ts';
import { sendProblem } from '../problem.ts';
import { dateTime, errorResponses } from '../schemas.ts';
import { described } from '../tagged.ts';
import type { DeviceCalls } from './dependencies.ts';
import { sendDeviceRefusal } from './refusals.ts';

const response = Type.Object({
  id: Type.String(),
  requested_details: Type.Object({
    audience: Type.String({ description: 'The API that is asked for; empty where none is.' }),
    scope: Type.Array(Type.String()),
  }),
  created_at: dateTime('When it was asked.'),
  expires_at: dateTime('Until when it can be answered.'),
});

const unknownConsent = {
  status: 404,
  errorCode: 'consent_not_found',
  message: 'There is no such consent for this token.',
};

/** `GET /rich-consents/{id}`: what a request is for. Always at the root, where both SDKs look for it. */
export function registerRichConsent(app: App, { devices, publicUrl }: DeviceCalls): void {
  app.get(
    '/rich-consents/:id',
    {
      schema: described({
        summary: 'See what a request is for',
        description:
          'Authorization: `MFA-DPoP` with the request’s `transaction_token`, and the header `MFA-DPoP` with a JWT ' +
          'that the device signed (`typ` `dpop+jwt`, `jwk`, `htu`, `htm`, `ath`, `jti`, `iat`). Each counts once.',
        params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 128 }) }),
        response: { 200: response, ...errorResponses },
      }),
    },
    async (request, reply) => {
      const authorization = readPossessionToken(request);
      if ('problem' in authorization) return sendProblem(reply, authorization.problem);
      const jws = request.headers['mfa-dpop'];
      if (typeof jws !== 'string') return sendDeviceRefusal(reply, { code: 'invalid_possession' });
      const { id } = request.params;
      const consent = await devices.consent(
        id,
        {
          jws,
          method: request.method,
          urls: [`${withoutSlash(publicUrl)}/rich-consents/${id}`],
          requestToken: authorization.token,
        },
        request.context,
      );
      if (consent.outcome === 'refused') {
        if (consent.code === 'unknown_request') return sendProblem(reply, unknownConsent);
        return sendDeviceRefusal(reply, consent);
      }
      return reply.send({
        id: consent.consentId,
        requested_details: { audience: consent.audience, scope: [...consent.scope] },
        created_at: new Date(consent.createdAt).toISOString(),
        expires_at: new Date(consent.expiresAt).toISOString(),
      });
    },
  );
}
