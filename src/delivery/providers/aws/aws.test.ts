import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AwsSimulator, startAws } from '../../../../test/support/simulators/aws.ts';
import { createOutboundClient } from '../../../outbound/createOutboundClient.ts';
import type { Mail, SmsMessage } from '../../channel.ts';
import { awsSes } from './awsSes.ts';
import { awsSns } from './awsSns.ts';

const now = Date.UTC(2026, 0, 15, 12);
const signal = new AbortController().signal;
const sms: SmsMessage = { id: 'msg_1', to: '+4915123456789', text: 'Köd + 100 % ~ *', createdAt: now };
const mail: Mail = {
  id: 'msg_2',
  to: 'ann@example.com',
  subject: 'Grüße',
  text: 'Guten Tag',
  html: '<p>Guten Tag</p>',
  createdAt: now,
};

let aws: AwsSimulator;
let tools: Parameters<typeof awsSns.create>[1];

beforeAll(async () => {
  aws = await startAws({ clock: () => now });
  tools = { http: createOutboundClient({ allow: [aws.origin] }), clock: () => now };
});
afterEach(() => aws.refuse(undefined));
afterAll(() => aws.close());

function config(settings: object = {}, credentials: object = {}) {
  const { region, accessKeyId, secretAccessKey } = aws.account;
  return {
    settings: { region, from: 'Acme <login@acme.example>', baseUrl: aws.origin, ...settings },
    credentials: { accessKeyId, secretAccessKey, ...credentials },
  };
}

describe('texts by SNS', () => {
  it('hands a text over as transactional', async () => {
    const handOver = await awsSns.create(config(), tools).send(sms, signal);
    expect(handOver.providerMessageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(aws.texts.at(-1)).toEqual({
      Action: 'Publish',
      Version: '2010-03-31',
      PhoneNumber: sms.to,
      Message: sms.text,
      'MessageAttributes.entry.1.Name': 'AWS.SNS.SMS.SMSType',
      'MessageAttributes.entry.1.Value.DataType': 'String',
      'MessageAttributes.entry.1.Value.StringValue': 'Transactional',
    });
  });

  it('passes sender, number and price limit on', async () => {
    const settings = { senderId: 'ACME', originationNumber: '+15005550006', maxPriceUsd: '0.25' };
    await awsSns.create(config(settings), tools).send(sms, signal);
    expect(Object.values(aws.texts.at(-1) ?? {})).toEqual(
      expect.arrayContaining(['AWS.SNS.SMS.SenderID', 'ACME', 'AWS.SNS.SMS.MaxPrice', '0.25', 'Number']),
    );
  });

  it.each([
    ['Throttled', 429, 'retry'],
    ['ThrottlingException', 400, 'retry'],
    ['InternalError', 500, 'retry'],
    ['OptedOut', 400, 'final'],
    ['InvalidParameter', 400, 'final'],
    ['AuthorizationError', 403, 'configuration'],
  ])('%s (%i) is %s', async (code, status, kind) => {
    aws.refuse(code, status);
    await expect(awsSns.create(config(), tools).send(sms, signal)).rejects.toMatchObject({ kind, code });
  });

  it.each([
    ['secret', {}, { secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch'],
    ['key', {}, { accessKeyId: 'AKIAOTHER' }, 'InvalidClientTokenId'],
    ['region', { region: 'us-east-1' }, {}, 'SignatureDoesNotMatch'],
  ])('a wrong %s is a fault of the configuration', async (_what, settings, credentials, code) => {
    const sending = awsSns.create(config(settings, credentials), tools).send(sms, signal);
    await expect(sending).rejects.toMatchObject({ kind: 'configuration', code });
  });

  it('a clock that is off is told as such', async () => {
    const late = { ...tools, clock: () => now + 20 * 60_000 };
    await expect(awsSns.create(config(), late).send(sms, signal)).rejects.toMatchObject({
      kind: 'configuration',
      code: 'RequestExpired',
    });
  });
});

describe('e-mails by SES', () => {
  it('hands a mail over in both forms', async () => {
    const handOver = await awsSes.create(config({ configurationSet: 'login' }), tools).send(mail, signal);
    expect(handOver.providerMessageId).toMatch(/^0107/);
    expect(aws.emails.at(-1)).toMatchObject({
      FromEmailAddress: 'Acme <login@acme.example>',
      Destination: { ToAddresses: ['ann@example.com'] },
      Content: { Simple: { Subject: { Data: 'Grüße' }, Body: { Text: { Data: 'Guten Tag' } } } },
      ConfigurationSetName: 'login',
    });
  });

  it('a message of another sender has that one', async () => {
    await awsSes.create(config(), tools).send({ ...mail, from: 'codes@acme.example' }, signal);
    expect(aws.emails.at(-1)).toMatchObject({ FromEmailAddress: 'codes@acme.example' });
  });

  it('S-95 a name of the sender stays a name', async () => {
    await awsSes.create(config(), tools).send({ ...mail, from: 'Acme, Inc. <codes@acme.example>' }, signal);
    expect(aws.emails.at(-1)).toMatchObject({ FromEmailAddress: '"Acme, Inc." <codes@acme.example>' });
  });

  it.each([
    ['TooManyRequestsException', 429, 'retry'],
    ['LimitExceededException', 400, 'retry'],
    ['MessageRejected', 400, 'final'],
    ['BadRequestException', 400, 'final'],
    ['MailFromDomainNotVerifiedException', 400, 'configuration'],
    ['AccountSuspendedException', 400, 'configuration'],
    ['AccessDeniedException', 403, 'configuration'],
  ])('%s (%i) is %s', async (code, status, kind) => {
    aws.refuse(code, status);
    await expect(awsSes.create(config(), tools).send(mail, signal)).rejects.toMatchObject({ kind, code });
  });

  it('a wrong secret is a fault of the configuration', async () => {
    const sending = awsSes.create(config({}, { secretAccessKey: 'x' }), tools).send(mail, signal);
    await expect(sending).rejects.toMatchObject({ kind: 'configuration' });
  });
});
