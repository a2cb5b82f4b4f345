import { Type } from 'typebox';

const error = Type.Object(
  {
    statusCode: Type.Integer({ description: 'The HTTP status again.' }),
    error: Type.String({ description: 'Its name: `Not Found`.' }),
    message: Type.String({ description: 'What was wrong and what to do.' }),
    errorCode: Type.String({ description: 'A stable code: `enrollment_not_found`.' }),
    description: Type.String({ description: 'The message again.' }),
  },
  { description: 'Refused.' },
);

/** The refusals every call may give. */
export const errorResponses = { 400: error, 401: error, 403: error, 404: error, 429: error };

/** Beside those: something else is enrolled already. */
export const conflictResponse = { 409: error };

/** Beside those: the device is asked no more. */
export const goneResponse = { 410: error };

/** Answer without a body. */
export const nothing = Type.Null({ description: 'Done.' });

/** Calls without parameters come without a body; an empty object says the same. */
export const noBody = Type.Union([Type.Null(), Type.Object({}, { additionalProperties: true })]);

export const pushCredentials = Type.Object(
  {
    service: Type.String({
      minLength: 1,
      maxLength: 20,
      description: '`APNS`, `GCM` (Firebase) or `WEBPUSH`, in any case.',
    }),
    token: Type.String({
      minLength: 1,
      maxLength: 4096,
      description: 'As the service gave it; for `WEBPUSH` the JSON text of the subscription.',
    }),
  },
  { description: 'Where to wake the device.' },
);

export const dateTime = (description: string) => Type.String({ description: `${description} ISO 8601.` });
