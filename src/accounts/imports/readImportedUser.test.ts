import { describe, expect, it } from 'vitest';
import { isArgon2Hash } from './argon2Hash.ts';
import { readImportedUser } from './readImportedUser.ts';

const hash =
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g';

function faultsOf(value: unknown): string[] {
  const read = readImportedUser(value);
  return 'faults' in read ? read.faults.map(({ path }) => path) : [];
}

function userOf(value: unknown) {
  const read = readImportedUser(value);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  return read.user;
}

describe('a user to import', () => {
  it('is read with all that there is a place for', () => {
    const mfaFactors = [{ totp: { secret: 'JBSWY3DPEHPK3PXP' } }];
    const user = userOf({
      ...{ email: ' Ann@Example.COM ', email_verified: true, user_id: '0123', blocked: false },
      ...{ given_name: 'Ann', family_name: 'Lee', name: 'Ann Lee', nickname: 'ann' },
      ...{ picture: 'https://example.com/ann.png', user_metadata: { a: 1 }, app_metadata: { b: 2 } },
      ...{ password_hash: hash, mfa_factors: mfaFactors },
    });
    expect(user).toEqual({
      ...{ email: 'ann@example.com', emailVerified: true, id: 'auth0|0123', blocked: false },
      profile: {
        ...{ givenName: 'Ann', familyName: 'Lee', name: 'Ann Lee', nickname: 'ann' },
        picture: 'https://example.com/ann.png',
      },
      ...{ userMetadata: { a: 1 }, appMetadata: { b: 2 }, passwordHash: hash, mfaFactors, notices: [] },
    });
  });

  it('may have the prefix of its id already', () => {
    expect(userOf({ email: 'ann@example.com', user_id: 'auth0|0123' }).id).toBe('auth0|0123');
  });

  it.each([
    [{ password_hash: '$2b$10$nOUIs5kJ7naTuTFkBy1veuK0kSxUFXfuaOKdOKf9xYT0KKIGSJwFa' }],
    [{ custom_password_hash: { algorithm: 'md5', hash: { value: '00', encoding: 'hex' } } }],
    [{ custom_password_hash: { algorithm: 'argon2', hash: { value: hash, encoding: 'hex' } } }],
  ])('leaves the password behind where it can’t be checked: %j', (member) => {
    const user = userOf({ email: 'ann@example.com', ...member });
    expect(user.passwordHash).toBeUndefined();
    expect(user.notices).toEqual([expect.stringContaining('password is not carried over')]);
  });

  it('takes argon2 in the other form as well', () => {
    const custom_password_hash = { algorithm: 'argon2', hash: { value: hash, encoding: 'utf8' } };
    expect(userOf({ email: 'ann@example.com', custom_password_hash }).passwordHash).toBe(hash);
  });

  it('says what there is no place for', () => {
    const user = userOf({ email: 'ann@example.com', username: 'ann', logins_count: 3 });
    expect(user.notices).toEqual(['Not carried over: username, logins_count.']);
  });

  it.each([
    [{}, ['email']],
    [{ email: 'ann' }, ['email']],
    [{ email: 'ann@example.com', email_verified: 'yes' }, ['email_verified']],
    [{ email: 'ann@example.com', user_id: 'google-oauth2|1' }, ['user_id']],
    [{ email: 'ann@example.com', user_id: '' }, ['user_id']],
    [{ email: 'ann@example.com', name: '' }, ['name']],
    [{ email: 'ann@example.com', name: 'x'.repeat(301) }, ['name']],
    [{ email: 'ann@example.com', picture: 'javascript:alert(1)' }, ['picture']],
    [{ email: 'ann@example.com', user_metadata: [] }, ['user_metadata']],
    [{ email: 'ann@example.com', app_metadata: { a: 'x'.repeat(20_000) } }, ['app_metadata']],
    [{ email: 'ann@example.com', isAdmin: true }, ['isAdmin']],
    [{ email: 'ann@example.com', constructor: 1 }, ['constructor']],
    [JSON.parse('{"email":"ann@example.com","__proto__":{"blocked":false}}'), ['__proto__']],
    [{ email: 'ann@example.com', password_hash: hash, custom_password_hash: {} }, ['custom_password_hash']],
  ])('S-89 S-90 names each fault of %.60j', (value, paths) => {
    expect(faultsOf(value)).toEqual(paths);
  });

  it.each([undefined, null, 'text', 1, [], [{}]])('S-89 is an object: %j', (value) => {
    expect(faultsOf(value)).toEqual(['']);
  });
});

describe('an argon2 hash', () => {
  it.each([hash, hash.replace('argon2id', 'argon2i'), hash.replace('m=19456,t=2', 'm=262144,t=10')])(
    'can be checked: %.40s',
    (text) => expect(isArgon2Hash(text)).toBe(true),
  );

  it.each([
    hash.replace('m=19456', 'm=262145'),
    hash.replace('m=19456', 'm=99999999'),
    hash.replace('m=19456', 'm=1'),
    hash.replace('t=2', 't=11'),
    hash.replace('t=2', 't=0'),
    hash.replace('p=1', 'p=9'),
    hash.replace('p=1', 'p=0'),
    hash.replace('v=19', 'v=16'),
    `${hash}$`,
    '',
  ])('costs what a server can bear: %.40s', (text) => expect(isArgon2Hash(text)).toBe(false));
});
