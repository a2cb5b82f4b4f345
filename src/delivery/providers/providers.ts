import type { Channel } from '../channel.ts';
import { apns } from './apns/apns.ts';
import { awsSes } from './aws/awsSes.ts';
import { awsSns } from './aws/awsSns.ts';
import { awsSnsApns, awsSnsFcm } from './aws/awsSnsPush.ts';
import { fcm } from './fcm/fcm.ts';
import { mailgun } from './mailgun.ts';
import type { ProviderDefinition } from './provider.ts';
import { sendgrid } from './sendgrid.ts';
import { smtp } from './smtp.ts';
import { twilioSms } from './twilio/twilioSms.ts';
import { twilioVoice } from './twilio/twilioVoice.ts';
import { vonageSms } from './vonage/vonageSms.ts';
import { vonageVoice } from './vonage/vonageVoice.ts';
import { webhookEmail, webhookSms, webhookVoice } from './webhook.ts';
import { webPush } from './webPush.ts';

/** Every provider there is, by channel and then by name; the only list of them. */
export const providerDefinitions: readonly ProviderDefinition[] = [
  awsSns,
  twilioSms,
  vonageSms,
  webhookSms,
  twilioVoice,
  vonageVoice,
  webhookVoice,
  awsSes,
  mailgun,
  sendgrid,
  smtp,
  webhookEmail,
  webPush,
  apns,
  awsSnsApns,
  awsSnsFcm,
  fcm,
];

/** Undefined for a name that the channel doesn't know. */
export function findProviderDefinition(channel: Channel, name: string): ProviderDefinition | undefined {
  return providerDefinitions.find((definition) => definition.channel === channel && definition.name === name);
}
