import { EventEmitter } from 'node:events';
import { findUserById, noteProvedAddress, recordLogin, vouchForPassword } from './accounts/users.ts';
import { codeSender } from './codeSender.ts';
import { type Clock, systemClock } from './config/clock.ts';
import { databaseTarget, type Settings } from './config/settings.ts';
import { loadMasterKey } from './crypto/masterKey.ts';
import { ensureSigningKeys } from './crypto/signingKeys.ts';
import { openVault, type Vault } from './crypto/vault.ts';
import { type Database, openDatabase } from './database/database.ts';
import { migrate } from './database/migrate.ts';
import { enqueueEmail } from './delivery/messages.ts';
import { factors } from './factors/factors.ts';
import { MfaEngine } from './mfa/engine.ts';
import { createRegistry } from './mfa/registry.ts';
import { createOutboundClient } from './outbound/createOutboundClient.ts';
import { pushSender } from './pushSender.ts';
import { securityNotices } from './securityNotices.ts';

/** The parts that the server and the command line share: storage, keys and the engine. */
export interface House {
  settings: Settings;
  clock: Clock;
  database: Database;
  vault: Vault;
  engine: MfaEngine;
  /** Called after a commit that queued a message to be sent at once. */
  onQueued(listener: () => void): void;
  close(): Promise<void>;
}

/**
 * Opens everything below the surfaces. A fresh data folder or database is initialised on the way:
 * schema, data keys, signing keys.
 *
 * @throws NewerDatabaseError, MasterKeyError, WrongMasterKeyError, or the database's own error.
 */
export async function openHouse(settings: Settings, clock: Clock = systemClock): Promise<House> {
  const masterKey = await loadMasterKey({
    ...(settings.masterKey === undefined ? {} : { value: settings.masterKey }),
    ...(settings.masterKeyCommand ? { command: settings.masterKeyCommand } : {}),
    file: settings.masterKeyFile,
  });
  const database = await openDatabase(databaseTarget(settings));
  try {
    await migrate(database, clock);
    const vault = await openVault(database, masterKey, clock);
    await ensureSigningKeys(database, vault, clock);
    const queued = new EventEmitter();
    const outbound = { allow: settings.outboundAllow, isDevelopment: settings.dev };
    const engine = new MfaEngine({
      database,
      vault,
      clock,
      registry: createRegistry(factors),
      origin: new URL(settings.publicUrl).origin,
      findUser: findUserById,
      recordLogin: (trx, userId) => recordLogin(trx, clock, userId),
      notify: securityNotices(clock, (trx, email) => enqueueEmail(trx, vault, clock, email)),
      sendCode: codeSender(vault, clock),
      sendPush: pushSender(vault, clock),
      vouchForPassword,
      noteProvedAddress,
      afterSending: () => queued.emit('queued'),
      connect: (authorities) => createOutboundClient({ ...outbound, authorities }),
    });
    const onQueued = (listener: () => void) => void queued.on('queued', listener);
    return { settings, clock, database, vault, engine, onQueued, close: () => database.close() };
  } catch (error) {
    await database.close();
    throw error;
  }
}
