import { type Static, Type } from 'typebox';
import { closed } from './schemas.ts';

const phoneNumber = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'In E.164 form: `+12025550123`.',
});
/** Who is meant, for people with several accounts; here there is one. */
const identity = {
  connection: Type.Optional(Type.String({ maxLength: 128 })),
  identity_user_id: Type.Optional(Type.String({ maxLength: 128 })),
};

/** What an enrolment begins with, by type. */
export const startBody = Type.Union([
  closed({ type: Type.Literal('totp') }),
  closed({ type: Type.Literal('push-notification') }),
  closed({ type: Type.Literal('recovery-code') }),
  closed({ type: Type.Literal('webauthn-platform') }),
  closed({ type: Type.Literal('webauthn-roaming') }),
  closed({
    type: Type.Literal('phone'),
    phone_number: phoneNumber,
    preferred_authentication_method: Type.Optional(Type.Union([Type.Literal('sms'), Type.Literal('voice')])),
  }),
  closed({ type: Type.Literal('email'), email: Type.String({ minLength: 1, maxLength: 320 }) }),
  closed({ type: Type.Literal('passkey'), ...identity }),
  closed({ type: Type.Literal('password'), ...identity }),
]);

export type StartBody = Static<typeof startBody>;

const base64url = (maxLength: number) => Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength });

/** What `navigator.credentials.create()` answered, in the JSON form of WebAuthn Level 3. */
const authnResponse = closed({
  id: base64url(1364),
  rawId: base64url(1364),
  type: Type.Literal('public-key'),
  authenticatorAttachment: Type.Optional(Type.Union([Type.String({ maxLength: 32 }), Type.Null()])),
  clientExtensionResults: Type.Optional(Type.Object({}, { additionalProperties: true })),
  response: closed({
    attestationObject: base64url(60_000),
    clientDataJSON: base64url(4000),
    transports: Type.Optional(Type.Array(Type.String({ maxLength: 32 }), { maxItems: 16 })),
    // Copies that browsers add; nobody believes them.
    authenticatorData: Type.Optional(base64url(60_000)),
    publicKey: Type.Optional(Type.Union([base64url(4000), Type.Null()])),
    publicKeyAlgorithm: Type.Optional(Type.Integer()),
  }),
});

const authSession = Type.String({
  minLength: 1,
  maxLength: 128,
  description: 'As the answer that began it had it.',
});

/** What confirms an enrolment; which member it takes depends on the type. */
export const verifyBody = closed({
  auth_session: authSession,
  otp_code: Type.Optional(Type.String({ pattern: '^[0-9]{6,8}$' })),
  authn_response: Type.Optional(authnResponse),
  new_password: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
  end_sessions: Type.Optional(
    Type.Boolean({ description: 'With `new_password`: signs you out everywhere. Of this server alone.' }),
  ),
});

export type VerifyBody = Static<typeof verifyBody>;

type ProofMember = 'otp_code' | 'authn_response' | 'new_password';

const proofMembers: Readonly<Record<string, ProofMember>> = {
  totp: 'otp_code',
  phone: 'otp_code',
  email: 'otp_code',
  passkey: 'authn_response',
  'webauthn-platform': 'authn_response',
  'webauthn-roaming': 'authn_response',
  password: 'new_password',
};

/** The proof that confirms a method of this type; undefined where nothing is handed in. Other members are faults. */
export function readProof(type: string, body: VerifyBody): { proof: unknown } | { fault: string } {
  const wanted = proofMembers[type];
  const given = Object.keys(body).filter(
    (name) => name !== 'auth_session' && !(name === 'end_sessions' && type === 'password'),
  );
  const other = given.find((name) => name !== wanted);
  if (other !== undefined) return { fault: other };
  if (wanted === undefined) return { proof: undefined };
  return body[wanted] === undefined ? { fault: wanted } : { proof: body[wanted] };
}
