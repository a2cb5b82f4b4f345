import { addressBudgetKey } from '../config/networkAddress.ts';

/** What limits count under that are one person's at one address: nobody elsewhere uses them up (S-19). */
export function personBudgetKey(userId: string, ip: string): string {
  return `${userId}:${addressBudgetKey(ip)}`;
}
