import type { PushMessage } from '../../src/delivery/push/pushMessage.ts';
import { midday } from './delivery.ts';

/** A request as providers get it, alive for two minutes from midday. */
export function pushTo<Target>(
  target: Target,
  changes: Partial<PushMessage<Target>> = {},
): PushMessage<Target> {
  return {
    id: 'msg_1',
    createdAt: midday,
    target,
    deviceId: 'dev_0123456789abcdef',
    requestToken: 'request-token-canary',
    challenge: 'challenge-canary',
    consentId: 'cns_0123456789abcdef',
    source: { browser: 'Firefox', system: 'Linux' },
    place: 'Lisbon, Portugal',
    startedAt: midday,
    expiresAt: midday + 120_000,
    serverUrl: 'https://login.example.com',
    title: 'Acme',
    body: 'Are you logging in?',
    ...changes,
  };
}
