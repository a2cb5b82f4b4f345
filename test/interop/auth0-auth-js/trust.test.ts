import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { serverStarter } from '../../support/server.ts';
import { Deployment } from '../deployment.ts';

const run = promisify(execFile);

/** What a developer's own program is: a process that has only the environment to tell it whom to trust. */
const program = `
  import { AuthClient } from '@auth0/auth0-auth-js';
  const [domain, clientId] = process.argv.slice(1);
  const client = new AuthClient({ domain, clientId, clientSecret: 'x' });
  const { authorizationUrl } = await client.buildAuthorizationUrl({
    authorizationParams: { redirect_uri: 'https://app.example.com/callback' },
  });
  console.log(authorizationUrl.origin);
`;

const start = serverStarter();

it('is trusted by a program that was told its authority by NODE_EXTRA_CA_CERTS, and by no other', async () => {
  const { server, domain, issuer } = await Deployment.start(start);
  const ask = (environment: NodeJS.ProcessEnv) =>
    run(process.execPath, ['--input-type=module', '--eval', program, domain, 'client'], {
      env: { PATH: process.env.PATH, ...environment },
      cwd: import.meta.dirname,
    });
  const { stdout } = await ask({ NODE_EXTRA_CA_CERTS: server.caFile });
  expect(stdout.trim()).toBe(new URL(issuer).origin);
  await expect(ask({})).rejects.toThrow();
});
