import { findUserById, recordLogin } from '../../src/accounts/users.ts';
import { openVault } from '../../src/crypto/vault.ts';
import { type DatabaseTarget, openDatabase } from '../../src/database/database.ts';
import { factors } from '../../src/factors/factors.ts';
import { MfaEngine } from '../../src/mfa/engine.ts';
import { createRegistry } from '../../src/mfa/registry.ts';

/** One guess: `at` is what the clock of this process shows meanwhile. */
export interface Guess {
  mfaToken: string;
  factor: string;
  proof: string;
  at: number;
}

/** A process of its own that hands in proofs: what a second node does to the same database. */
const [, , target, masterKey] = process.argv;
let now = 0;
const clock = () => now;
const database = await openDatabase(JSON.parse(target as string) as DatabaseTarget);
const vault = await openVault(database, Buffer.from(masterKey as string, 'base64'), clock);
const engine = new MfaEngine({
  database,
  vault,
  clock,
  registry: createRegistry(factors),
  findUser: findUserById,
  recordLogin: (trx, userId) => recordLogin(trx, clock, userId),
  notify: async () => {},
});

process.on('message', async ({ mfaToken, factor, proof, at }: Guess) => {
  now = at;
  const redeemed = await engine.redeem(
    {
      mfaToken,
      clientId: 'client',
      submission: { factor, proof },
      events: { succeeded: 'seotpft', failed: 'feotpft' },
    },
    { ip: '192.0.2.7', userAgent: 'race' },
  );
  process.send?.(redeemed.outcome === 'refused' ? redeemed.code : redeemed.outcome);
});
process.send?.('ready');
