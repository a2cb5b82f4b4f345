import { hash, verify } from '@node-rs/argon2';

/** The library declares its enum for compilers only, so the member is spelled out. */
const argon2id = 2;

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const parameters = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Nobody's password, with the parameters above: verified against when there is no account. */
let nobody: Promise<string> | undefined;

/** Hashes a password with argon2id into the PHC string format. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, parameters);
}

/**
 * Whether `password` matches. Without a hash it does the same work against nobody's and says no, so
 * that an unknown account costs what a known one does (S-82).
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword('no password hashes to this account');
  const matches = await verify(passwordHash ?? (await nobody), password);
  return passwordHash !== null && matches;
}
