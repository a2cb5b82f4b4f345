import type { PushMessage } from './push/pushMessage.ts';
import type { WebPushSubscription } from './push/pushTarget.ts';

/** Channels of codes and notices, whose words are templates, in the order in which they are shown. */
export const wordedChannels = ['sms', 'voice', 'email'] as const;

/** A way to a person: a text message, a call, an e-mail. */
export type WordedChannel = (typeof wordedChannels)[number];

/** Channels of requests to devices, by whose push service takes them. */
export const pushChannels = ['webpush', 'apns', 'fcm'] as const;

/** A way to a device: the push service of its browser, Apple's, Google's. */
export type PushChannel = (typeof pushChannels)[number];

/** All channels, in the order in which they are shown. */
export const channels = [...wordedChannels, ...pushChannels] as const;

/** A way out for messages. */
export type Channel = WordedChannel | PushChannel;

/** What pages call a message of each channel, in English. */
export const channelNames: Readonly<Record<Channel, string>> = {
  sms: 'Text message',
  voice: 'Call',
  email: 'E-mail',
  webpush: 'Web push',
  apns: 'Push to Apple device',
  fcm: 'Push to Android device',
};

const pushes: readonly string[] = pushChannels;

/** Whether messages of the channel go to devices. */
export function isPushChannel(channel: string): channel is PushChannel {
  return pushes.includes(channel);
}

/**
 * Channels whose messages leave at most once: a second text or call costs money and confuses. An e-mail keeps
 * its id, and a push takes the place of the one before it.
 */
export const onceOnlyChannels = ['sms', 'voice'] as const;

const onceOnly: readonly string[] = onceOnlyChannels;

/** Whether it is one of them. */
export function isOnceOnly(channel: string): boolean {
  return onceOnly.includes(channel);
}

/** What every message has, whatever its channel. */
export interface Envelope {
  /** Id of the queued message; the same for every try, so that a receiver can tell a repetition. */
  id: string;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** A text message, as a provider sends it. */
export interface SmsMessage extends Envelope {
  /** E.164 with its plus sign. */
  to: string;
  /** Plain text; providers choose GSM-7 or UCS-2 by what is in it. */
  text: string;
}

/** One thing that is said, and how long the voice waits after it. */
export interface Phrase {
  /** Plain text; a code comes as its digits with spaces between them. */
  text: string;
  /** Whole seconds, 0 to 10. Default 0. */
  pauseAfterSeconds?: number;
}

/** A call that speaks and hangs up. */
export interface VoiceMessage extends Envelope {
  /** E.164 with its plus sign. */
  to: string;
  /** BCP 47, as in `de` or `pt-BR`: the voice is chosen by it. */
  language: string;
  /** Spoken in order. */
  phrases: readonly Phrase[];
}

/** An e-mail in both its forms. */
export interface Mail extends Envelope {
  /** One plain address. */
  to: string;
  /** In the form of `senderPattern`, where it is not the provider's own sender. */
  from?: string;
  subject: string;
  text: string;
  html: string;
}

/** The message of each channel, as its providers take it. */
export interface MessageOf {
  sms: SmsMessage;
  voice: VoiceMessage;
  email: Mail;
  webpush: PushMessage<WebPushSubscription>;
  apns: PushMessage<string>;
  fcm: PushMessage<string>;
}

/** A message in words: a text, a call, an e-mail. */
export type WordedMessage = MessageOf[WordedChannel];

/** A message of any channel. */
export type AnyMessage = MessageOf[Channel];
