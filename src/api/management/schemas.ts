import { Type } from 'typebox';

const problem = Type.Object({
  statusCode: Type.Integer(),
  error: Type.String({ description: 'The reason phrase of the status.' }),
  message: Type.String(),
  errorCode: Type.Optional(Type.String()),
});

/** Refusals that every call knows. */
export const errorResponses = {
  400: problem,
  401: problem,
  403: problem,
  404: problem,
  429: problem,
};
