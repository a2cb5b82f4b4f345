import { Type } from 'typebox';
import { browserName } from '../../../delivery/templates/browserName.ts';
import { plainName } from '../../../delivery/templates/plainName.ts';
import type { DeviceRequest } from '../../../mfa/devices/deviceDesk.ts';
import { dateTime } from '../schemas.ts';

/** A request as its device may show it. */
export const requestView = Type.Object({
  transaction_token: Type.String({ description: 'Bearer by which it is answered.' }),
  challenge: Type.String({ description: 'Text that the answer repeats.' }),
  consent_id: Type.String(),
  application: Type.String({ description: 'Name of the application.' }),
  ip: Type.String({ description: 'Address of whoever asks.' }),
  browser: Type.Object({ name: Type.Optional(Type.String()), os: Type.Optional(Type.String()) }),
  created_at: dateTime('When it was asked.'),
  expires_at: dateTime('Until when it can be answered.'),
  number_choices: Type.Optional(
    Type.Array(Type.String(), { description: 'The number on the login page is among these.' }),
  ),
  number_length: Type.Optional(Type.Integer({ description: 'Digits of the number.' })),
});

/** That request, or that there is none. */
export const requestAnswer = Type.Object({ request: Type.Union([requestView, Type.Null()]) });

/** In the words of the wire. Names that clients chose are cut to plain ones (S-53). */
export function viewRequest(request: DeviceRequest | undefined) {
  if (!request) return { request: null };
  const { browser, system } = browserName(request.userAgent);
  return {
    request: {
      transaction_token: request.requestToken,
      challenge: request.challenge,
      consent_id: request.consentId,
      application: plainName(request.application),
      ip: request.ip,
      browser: {
        ...(browser === undefined ? {} : { name: browser }),
        ...(system === undefined ? {} : { os: system }),
      },
      created_at: new Date(request.createdAt).toISOString(),
      expires_at: new Date(request.expiresAt).toISOString(),
      ...(request.numberChoices ? { number_choices: [...request.numberChoices] } : {}),
      ...(request.numberLength === undefined ? {} : { number_length: request.numberLength }),
    },
  };
}
