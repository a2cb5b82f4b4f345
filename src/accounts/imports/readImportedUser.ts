import { canonicalEmail } from '../../config/emailAddress.ts';
import type { Profile } from '../users.ts';
import { isArgon2Hash } from './argon2Hash.ts';
import type { ImportFault } from './importFault.ts';

/** A user as Auth0's import takes one, read. What the file left out is absent. */
export interface ImportedUser {
  /** With its prefix: `auth0|…`. */
  id?: string;
  /** Canonical form. */
  email: string;
  emailVerified?: boolean;
  blocked?: boolean;
  /** PHC string. */
  passwordHash?: string;
  profile: Profile;
  userMetadata?: Record<string, unknown>;
  appMetadata?: Record<string, unknown>;
  /** Yet to be read. */
  mfaFactors?: unknown;
  /** What can't be carried over, as sentences. */
  notices: string[];
}

export type ReadUser = { user: ImportedUser } | { faults: ImportFault[] };

type Member = Record<string, unknown>;
/** Why a value isn't taken: `expected …`. */
type Check = (value: unknown) => string | undefined;

const text =
  (most: number): Check =>
  (value) =>
    typeof value === 'string' && value.length > 0 && value.length <= most
      ? undefined
      : `expected a text of 1 to ${most} characters`;
const truth: Check = (value) => (typeof value === 'boolean' ? undefined : 'expected true or false');
const object: Check = (value) =>
  isObject(value) && JSON.stringify(value).length <= mostMetadata
    ? undefined
    : `expected an object of ${mostMetadata / 1024} KiB at the most`;
const address: Check = (value) =>
  typeof value === 'string' && canonicalEmail(value) !== undefined ? undefined : 'expected an e-mail address';
const ownId: Check = (value) =>
  typeof value === 'string' && /^(?:auth0\|)?[A-Za-z0-9._~+@-]{1,200}$/.test(value)
    ? undefined
    : 'expected the id of a database user, with or without auth0|';
const picture: Check = (value) =>
  typeof value === 'string' && value.length <= 2048 && URL.parse(value)?.protocol === 'https:'
    ? undefined
    : 'expected an https address';
const anything: Check = () => undefined;

const mostMetadata = 16 * 1024;

/** Members that are read. */
const checks: Readonly<Record<string, Check>> = {
  email: address,
  email_verified: truth,
  user_id: ownId,
  given_name: text(150),
  family_name: text(150),
  name: text(300),
  nickname: text(300),
  picture,
  blocked: truth,
  user_metadata: object,
  app_metadata: object,
  password_hash: text(500),
  custom_password_hash: object,
  mfa_factors: anything,
};

/** Members of imports and exports that this server has no place for. */
const dropped: ReadonlySet<string> = new Set([
  'username',
  'phone_number',
  'phone_verified',
  'created_at',
  'updated_at',
  'identities',
  'last_ip',
  'last_login',
  'last_password_reset',
  'logins_count',
  'multifactor',
  'multifactor_last_modified',
]);

/** Reads one user of an import file. */
export function readImportedUser(value: unknown): ReadUser {
  if (!isObject(value)) return { faults: [{ path: '', message: 'expected an object' }] };
  const faults = Object.entries(value).flatMap(([path, member]): ImportFault[] => {
    if (dropped.has(path)) return [];
    const check = Object.hasOwn(checks, path) ? checks[path] : undefined;
    const message = check ? check(member) : 'unknown';
    return message === undefined ? [] : [{ path, message }];
  });
  if (value.email === undefined) faults.push({ path: 'email', message: 'expected an e-mail address' });
  if (value.password_hash !== undefined && value.custom_password_hash !== undefined) {
    faults.push({ path: 'custom_password_hash', message: 'expected it without password_hash' });
  }
  return faults.length > 0 ? { faults } : { user: toUser(value) };
}

function toUser(value: Member): ImportedUser {
  const { user_id: id, email_verified: emailVerified, blocked } = value;
  const hash = hashIn(value);
  const passwordHash = hash !== undefined && isArgon2Hash(hash) ? hash : undefined;
  const unplaced = Object.keys(value).filter((name) => dropped.has(name));
  return {
    email: canonicalEmail(String(value.email)) ?? '',
    ...(id !== undefined && { id: `auth0|${String(id).replace(/^auth0\|/, '')}` }),
    ...(emailVerified !== undefined && { emailVerified: emailVerified === true }),
    ...(blocked !== undefined && { blocked: blocked === true }),
    ...(passwordHash !== undefined && { passwordHash }),
    profile: profileIn(value),
    ...(value.user_metadata !== undefined && { userMetadata: value.user_metadata as Member }),
    ...(value.app_metadata !== undefined && { appMetadata: value.app_metadata as Member }),
    ...(value.mfa_factors !== undefined && { mfaFactors: value.mfa_factors }),
    notices: [
      ...(hasPassword(value) && passwordHash === undefined
        ? ['The password is not carried over: it is no argon2 hash.']
        : []),
      ...(unplaced.length > 0 ? [`Not carried over: ${unplaced.join(', ')}.`] : []),
    ],
  };
}

function profileIn(value: Member): Profile {
  const members = {
    name: value.name,
    nickname: value.nickname,
    givenName: value.given_name,
    familyName: value.family_name,
    picture: value.picture,
  };
  return Object.fromEntries(Object.entries(members).filter(([, member]) => member !== undefined)) as Profile;
}

function hasPassword(value: Member): boolean {
  return value.password_hash !== undefined || value.custom_password_hash !== undefined;
}

/** The text that may be a hash, in either of the two forms. */
function hashIn({ password_hash: plain, custom_password_hash: custom }: Member): string | undefined {
  if (typeof plain === 'string') return plain;
  const { algorithm, hash } = isObject(custom) ? custom : {};
  const { value, encoding = 'utf8' } = isObject(hash) ? hash : {};
  return algorithm === 'argon2' && encoding === 'utf8' && typeof value === 'string' ? value : undefined;
}

function isObject(value: unknown): value is Member {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
