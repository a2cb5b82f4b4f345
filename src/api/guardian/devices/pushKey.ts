import { Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import type { Describe } from '../tagged.ts';
import type { DeviceCalls } from './dependencies.ts';

const response = Type.Object({
  vapid_public_key: Type.String({
    description: 'Uncompressed P-256 point, base64url: `applicationServerKey`.',
  }),
});

/** `GET /api/push-key`: the key with which a browser subscribes to Web Push for this server. */
export function registerPushKey(app: App, describe: Describe, { vapidPublicKey }: DeviceCalls): void {
  app.get(
    '/api/push-key',
    {
      schema: describe({
        summary: 'The key for Web Push',
        description: 'RFC 8292. The same for everybody.',
        response: { 200: response },
      }),
    },
    async () => ({ vapid_public_key: await vapidPublicKey() }),
  );
}
