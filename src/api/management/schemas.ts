import { type Static, type TSchema, Type } from 'typebox';

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

/** A member that may be null, which means the same as its absence in what is stored anew. */
export function nullable<Schema extends TSchema>(schema: Schema) {
  return Type.Optional(Type.Union([schema, Type.Null()]));
}

/** One of some words. */
export function oneOf<const Words extends readonly string[]>(words: Words, description?: string) {
  return Type.Unsafe<Words[number]>({
    type: 'string',
    enum: words,
    ...(description === undefined ? {} : { description }),
  });
}

/** A setting's schema without its default, with which an answer would be filled up. */
export function withoutDefault<Schema extends TSchema>(schema: Schema) {
  const { default: _, ...rest } = schema as Schema & { default?: unknown };
  return Type.Unsafe<Static<Schema>>(rest);
}
