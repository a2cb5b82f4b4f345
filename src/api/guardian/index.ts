import type { Clock } from '../../config/clock.ts';
import { KeyRing } from '../../crypto/keyRing.ts';
import type { Vault } from '../../crypto/vault.ts';
import type { Db } from '../../database/database.ts';
import type { App } from '../../http/createApp.ts';
import type { MfaEngine } from '../../mfa/engine.ts';
import { registerDeviceCalls } from './devices/registerDeviceCalls.ts';
import { registerFlowCalls } from './flow/registerFlowCalls.ts';
import { FlowTokens } from './flow/tokens.ts';
import { Waiters } from './waiters.ts';

/** What the Guardian API is built from. */
export interface GuardianDependencies {
  engine: MfaEngine;
  db: Db;
  vault: Vault;
  clock: Clock;
  /** Public origin with a trailing slash. */
  publicUrl: string;
  /** RFC 8292 public key, base64url of the uncompressed point. */
  vapidPublicKey(): Promise<string>;
}

/**
 * The Guardian API: what devices call, and what a page with auth0-guardian-js calls. It knows no cookies;
 * every call brings a token of its own.
 */
export async function registerGuardianApi(app: App, dependencies: GuardianDependencies): Promise<void> {
  const { engine, db, vault, clock, publicUrl, vapidPublicKey } = dependencies;
  const { devices } = engine;
  await registerDeviceCalls(app, { devices, clock, publicUrl, vapidPublicKey, waiters: new Waiters() });
  const tokens = new FlowTokens({ keys: new KeyRing(db, vault, clock), clock, issuer: publicUrl });
  await registerFlowCalls(app, { engine, tokens, db, clock, publicUrl });
}
