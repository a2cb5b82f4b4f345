import type Provider from 'oidc-provider';
import type { Proof } from '../mfa/transaction.ts';

/** A grant of oidc-provider's that also remembers by which proofs its user signed in. */
export type ProvedGrant = InstanceType<Provider['Grant']> & { proofs?: Proof[] };

/**
 * Makes grants keep `proofs`. A grant here stands for one sign-in to one application, and every refresh
 * token of that sign-in names it, however often it is rotated: so a refresh is judged by what was proved
 * for it, not by what the browser's session learnt later (S-31).
 */
export function rememberProofsInGrants(provider: Provider): void {
  const members = [...provider.Grant.IN_PAYLOAD, 'proofs'];
  Object.defineProperty(provider.Grant, 'IN_PAYLOAD', { value: members });
}
