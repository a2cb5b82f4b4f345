import { Type } from 'typebox';
import { DeliveryError, type ProviderDefinition } from '../provider.ts';
import { readTwilioReceipt } from './readTwilioReceipt.ts';
import { accountCredentials, accountSettings, createResource } from './twilioAccount.ts';

const settings = Type.Object(
  {
    ...accountSettings,
    from: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'The sender: a number of the account in E.164, a short code or an alphanumeric sender.',
      }),
    ),
    messagingServiceSid: Type.Optional(
      Type.String({
        pattern: '^MG[0-9a-fA-F]{32}$',
        description: 'Messaging service that chooses the sender, in place of from.',
      }),
    ),
  },
  { additionalProperties: false },
);

/** Texts through Twilio's Messages resource. https://www.twilio.com/docs/messaging/api/message-resource */
export const twilioSms: ProviderDefinition<'sms', typeof settings, typeof accountCredentials> = {
  name: 'twilio',
  title: 'Twilio',
  channel: 'sms',
  settings,
  credentials: accountCredentials,
  create(config, tools) {
    const { from, messagingServiceSid } = config.settings;
    if (from === undefined && messagingServiceSid === undefined) {
      throw new DeliveryError('configuration', 'sender_missing');
    }
    return {
      send: (message, signal) =>
        createResource(
          config,
          tools,
          'Messages',
          {
            To: message.to,
            Body: message.text,
            ...(messagingServiceSid !== undefined && { MessagingServiceSid: messagingServiceSid }),
            ...(from !== undefined && { From: from }),
            ...(tools.callbackUrl !== undefined && { StatusCallback: tools.callbackUrl }),
          },
          signal,
        ),
    };
  },
  readReceipt: (request, config) => Promise.resolve(readTwilioReceipt(request, config)),
};
