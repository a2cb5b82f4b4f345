import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../config/clock.ts';
import { type DevelopmentCertificate, developmentCertificate } from './developmentCertificate.ts';
import { type CertifiedKey, generateAuthority, generateLocalCertificate } from './generateCertificate.ts';

const day = 24 * 60 * 60 * 1000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-tls-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Connects as a client that trusts the authority; resolves to why it refused, or undefined. */
async function handshake(served: CertifiedKey, ca: string, name: string): Promise<string | undefined> {
  const server = createServer(served).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', servername: name, ca });
      socket.once('secureConnect', () => resolve(undefined)).once('error', (error) => resolve(error.message));
      socket.once('secureConnect', () => socket.destroy());
    });
  } finally {
    server.close();
  }
}

function authorityOf({ authorityFile }: DevelopmentCertificate): string {
  return readFileSync(authorityFile, 'utf8');
}

describe('developmentCertificate', () => {
  it('is accepted for localhost by who trusts the authority, and by nobody else', async () => {
    const made = await developmentCertificate(folder, systemClock);
    expect(await handshake(made, authorityOf(made), 'localhost')).toBeUndefined();
    const other = await generateAuthority(systemClock());
    expect(await handshake(made, other.cert, 'localhost')).toMatch(/unable to verify|self-signed|signature/);
    const { subjectAltName } = new X509Certificate(made.cert);
    expect(subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  });

  it('is made once', async () => {
    const first = await developmentCertificate(folder, systemClock);
    expect(await developmentCertificate(folder, systemClock)).toEqual(first);
  });

  it('keeps its keys to the owner', async () => {
    await developmentCertificate(folder, systemClock);
    for (const name of ['authority.key.pem', 'localhost.key.pem']) {
      expect(statSync(join(folder, 'tls', name)).mode & 0o777).toBe(0o600);
    }
  });

  it('is renewed in its last thirty days, by the same authority', async () => {
    const first = await developmentCertificate(folder, systemClock);
    const authority = authorityOf(first);
    const early = await developmentCertificate(folder, () => systemClock() + 330 * day);
    expect(early.cert).toBe(first.cert);
    const renewed = await developmentCertificate(folder, () => systemClock() + 340 * day);
    expect(renewed.cert).not.toBe(first.cert);
    expect(authorityOf(renewed)).toBe(authority);
  });

  it('is made anew when files are broken or belong to something else', async () => {
    const first = await developmentCertificate(folder, systemClock);
    writeFileSync(join(folder, 'tls', 'localhost.pem'), 'broken');
    const second = await developmentCertificate(folder, systemClock);
    expect(second.cert).not.toBe(first.cert);
    rmSync(first.authorityFile);
    const third = await developmentCertificate(folder, systemClock);
    expect(await handshake(third, authorityOf(third), 'localhost')).toBeUndefined();
  });
});

describe('the authority', () => {
  it('can vouch for no other site, whoever holds its key', async () => {
    const authority = await generateAuthority(systemClock());
    const forged = await generateLocalCertificate(authority, 'bank.example', systemClock());
    expect(await handshake(forged, authority.cert, 'bank.example')).toMatch(/permitted subtree violation/);
  });
});
