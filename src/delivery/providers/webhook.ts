import { Type } from 'typebox';
import type { Channel, MessageOf } from '../channel.ts';
import { callProvider, refusalOf } from './callProvider.ts';
import type { ProviderDefinition } from './provider.ts';
import { readJson } from './readJson.ts';
import { signWebhook } from './signWebhook.ts';

const settings = Type.Object(
  {
    url: Type.String({
      pattern: '^https?://',
      maxLength: 2000,
      description: 'Where each message is posted to as JSON.',
    }),
  },
  { additionalProperties: false },
);
const credentials = Type.Object(
  {
    secret: Type.String({
      minLength: 32,
      maxLength: 1000,
      description: 'Shared secret of at least 32 characters that requests are signed with.',
    }),
  },
  { additionalProperties: false },
);

const answered = Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) });

/**
 * Hands messages to a service of the operator's own: `{ channel, ...message }`, signed as `signWebhook` tells,
 * with the message's id as Idempotency-Key. Any 2xx accepts; `{ "id": "…" }` in the answer names the message.
 */
function webhook<OneChannel extends Channel>(
  channel: OneChannel,
): ProviderDefinition<OneChannel, typeof settings, typeof credentials> {
  return {
    name: 'webhook',
    title: 'Webhook',
    channel,
    settings,
    credentials,
    create: (config, { http, clock }) => ({
      async send(message: MessageOf[OneChannel], signal) {
        const body = JSON.stringify({ channel, ...message });
        const answer = await callProvider(http, {
          method: 'POST',
          url: config.settings.url,
          headers: {
            'content-type': 'application/json',
            'countersign-signature': signWebhook(body, config.credentials.secret, clock()),
            'idempotency-key': message.id,
          },
          body,
          signal,
        });
        if (answer.status < 200 || answer.status > 299) throw refusalOf(answer, clock());
        const id = readJson(answer.body, answered)?.id;
        return id === undefined ? {} : { providerMessageId: id };
      },
    }),
  };
}

export const webhookSms = webhook('sms');
export const webhookVoice = webhook('voice');
export const webhookEmail = webhook('email');
