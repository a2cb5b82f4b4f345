import { Type } from 'typebox';
import { browserName } from '../../delivery/templates/browserName.ts';
import type { Factor } from '../../mfa/factor.ts';
import type { MethodView } from '../../mfa/methodViews.ts';
import { publicIdOf, typeOf } from './methodTypes.ts';

/** An authentication method as this API tells it. Members beyond Auth0's are named in docs/guides/my-account-api.md. */
export const methodObject = Type.Object(
  {
    id: Type.String(),
    type: Type.String(),
    created_at: Type.String({ format: 'date-time' }),
    usage: Type.Array(Type.String(), {
      description: '`primary` where one can sign in by it alone, `secondary`.',
    }),
    confirmed: Type.Optional(Type.Boolean()),
    name: Type.Optional(Type.String({ description: 'What its person calls it, else what it calls itself.' })),
    last_auth_at: Type.Optional(Type.String({ format: 'date-time' })),
    last_used: Type.Optional(
      Type.Object({
        ip: Type.String(),
        user_agent: Type.String(),
        browser: Type.Optional(Type.String()),
        system: Type.Optional(Type.String()),
      }),
    ),
    restricted: Type.Optional(
      Type.Literal(true, { description: 'NIST SP 800-63B calls it restricted: a stronger one is better.' }),
    ),
    implicit: Type.Optional(
      Type.Literal(true, { description: 'Part of the account: it can’t be named or removed.' }),
    ),
    remaining: Type.Optional(Type.Integer({ description: 'Codes that are left, where there are several.' })),
    unreachable: Type.Optional(Type.String({ description: 'Why the device isn’t woken any more.' })),
    expires_at: Type.Optional(Type.String({ format: 'date-time' })),
    phone_number: Type.Optional(Type.String({ description: 'E.164, not masked.' })),
    preferred_authentication_method: Type.Optional(Type.String({ description: '`sms` or `voice`.' })),
    email: Type.Optional(Type.String({ description: 'Not masked.' })),
    key_id: Type.Optional(Type.String()),
    public_key: Type.Optional(Type.String({ description: 'The COSE key, base64url.' })),
    credential_device_type: Type.Optional(Type.String()),
    credential_backed_up: Type.Optional(Type.Boolean()),
    user_handle: Type.Optional(Type.String()),
    transports: Type.Optional(Type.Array(Type.String())),
    aaguid: Type.Optional(Type.String()),
    relying_party_id: Type.Optional(Type.String()),
    identity_user_id: Type.Optional(Type.String()),
    last_password_reset: Type.Optional(Type.String({ format: 'date-time' })),
  },
  { additionalProperties: false },
);

/** Where the contract has the address of a method in full. */
const addressMembers: Readonly<Record<string, 'phone_number' | 'email'>> = {
  phone: 'phone_number',
  email: 'email',
};

/** What a method is told by; `signsInAlone` where a tenant lets people sign in by its factor alone. */
export function describeMethod(
  factor: Factor,
  method: MethodView,
  { userId, signsInAlone }: { userId: string; signsInAlone: boolean },
) {
  const { lastUsedAt, lastUse, remaining, unreachable, expiresAt, isImplicit } = method;
  const isPrimary = signsInAlone && factor.firstFactor !== undefined;
  return {
    id: publicIdOf(factor, method.id),
    type: typeOf(factor),
    created_at: iso(method.createdAt),
    usage: isPrimary ? ['primary', 'secondary'] : ['secondary'],
    confirmed: method.isConfirmed,
    ...nameOf(method),
    ...(lastUsedAt === undefined ? {} : { last_auth_at: iso(lastUsedAt) }),
    ...(lastUse
      ? { last_used: { ip: lastUse.ip, user_agent: lastUse.userAgent, ...browserName(lastUse.userAgent) } }
      : {}),
    ...(factor.assurance.isRestricted ? { restricted: true as const } : {}),
    ...(isImplicit ? { implicit: true as const } : {}),
    ...(remaining === undefined ? {} : { remaining }),
    ...(unreachable === undefined ? {} : { unreachable }),
    ...(expiresAt === undefined ? {} : { expires_at: iso(expiresAt) }),
    ...addressOf(factor, method),
    ...credentialOf(method, userId),
  };
}

/** A masked address is no name: the address stands there in full. */
function nameOf({ name, label, address }: MethodView): { name?: string } {
  const told = address === undefined ? name : label;
  return told === undefined ? {} : { name: told };
}

function addressOf(factor: Factor, { address, preferredChannel, channels }: MethodView) {
  const member = addressMembers[typeOf(factor)];
  const channel = preferredChannel !== undefined && channels?.includes(preferredChannel);
  const preferred = channel ? preferredChannel : channels?.[0];
  return {
    ...(member && address !== undefined ? { [member]: address } : {}),
    ...(factor.preferChannel && preferred !== undefined
      ? { preferred_authentication_method: preferred }
      : {}),
  };
}

function credentialOf({ credential }: MethodView, userId: string) {
  if (!credential) return {};
  const { aaguid } = credential;
  return {
    key_id: credential.id,
    public_key: credential.publicKey,
    credential_device_type: credential.isSynced ? 'multi_device' : 'single_device',
    credential_backed_up: credential.isBackedUp,
    user_handle: credential.userHandle,
    transports: [...credential.transports],
    relying_party_id: credential.relyingPartyId,
    identity_user_id: userId,
    ...(aaguid === undefined ? {} : { aaguid }),
  };
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}
