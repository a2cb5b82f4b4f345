import { pino } from 'pino';
import type { ManagementDependencies } from '../../src/api/management/dependencies.ts';
import { registerManagementApi } from '../../src/api/management/index.ts';
import { factors } from '../../src/factors/factors.ts';
import { createApp } from '../../src/http/createApp.ts';
import { createRegistry } from '../../src/mfa/registry.ts';
import type { Endpoint } from './endpoint.ts';

/** Every endpoint that this server has, from the routes that it registers. Nothing is asked of it. */
export async function servedEndpoints(): Promise<Endpoint[]> {
  const publicUrl = 'https://login.example.com/';
  const logger = pino({ level: 'silent' });
  const app = createApp({ publicUrl, trustedProxies: [], isDevelopment: false, logger });
  const served: Endpoint[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat())
      if (one !== 'HEAD')
        served.push({ method: one, path: url.slice('/api/v2'.length).replace(/:(\w+)/g, '{$1}') });
  });
  const parts = { engine: { registry: createRegistry(factors) }, database: {}, issuer: publicUrl };
  await registerManagementApi(app, parts as unknown as ManagementDependencies);
  await app.ready();
  await app.close();
  return served;
}
