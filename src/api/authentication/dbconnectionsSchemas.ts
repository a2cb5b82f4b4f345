import { type Static, type TSchema, Type } from 'typebox';

const text = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, description });

const asking = {
  client_id: text(128, 'The application that asks.'),
  connection: text(128, 'The database connection, such as `Username-Password-Authentication`.'),
  email: text(1000, 'The person’s e-mail address.'),
};

/** Members that are not named here are accepted and ignored, as Auth0 does: SDKs send more than they need. */
export const signUpBody = Type.Object({
  ...asking,
  password: Type.String({ maxLength: 4096, description: 'At least 8 characters.' }),
  given_name: Type.Optional(text(150, 'Given name.')),
  family_name: Type.Optional(text(150, 'Family name.')),
  name: Type.Optional(text(300, 'Full name.')),
  nickname: Type.Optional(text(300, 'Nickname.')),
  picture: Type.Optional(
    Type.String({ maxLength: 2048, pattern: '^https://[^\\s]+$', description: 'https URL of a picture.' }),
  ),
  user_metadata: Type.Optional(
    Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 500 }), {
      maxProperties: 10,
      description: 'Up to ten texts of up to 500 characters.',
    }),
  ),
});

export type SignUpBody = Static<typeof signUpBody>;

export const signUpAnswer = Type.Object(
  {
    _id: Type.String({ description: 'The user id without its `auth0|`.' }),
    email: Type.String(),
    email_verified: Type.Boolean(),
  },
  { description: 'The account exists now. A message tells the owner of an account that existed before.' },
);

export const changePasswordBody = Type.Object(asking);

export const changePasswordAnswer = Type.String({
  description: 'The same text for known and unknown addresses.',
});

/** Why a sign-up is refused, in the shape of Auth0's database connections. */
export const signUpError = Type.Object({
  name: Type.Optional(Type.String()),
  code: Type.Optional(Type.String()),
  message: Type.Optional(Type.String()),
  description: Type.Optional(Type.Unknown()),
  policy: Type.Optional(Type.String()),
  statusCode: Type.Optional(Type.Integer()),
  error: Type.Optional(Type.String()),
  error_description: Type.Optional(Type.String()),
});

export const oauthError = Type.Object({ error: Type.String(), error_description: Type.String() });

/** The refusals every route here has, beside its success. */
export function withRefusals(success: TSchema, refusal: TSchema) {
  return { 200: success, 400: refusal, 401: oauthError, 429: oauthError };
}
