import { addressBudgetKey } from '../config/networkAddress.ts';
import type { Vault } from '../crypto/vault.ts';

/**
 * How an account remembers from where its person last proved all that was asked for, second factors included:
 * a keyed hash of what limits count that address under (S-22). Who has only the password never gets there, so
 * that limits may leave something to it which nobody can use up from elsewhere (S-19).
 */
export function provedAddress(vault: Vault, userId: string, ip: string): string {
  return vault.hash(`${userId} ${addressBudgetKey(ip)}`, 'proved-address');
}
