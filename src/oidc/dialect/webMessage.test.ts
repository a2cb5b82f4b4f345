import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { databaseOpener } from '../../../test/support/databases.ts';
import { createTestOidc } from '../../../test/support/oidc.ts';

const open = databaseOpener('sqlite');
const frame = 'https://frame.example.com';

async function setUp(webOrigins = ['https://app.example.com', frame]) {
  const house = await createTestOidc(await open());
  const { client } = await house.addClient({ appType: 'spa', webOrigins });
  const userId = await house.addUser();
  const silent = (browser = house.browser(), parameters: Record<string, string> = {}) =>
    browser.authorize(client.clientId, { prompt: 'none', response_mode: 'web_message', ...parameters });
  return { house, client, userId, silent };
}

/** What the page's script would read. */
function answerOf(html: string) {
  const json = /<script type="application\/json" id="answer">(.*?)<\/script>/s.exec(html)?.[1];
  return JSON.parse(json ?? 'null');
}

describe('web_message', () => {
  it('S-73 posts a code to the origin of the redirect URI and nowhere else', async () => {
    const { house, client, userId, silent } = await setUp();
    const browser = house.browser();
    await browser.signIn(client.clientId, userId);
    const { status, body, headers } = await silent(browser);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answerOf(body)).toEqual({
      response: { code: expect.any(String), state: 'the-state', iss: 'https://login.example.com/' },
      targetOrigin: 'https://app.example.com',
    });
    expect(body).not.toContain("postMessage({ type: 'authorization_response', response }, '*'");
  });

  it('tells of a missing login in the words that SDKs compare', async () => {
    const { silent } = await setUp();
    const { status, body } = await silent();
    expect(status).toBe(200);
    expect(answerOf(body).response).toMatchObject({
      error: 'login_required',
      error_description: 'Login required',
      state: 'the-state',
    });
  });

  it('S-73 may be framed by the registered web origins only, and runs its one script only', async () => {
    const { silent } = await setUp();
    const { body, headers } = await silent();
    const script = /<script>(.*?)<\/script>/s.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'sha256-${hash}'; base-uri 'none'; frame-ancestors https://app.example.com ${frame}`,
    );
    expect(headers).not.toHaveProperty('x-frame-options');
    expect(headers['cross-origin-opener-policy']).toBe('unsafe-none');
    const { silent: closed } = await setUp([]);
    expect((await closed()).headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it('S-73 answers no foreign origin: its redirect URI is not registered', async () => {
    const { silent } = await setUp();
    const { status, body } = await silent(undefined, { redirect_uri: 'https://evil.example/callback' });
    expect(status).toBe(400);
    expect(body).not.toContain('postMessage');
  });

  it('S-88 keeps what a stranger wrote inside the data', async () => {
    const { silent } = await setUp();
    const state = '</script><script>alert(1)</script><!--\u2028';
    const { body } = await silent(undefined, { state });
    expect(body.match(/<script/g)).toHaveLength(2);
    expect(answerOf(body).response.state).toBe(state);
  });
});

describe('form_post', () => {
  it('posts itself to the redirect URI under a policy that allows only its own script', async () => {
    const { house, client, userId } = await setUp();
    const browser = house.browser();
    await browser.signIn(client.clientId, userId);
    const { status, body, headers } = await browser.authorize(client.clientId, {
      response_mode: 'form_post',
      state: '"><script>alert(1)</script>',
    });
    expect(status).toBe(200);
    expect(body).toContain('action="https://app.example.com/callback"');
    expect(body).toContain('name="code"');
    expect(body).not.toContain('<script>alert');
    const script = /<script>(.*?)<\/script>/s.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain(`'sha256-${hash}'`);
    expect(policy).not.toContain('form-action');
    expect(policy).toMatch(/frame-ancestors 'none'/);
  });
});
