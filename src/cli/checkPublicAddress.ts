import { readFile } from 'node:fs/promises';
import { get as getByHttp, type IncomingMessage } from 'node:http';
import { get as getByHttps } from 'node:https';
import { json } from 'node:stream/consumers';
import { getCACertificates } from 'node:tls';
import type { Settings } from '../config/settings.ts';
import { authorityFileIn } from '../tls/developmentCertificate.ts';
import { describeFailure } from './describeFailure.ts';
import type { Finding } from './finding.ts';

const timeoutMs = 5_000;

/** Whether the server answers at its public address, and as the issuer that it should be. */
export async function checkPublicAddress(settings: Settings): Promise<Finding> {
  const { publicUrl } = settings;
  const name = 'public address';
  let issuer: unknown;
  try {
    issuer = await readIssuer(publicUrl, await extraAuthorities(settings));
  } catch (error) {
    return {
      name,
      status: 'warning',
      message: `${publicUrl} gave no answer from here: ${describeFailure(error).message}`,
      advice: 'Start the server, and check name, certificate and proxy.',
    };
  }
  if (issuer === publicUrl) return { name, status: 'ok', message: `${publicUrl} answers` };
  return {
    name,
    status: 'failed',
    message: `${publicUrl} answers as ${JSON.stringify(issuer)}`,
    advice: 'Give publicUrl the address that the server runs with.',
  };
}

/** In development the authority that `serve --https` made; others don't trust it, nor do we. */
async function extraAuthorities({ dev, data }: Settings): Promise<string[]> {
  if (!dev) return [];
  const authority = await readFile(authorityFileIn(data), 'utf8').catch(() => undefined);
  return authority === undefined ? [] : [authority];
}

async function readIssuer(publicUrl: string, authorities: string[]): Promise<unknown> {
  const url = `${publicUrl}.well-known/openid-configuration`;
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = url.startsWith('https:')
      ? getByHttps(url, { signal, ca: [...getCACertificates('default'), ...authorities] }, resolve)
      : getByHttp(url, { signal }, resolve);
    request.on('error', reject);
  });
  if (response.statusCode !== 200) {
    response.destroy();
    throw new Error(`the status is ${response.statusCode}`);
  }
  const { issuer } = (await json(response)) as { issuer?: unknown };
  return issuer;
}
