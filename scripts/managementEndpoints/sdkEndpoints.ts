import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Endpoint } from './endpoint.ts';

const clients = 'node_modules/auth0/dist/cjs/management/api/resources/**/client/Client.js';
const request = /, (["`])([\w-]+(?:\/[^"`]*)?)\1\),\s+method: "([A-Z]+)"/g;

/** Every endpoint that the `auth0` package's ManagementClient calls, read off its clients. */
export function sdkEndpoints(root: string): Endpoint[] {
  return globSync(join(root, clients)).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(request)].map(([, , path = '', method = '']) => ({
      method,
      path: `/${path.replace(/\$\{core\.url\.encodePathParam\((\w+)\)\}/g, '{$1}')}`,
    })),
  );
}
