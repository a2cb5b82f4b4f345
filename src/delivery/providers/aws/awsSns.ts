import { Type } from 'typebox';
import { unreadableAnswer } from '../callProvider.ts';
import { baseUrl } from '../fields.ts';
import type { ProviderDefinition } from '../provider.ts';
import { askSns, messageAttributes, wordIn } from './askSns.ts';
import { awsCredentials, region } from './awsAccount.ts';

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
  create: ({ settings, credentials }, tools) => ({
    async send({ to, text }, signal) {
      const { region, baseUrl, senderId, originationNumber, maxPriceUsd } = settings;
      const fields = {
        Action: 'Publish',
        PhoneNumber: to,
        Message: text,
        ...messageAttributes([
          ['AWS.SNS.SMS.SMSType', 'String', 'Transactional'],
          ['AWS.SNS.SMS.SenderID', 'String', senderId],
          ['AWS.MM.SMS.OriginationNumber', 'String', originationNumber],
          ['AWS.SNS.SMS.MaxPrice', 'Number', maxPriceUsd],
        ]),
      };
      const answer = await askSns(tools, { region, credentials, baseUrl }, fields, { signal });
      if (typeof answer !== 'string') throw answer.error;
      const providerMessageId = wordIn(answer, 'MessageId');
      if (providerMessageId === undefined) throw unreadableAnswer();
      return { providerMessageId };
    },
  }),
};
