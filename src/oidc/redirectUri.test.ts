import { describe, expect, it } from 'vitest';
import { databaseOpener } from '../../test/support/databases.ts';
import { createTestOidc } from '../../test/support/oidc.ts';

const open = databaseOpener('sqlite');

async function setUp() {
  const house = await createTestOidc(await open());
  const { client } = await house.addClient({ appType: 'spa' });
  return { house, client };
}

describe('redirect URIs', () => {
  const nearMisses = [
    '',
    'https://app.example.com',
    'https://app.example.com/',
    'https://app.example.com/callback/',
    'https://app.example.com/callback?',
    'https://app.example.com/callback?x=1',
    'https://app.example.com/callback#',
    'https://app.example.com/callback#x',
    'https://app.example.com/Callback',
    'https://APP.example.com/callback',
    'HTTPS://app.example.com/callback',
    'http://app.example.com/callback',
    'https://app.example.com:443/callback',
    'https://app.example.com:8443/callback',
    'https://app.example.com./callback',
    'https://app.example.com//callback',
    'https://app.example.com/./callback',
    'https://app.example.com/x/../callback',
    'https://app.example.com/%63allback',
    'https://app.example.com/callback%00',
    'https://app.example.com/callback%20',
    'https://app.example.com/callback/..',
    'https://app.example.com\\callback',
    'https://app.example.com\\@evil.example/callback',
    'https://app.example.com@evil.example/callback',
    'https://user@app.example.com/callback',
    'https://user:pass@app.example.com/callback',
    'https://evil.example/callback',
    'https://evil.example/?https://app.example.com/callback',
    'https://evil.example#https://app.example.com/callback',
    'https://app.example.com.evil.example/callback',
    'https://evilapp.example.com/callback',
    'https://app-example.com/callback',
    'https://app.example.co/callback',
    '//app.example.com/callback',
    '/callback',
    'callback',
    ' https://app.example.com/callback',
    'https://app.example.com/callback ',
    'https://app.example.com/callback\t',
    'https://app.example.com/call\nback',
    'https://app.example.com/callback;x',
    'https://app.example.com/callback,https://evil.example',
    'https://app.example.com/callback https://evil.example',
    'https:/app.example.com/callback',
    'https:app.example.com/callback',
    'https:///app.example.com/callback',
    'javascript:alert(1)//https://app.example.com/callback',
    'data:text/html,https://app.example.com/callback',
    'https://xn--app-exmple-x2a.com/callback',
    'https://app.еxample.com/callback',
    'https://app.example.com/callback\u200b',
    'https://app。example.com/callback',
    'http://localhost/callback',
    'http://127.0.0.1/callback',
    'http://[::1]/callback',
    'com.example.app://callback',
    'https://app.example.com/callback/%2e%2e/evil',
    'https://app.example.com/callback%2f',
    'https://app.example.com/callback&x=1',
  ];

  it(`S-68 never redirects to any of ${nearMisses.length} near-misses`, async () => {
    const { house, client } = await setUp();
    for (const uri of nearMisses) {
      const { status, location } = await house.browser().authorize(client.clientId, { redirect_uri: uri });
      expect(status, uri).toBe(400);
      expect(location, uri).toBeUndefined();
    }
  });

  it('S-68 fits any port for a native application on this machine, and for no other', async () => {
    const { house } = await setUp();
    const callbacks = ['http://127.0.0.1/cb', 'http://localhost:1234/cb'];
    const { client: native } = await house.addClient({ appType: 'native', callbacks });
    const { client: web } = await house.addClient({ appType: 'spa', callbacks });
    const status = async (clientId: string, redirect_uri: string) =>
      (await house.browser().authorize(clientId, { redirect_uri })).status;
    expect(await status(native.clientId, 'http://127.0.0.1:50000/cb')).toBe(303);
    expect(await status(native.clientId, 'http://127.0.0.1:50000/other')).toBe(400);
    expect(await status(native.clientId, 'http://127.0.0.2:50000/cb')).toBe(400);
    expect(await status(native.clientId, 'http://[::1]:50000/cb')).toBe(400);
    expect(await status(web.clientId, 'http://127.0.0.1:50000/cb')).toBe(400);
  });
});
