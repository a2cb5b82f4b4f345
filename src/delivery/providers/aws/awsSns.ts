import { Type } from 'typebox';
import { refusalOf, unreadableAnswer } from '../callProvider.ts';
import { baseUrl } from '../fields.ts';
import { joinUrl } from '../joinUrl.ts';
import type { ProviderDefinition } from '../provider.ts';
import { awsCredentials, awsKinds, callAws, region } from './awsAccount.ts';

const settings = Type.Object(
  {
    region,
    senderId: Type.Optional(
      Type.String({
        pattern: '^[0-9A-Za-z-]{1,11}$',
        description: 'Alphanumeric sender, where the country has them.',
      }),
    ),
    originationNumber: Type.Optional(
      Type.String({
        pattern: '^\\+?[0-9]{3,15}$',
        description: 'Number or short code of the account that sends.',
      }),
    ),
    maxPriceUsd: Type.Optional(
      Type.String({
        pattern: '^\\d{1,3}(\\.\\d{1,5})?$',
        description: 'The most one text may cost, in US dollars.',
      }),
    ),
    baseUrl: baseUrl('https://sns.REGION.amazonaws.com'),
  },
  { additionalProperties: false },
);

/** Texts through Publish of AWS SNS. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const awsSns: ProviderDefinition<'sms', typeof settings, typeof awsCredentials> = {
  name: 'aws-sns',
  title: 'AWS SNS',
  channel: 'sms',
  settings,
  credentials: awsCredentials,
  create: (config, tools) => ({
    async send({ to, text }, signal) {
      const { region, senderId, originationNumber, maxPriceUsd } = config.settings;
      const form = new URLSearchParams({
        Action: 'Publish',
        Version: '2010-03-31',
        PhoneNumber: to,
        Message: text,
      });
      const attributes = [
        ['AWS.SNS.SMS.SMSType', 'String', 'Transactional'],
        ['AWS.SNS.SMS.SenderID', 'String', senderId],
        ['AWS.MM.SMS.OriginationNumber', 'String', originationNumber],
        ['AWS.SNS.SMS.MaxPrice', 'Number', maxPriceUsd],
      ] as const;
      let entry = 0;
      for (const [name, type, value] of attributes) {
        if (value === undefined) continue;
        entry += 1;
        form.set(`MessageAttributes.entry.${entry}.Name`, name);
        form.set(`MessageAttributes.entry.${entry}.Value.DataType`, type);
        form.set(`MessageAttributes.entry.${entry}.Value.StringValue`, value);
      }
      const answer = await callAws(tools, {
        service: 'sns',
        region,
        credentials: config.credentials,
        url: joinUrl(config.settings.baseUrl ?? `https://sns.${region}.amazonaws.com`, ''),
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
        body: form.toString(),
        signal,
      });
      const xml = answer.body.toString();
      if (answer.status !== 200) throw refusalOf(answer, tools.clock(), textOf(xml, 'Code'), awsKinds);
      const providerMessageId = textOf(xml, 'MessageId');
      if (providerMessageId === undefined) throw unreadableAnswer();
      return { providerMessageId };
    },
  }),
};

/** The text of the first element of a name, if it is a plain word. */
function textOf(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([\\w.-]{1,100})</${name}>`).exec(xml)?.[1];
}
