import { Type } from 'typebox';
import { senderOf } from '../senderOf.ts';
import { callProvider, refusalOf, unreadableAnswer } from './callProvider.ts';
import { baseUrl, mailFrom, secret } from './fields.ts';
import { fromHeader } from './fromHeader.ts';
import { joinUrl } from './joinUrl.ts';
import { DeliveryError, type ProviderDefinition } from './provider.ts';
import { readJson } from './readJson.ts';

const standardUrl = 'https://api.mailgun.net';

const settings = Type.Object(
  {
    domain: Type.String({ pattern: '^[0-9A-Za-z.-]{1,253}$', description: 'Sending domain of the account.' }),
    from: mailFrom,
    baseUrl: baseUrl(`${standardUrl}; in the EU region https://api.eu.mailgun.net`),
  },
  { additionalProperties: false },
);
const credentials = Type.Object(
  { apiKey: secret('Sending key of the domain, or an API key.') },
  { additionalProperties: false },
);

const answered = Type.Object({ id: Type.String({ minLength: 1, maxLength: 300 }) });

/** E-mails through Mailgun's messages. https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages */
export const mailgun: ProviderDefinition<'email', typeof settings, typeof credentials> = {
  name: 'mailgun',
  title: 'Mailgun',
  channel: 'email',
  settings,
  credentials,
  create(config, { http, clock }) {
    const standard = senderOf(config.settings.from);
    if (!standard) throw new DeliveryError('configuration', 'sender');
    return {
      async send({ to, from, subject, text, html }, signal) {
        const { domain } = config.settings;
        const sender = (from === undefined ? undefined : senderOf(from)) ?? standard;
        const form = new URLSearchParams({
          from: fromHeader(sender),
          to,
          subject,
          text,
          html,
          'h:Auto-Submitted': 'auto-generated',
          // Tracking would put another host's links, which outlive the message, in place of ours.
          'o:tracking': 'no',
        });
        const answer = await callProvider(http, {
          method: 'POST',
          url: joinUrl(config.settings.baseUrl ?? standardUrl, `v3/${domain}/messages`),
          headers: {
            authorization: `Basic ${Buffer.from(`api:${config.credentials.apiKey}`).toString('base64')}`,
            'content-type': 'application/x-www-form-urlencoded',
          },
          body: form.toString(),
          signal,
        });
        if (answer.status !== 200) throw refusalOf(answer, clock());
        const accepted = readJson(answer.body, answered);
        if (!accepted) throw unreadableAnswer();
        return { providerMessageId: accepted.id };
      },
    };
  },
};
