import { pino } from 'pino';
import { expect, it } from 'vitest';
import { everyScope } from '../../../test/support/myAccount.ts';
import { registerApiDocs } from '../../http/apiDocs.ts';
import { createApp } from '../../http/createApp.ts';
import type { MyAccountDependencies } from './dependencies.ts';
import { registerMyAccountApi } from './index.ts';

it('describes every call with its scope, its bodies and its refusals', async () => {
  const publicUrl = 'https://login.example.com/';
  const logger = pino({ level: 'silent' });
  const app = createApp({ publicUrl, trustedProxies: [], isDevelopment: false, logger });
  registerApiDocs(app, publicUrl, {});
  // No call is made, so what answers them isn't needed.
  const engine = { registry: {}, selfService: {}, browsers: {} };
  await registerMyAccountApi(app, { engine, issuer: publicUrl } as unknown as MyAccountDependencies);
  const answer = await app.inject({ url: '/docs/json', headers: { host: 'login.example.com' } });
  await app.close();

  const paths: Record<string, Record<string, Call>> = answer.json().paths;
  const calls = Object.values(paths).flatMap((methods) => Object.values(methods));
  expect(Object.keys(paths).every((path) => path.startsWith('/me/v1/'))).toBe(true);
  expect(calls).toHaveLength(15);
  for (const { summary, description, tags, responses } of calls) {
    expect(tags).toEqual(['My Account API']);
    expect(summary).toBeTruthy();
    expect(description).toMatch(/Scope `[a-z:_]+`/);
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403', '429']));
  }
  const described = calls.map(({ description }) => /Scope `([a-z:_]+)`/.exec(description)?.[1]);
  expect(new Set(described)).toEqual(new Set(everyScope.split(' ')));
});

interface Call {
  summary: string;
  description: string;
  tags: string[];
  responses: Record<string, unknown>;
}
