import { generateKeyPairSync } from 'node:crypto';
import type { AllTools, VapidIdentity } from '../../src/delivery/providers/provider.ts';
import { createOutboundClient, type OutboundOptions } from '../../src/outbound/createOutboundClient.ts';
import { connectionKeeper } from '../../src/outbound/keptConnection.ts';

/** Keys for web push that nothing else knows. */
export function makeVapidIdentity(subject = 'mailto:help@acme.example'): VapidIdentity {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = privateKey.export({ format: 'jwk' });
  const point = [Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  return { publicKey: Buffer.concat(point).toString('base64url'), privateKey, subject };
}

/**
 * What providers are given in a test.
 *
 * @param options.allow what they may reach beyond the public Internet: origins of simulators.
 */
export function providerTools({
  clock,
  ...outbound
}: OutboundOptions & { clock: () => number }): Omit<AllTools, 'callbackUrl' | 'concurrency'> {
  const http = createOutboundClient(outbound);
  const identity = makeVapidIdentity();
  return {
    clock,
    http,
    deviceHttp: http,
    keepConnection: connectionKeeper(outbound),
    identify: async () => identity,
  };
}
