import { type TObject, type TProperties, Type } from 'typebox';

/** The part of the OpenAPI document that has these calls. */
export const tags = ['My Account API'];

/** A body, or a part of one, in which nothing else may stand (S-90). */
export function closed<Properties extends TProperties>(properties: Properties): TObject<Properties> {
  return Type.Object(properties, { additionalProperties: false });
}

const problem = Type.Object(
  {
    type: Type.String({ description: 'A URI that tells its kind.' }),
    status: Type.Integer(),
    title: Type.String(),
    detail: Type.String({ description: 'What was wrong and what to do.' }),
    validation_errors: Type.Optional(
      Type.Array(
        Type.Object({
          detail: Type.String(),
          field: Type.Optional(Type.String()),
          pointer: Type.Optional(Type.String()),
        }),
      ),
    ),
  },
  { description: 'RFC 7807.' },
);

/** The error answers every call of this API may give. */
export const errorResponses = {
  400: problem,
  401: problem,
  403: problem,
  404: problem,
  409: problem,
  429: problem,
};

/** The last part of a method's address. */
export const methodParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) });
