import { expect, it } from 'vitest';
import { completeDraft } from './client.ts';
import { fromWireClient, toWireClient } from './wire.ts';

const client = completeDraft({ name: 'Shop', appType: 'spa' }, 'a'.repeat(32), 0);

it('speaks Auth0 names and shows the secret only when handed one', () => {
  expect(toWireClient(client)).toMatchObject({
    client_id: client.clientId,
    app_type: 'spa',
    token_endpoint_auth_method: 'none',
    jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36_000 },
    refresh_token: { rotation_type: 'rotating', leeway: 0, infinite_token_lifetime: false },
  });
  expect(toWireClient(client)).not.toHaveProperty('client_secret');
  expect(toWireClient(client, 'secret').client_secret).toBe('secret');
});

it('reads back what it wrote', () => {
  const { clientId: _id, createdAt: _created, updatedAt: _updated, ...properties } = client;
  expect(fromWireClient(toWireClient(client), client)).toEqual(properties);
});

it('leaves alone what is not named', () => {
  expect(fromWireClient({ name: 'New' })).toEqual({ name: 'New' });
  expect(fromWireClient({ refresh_token: { leeway: 5 } }, client)).toEqual({
    refreshToken: { ...client.refreshToken, leewaySeconds: 5 },
  });
});
