import { type TString, Type } from 'typebox';
import { applePayload } from '../../push/guardianPayload.ts';
import type { PushMessage } from '../../push/pushMessage.ts';
import { unreadableAnswer } from '../callProvider.ts';
import { androidMessage } from '../fcm/androidMessage.ts';
import { baseUrl } from '../fields.ts';
import { limitPayload } from '../limitPayload.ts';
import { DeliveryError, type Provider, type ProviderDefinition, type ProviderTools } from '../provider.ts';
import { askSns, messageAttributes, type SnsAccount, wordIn } from './askSns.ts';
import { awsCredentials } from './awsAccount.ts';
import { SnsEndpoints } from './snsEndpoints.ts';
import { pushKinds } from './snsPushKinds.ts';

const applicationArn = (platforms: string, description: string) =>
  Type.String({
    pattern: `^arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:app/(${platforms})/[\\w.-]{1,256}$`,
    description,
  });

const settingsWith = (arn: TString) =>
  Type.Object(
    { platformApplicationArn: arn, baseUrl: baseUrl('https://sns.REGION.amazonaws.com') },
    { additionalProperties: false },
  );

const apnsSettings = settingsWith(
  applicationArn(
    'APNS|APNS_SANDBOX',
    'ARN of the platform application for Apple, as in arn:aws:sns:eu-central-1:123456789012:app/APNS/acme.',
  ),
);
const fcmSettings = settingsWith(
  applicationArn(
    'GCM',
    'ARN of the platform application for Firebase, as in arn:aws:sns:eu-central-1:123456789012:app/GCM/acme.',
  ),
);

/** What a device's push service gets through SNS. */
interface Payload {
  /** By platform: `APNS`, `APNS_SANDBOX`, `GCM`. JSON. */
  platform: string;
  text: string;
  attributes: Record<string, string>;
}

type PayloadOf = (message: PushMessage<string>, platform: string, now: number) => Payload;

/** Pushes to Apple devices. https://docs.aws.amazon.com/sns/latest/dg/sns-send-custom-platform-specific-payloads-mobile-devices.html */
export const awsSnsApns: ProviderDefinition<'apns', typeof apnsSettings, typeof awsCredentials> = {
  name: 'aws-sns',
  title: 'AWS SNS',
  channel: 'apns',
  settings: apnsSettings,
  credentials: awsCredentials,
  create: (config, tools) => snsPush(config, tools, appleOf),
};

/** Pushes to Android devices, likewise. */
export const awsSnsFcm: ProviderDefinition<'fcm', typeof fcmSettings, typeof awsCredentials> = {
  name: 'aws-sns',
  title: 'AWS SNS',
  channel: 'fcm',
  settings: fcmSettings,
  credentials: awsCredentials,
  create: (config, tools) => snsPush(config, tools, androidOf),
};

const appleOf: PayloadOf = (message, platform, now) => ({
  platform,
  text: limitPayload(applePayload(message)),
  attributes: messageAttributes([
    [`AWS.SNS.MOBILE.${platform}.TTL`, 'String', String(secondsLeft(message, now))],
    ['AWS.SNS.MOBILE.APNS.PUSH_TYPE', 'String', 'alert'],
    ['AWS.SNS.MOBILE.APNS.PRIORITY', 'String', '10'],
    ['AWS.SNS.MOBILE.APNS.COLLAPSE_ID', 'String', message.deviceId.slice(0, 64)],
  ]),
});

const androidOf: PayloadOf = (message, platform, now) => ({
  platform,
  text: JSON.stringify({ fcmV1Message: { message: androidMessage(message, now) } }),
  attributes: {},
});

function secondsLeft({ expiresAt }: PushMessage<string>, now: number): number {
  return Math.max(0, Math.ceil((expiresAt - now) / 1000));
}

function snsPush(
  {
    settings,
    credentials,
  }: {
    settings: { platformApplicationArn: string; baseUrl?: string };
    credentials: SnsAccount['credentials'];
  },
  tools: ProviderTools,
  payloadOf: PayloadOf,
): Provider<PushMessage<string>> {
  const { platformApplicationArn, baseUrl } = settings;
  const [, , , region = '', , resource = ''] = platformApplicationArn.split(':');
  const platform = resource.split('/')[1] ?? '';
  const account: SnsAccount = { region, credentials, baseUrl };
  const endpoints = new SnsEndpoints(tools, account, platformApplicationArn);

  async function publish(token: string, { platform, text, attributes }: Payload, signal: AbortSignal) {
    const fields = {
      Action: 'Publish',
      TargetArn: await endpoints.of(token, signal),
      MessageStructure: 'json',
      // Each member is JSON in a text.
      Message: JSON.stringify({ default: 'push', [platform]: text }),
      ...attributes,
    };
    const answer = await askSns(tools, account, fields, { signal, kinds: pushKinds });
    if (typeof answer !== 'string') throw answer.error;
    return answer;
  }

  return {
    async send(message, signal) {
      const token = message.target;
      const payload = payloadOf(message, platform, tools.clock());
      let answer: string;
      try {
        answer = await publish(token, payload, signal);
      } catch (error) {
        if (!isMissing(error)) throw error;
        // The endpoint was removed behind our back; nothing was taken.
        endpoints.forget(token);
        answer = await publish(token, payload, signal);
      }
      const providerMessageId = wordIn(answer, 'MessageId');
      if (providerMessageId === undefined) throw unreadableAnswer();
      return { providerMessageId };
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof DeliveryError && error.code === 'NotFound';
}
