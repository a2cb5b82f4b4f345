import { Type } from 'typebox';
import { senderOf } from '../senderOf.ts';
import { callProvider, refusalOf } from './callProvider.ts';
import { baseUrl, mailFrom, secret } from './fields.ts';
import { joinUrl } from './joinUrl.ts';
import { DeliveryError, type ProviderDefinition } from './provider.ts';

const standardUrl = 'https://api.sendgrid.com';

const settings = Type.Object(
  { from: mailFrom, baseUrl: baseUrl(standardUrl) },
  { additionalProperties: false },
);
const credentials = Type.Object(
  { apiKey: secret('API key with the permission Mail Send, which begins with SG.') },
  { additionalProperties: false },
);

/** E-mails through SendGrid's Mail Send. https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send */
export const sendgrid: ProviderDefinition<'email', typeof settings, typeof credentials> = {
  name: 'sendgrid',
  title: 'SendGrid',
  channel: 'email',
  settings,
  credentials,
  create(config, { http, clock }) {
    const standard = senderOf(config.settings.from);
    if (!standard) throw new DeliveryError('configuration', 'sender');
    return {
      async send({ id, to, from, subject, text, html }, signal) {
        const sender = (from === undefined ? undefined : senderOf(from)) ?? standard;
        const mail = {
          personalizations: [{ to: [{ email: to }], custom_args: { message_id: id } }],
          from: { email: sender.address, ...(sender.name !== '' && { name: sender.name }) },
          subject,
          content: [
            { type: 'text/plain', value: text },
            { type: 'text/html', value: html },
          ],
          headers: { 'Auto-Submitted': 'auto-generated' },
          // Tracking would put another host's links, which outlive the message, in place of ours.
          tracking_settings: {
            click_tracking: { enable: false, enable_text: false },
            open_tracking: { enable: false },
          },
        };
        const answer = await callProvider(http, {
          method: 'POST',
          url: joinUrl(config.settings.baseUrl ?? standardUrl, 'v3/mail/send'),
          headers: {
            authorization: `Bearer ${config.credentials.apiKey}`,
            'content-type': 'application/json',
            accept: 'application/json',
          },
          body: JSON.stringify(mail),
          signal,
        });
        if (answer.status !== 202) throw refusalOf(answer, clock());
        const providerMessageId = answer.headers['x-message-id'];
        return providerMessageId === undefined ? {} : { providerMessageId };
      },
    };
  },
};
