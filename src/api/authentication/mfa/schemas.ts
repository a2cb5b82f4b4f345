import { Type } from 'typebox';

const error = Type.Object({
  error: Type.String({ description: 'A stable code.' }),
  error_description: Type.String({ description: 'What was wrong and what to do.' }),
});

/** The error answers every call of the MFA API may give. */
export const errorResponses = { 400: error, 401: error, 403: error, 404: error, 429: error };
