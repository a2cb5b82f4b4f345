import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { differences } from './differences.ts';
import { documentFile, withTable } from './document.ts';
import { sdkEndpoints } from './sdkEndpoints.ts';
import { servedEndpoints } from './servedEndpoints.ts';

// After a change of the Management API: node scripts/writeManagementEndpoints.ts
it('docs/compatibility.md lists the endpoints of the Management API as they are', async () => {
  const document = readFileSync(documentFile, 'utf8');
  expect(await withTable(document)).toBe(document);
});

it('finds what the auth0 package calls', () => {
  const endpoints = sdkEndpoints(join(import.meta.dirname, '..', '..'));
  expect(endpoints.length).toBeGreaterThan(300);
  expect(endpoints).toContainEqual({ method: 'DELETE', path: '/guardian/enrollments/{id}' });
  expect(endpoints).toContainEqual({ method: 'GET', path: '/clients' });
});

it('tells no difference of an address that isn’t served', async () => {
  const paths = (await servedEndpoints()).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(Object.keys(differences)));
});
