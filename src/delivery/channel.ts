/** All channels, in the order in which they are shown. */
export const channels = ['sms', 'voice', 'email'] as const;

/** A way to a person: a text message, a call, an e-mail. */
export type Channel = (typeof channels)[number];

/** What pages call a message of each channel, in English. */
export const channelNames: Readonly<Record<Channel, string>> = {
  sms: 'Text message',
  voice: 'Call',
  email: 'E-mail',
};

/** What every message in words has, whatever its channel. */
interface Worded {
  /** Id of the queued message; the same for every try, so that a receiver can tell a repetition. */
  id: string;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** A text message, as a provider sends it. */
export interface SmsMessage extends Worded {
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
export interface VoiceMessage extends Worded {
  /** E.164 with its plus sign. */
  to: string;
  /** BCP 47, as in `de` or `pt-BR`: the voice is chosen by it. */
  language: string;
  /** Spoken in order. */
  phrases: readonly Phrase[];
}

/** An e-mail in both its forms. */
export interface Mail extends Worded {
  /** One plain address. */
  to: string;
  /** In the form of `senderPattern`, where it is not the provider's own sender. */
  from?: string;
  subject: string;
  text: string;
  html: string;
}

/** The message in words of each channel. */
export interface MessageOf {
  sms: SmsMessage;
  voice: VoiceMessage;
  email: Mail;
}

/** A message in words, of any channel. */
export type WordedMessage = MessageOf[Channel];
