import { Type } from 'typebox';
import { senderOf } from '../../senderOf.ts';
import { type ErrorKinds, errorKinds, refusalOf, unreadableAnswer } from '../callProvider.ts';
import { baseUrl, mailFrom } from '../fields.ts';
import { fromHeader } from '../fromHeader.ts';
import { joinUrl } from '../joinUrl.ts';
import { DeliveryError, type ProviderDefinition } from '../provider.ts';
import { readJson } from '../readJson.ts';
import { awsCredentials, awsKinds, callAws, region } from './awsAccount.ts';

const settings = Type.Object(
  {
    region,
    from: mailFrom,
    configurationSet: Type.Optional(
      Type.String({ pattern: '^[0-9A-Za-z_-]{1,64}$', description: 'Configuration set to send with.' }),
    ),
    baseUrl: baseUrl('https://email.REGION.amazonaws.com'),
  },
  { additionalProperties: false },
);

const kinds: ErrorKinds = new Map([
  ...awsKinds,
  ...errorKinds({
    configuration: [
      'AccountSuspendedException',
      'MailFromDomainNotVerifiedException',
      'NotFoundException',
      'SendingPausedException',
    ],
    retry: ['LimitExceededException'],
    final: ['BadRequestException', 'MessageRejected'],
  }),
]);

const answered = Type.Object({ MessageId: Type.String({ minLength: 1, maxLength: 200 }) });

/** E-mails through SendEmail of the SES API v2. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
export const awsSes: ProviderDefinition<'email', typeof settings, typeof awsCredentials> = {
  name: 'aws-ses',
  title: 'AWS SES',
  channel: 'email',
  settings,
  credentials: awsCredentials,
  create(config, tools) {
    const standard = senderOf(config.settings.from);
    if (!standard) throw new DeliveryError('configuration', 'sender');
    return {
      async send({ to, from, subject, text, html }, signal) {
        const { region, configurationSet } = config.settings;
        const sender = (from === undefined ? undefined : senderOf(from)) ?? standard;
        const email = {
          FromEmailAddress: fromHeader(sender),
          Destination: { ToAddresses: [to] },
          Content: {
            Simple: {
              Subject: utf8(subject),
              Body: { Text: utf8(text), Html: utf8(html) },
              Headers: [{ Name: 'Auto-Submitted', Value: 'auto-generated' }],
            },
          },
          ...(configurationSet !== undefined && { ConfigurationSetName: configurationSet }),
        };
        const answer = await callAws(tools, {
          service: 'ses',
          region,
          credentials: config.credentials,
          url: joinUrl(
            config.settings.baseUrl ?? `https://email.${region}.amazonaws.com`,
            'v2/email/outbound-emails',
          ),
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(email),
          signal,
        });
        if (answer.status !== 200) {
          // As in "BadRequestException:http://internal.amazon.com/…".
          const code = answer.headers['x-amzn-errortype']?.split(':')[0];
          throw refusalOf(answer, tools.clock(), code, kinds);
        }
        const accepted = readJson(answer.body, answered);
        if (!accepted) throw unreadableAnswer();
        return { providerMessageId: accepted.MessageId };
      },
    };
  },
};

function utf8(text: string) {
  return { Data: text, Charset: 'UTF-8' };
}
