import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { registerApiDocs } from '../../http/apiDocs.ts';
import { type App, createApp } from '../../http/createApp.ts';
import { registerGuardianApi } from './index.ts';

const publicUrl = 'https://login.example.com/';

interface Operation {
  tags: string[];
  summary: string;
  description: string;
  responses: Record<string, unknown>;
}

let app: App;
let paths: Record<string, Record<string, Operation>>;

beforeAll(async () => {
  app = createApp({
    publicUrl,
    trustedProxies: [],
    isDevelopment: false,
    logger: pino({ level: 'silent' }),
  });
  registerApiDocs(app, publicUrl, {});
  await registerGuardianApi(app, {
    ...{ engine: { devices: {} }, db: {}, vault: {}, publicUrl, clock: () => 0 },
    vapidPublicKey: async () => '',
  } as never);
  const answer = await app.inject({ url: '/docs/json', headers: { host: 'login.example.com' } });
  paths = answer.json().paths;
});
afterAll(() => app.close());

it('is described once, at the mount that phones call', () => {
  const account = '/appliance-mfa/api/device-accounts/{id}';
  const described = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  expect(described.sort()).toEqual(
    [
      `get ${account}`,
      `patch ${account}`,
      `delete ${account}`,
      `get ${account}/request`,
      `get ${account}/events`,
      `post ${account}/sms-enroll`,
      'get /appliance-mfa/api/push-key',
      'post /appliance-mfa/api/enroll',
      'post /appliance-mfa/api/resolve-transaction',
      'post /appliance-mfa/api/start-flow',
      'post /appliance-mfa/api/transaction-state',
      'post /appliance-mfa/api/send-sms',
      'post /appliance-mfa/api/send-push-notification',
      'post /appliance-mfa/api/verify-otp',
      'post /appliance-mfa/api/recover-account',
      'get /rich-consents/{id}',
      'post /mfa/guardian-token',
    ].sort(),
  );
});

it('tells of each call what it does, who may, and how it refuses', () => {
  for (const [path, operations] of Object.entries(paths)) {
    for (const { tags, summary, description, responses } of Object.values(operations)) {
      expect(tags, path).toHaveLength(1);
      expect(summary, path).toMatch(/^[A-Z].{10,60}[^.]$/);
      expect(description, path).toMatch(/\.$/);
      if (!path.endsWith('push-key')) expect(responses, path).toHaveProperty('401');
    }
  }
});
