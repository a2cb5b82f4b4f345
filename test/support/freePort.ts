import { findFreePort as findPort } from '../../src/http/freePort.ts';

/** A loopback port nobody listens on now. Prefer port 0 where a server can tell which one it got. */
export function findFreePort(): Promise<number> {
  return findPort('127.0.0.1');
}
