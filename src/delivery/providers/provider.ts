import type { Static, TObject } from 'typebox';
import type { Clock } from '../../config/clock.ts';
import type { KeepConnection } from '../../outbound/keptConnection.ts';
import type { OutboundClient } from '../../outbound/outboundClient.ts';
import type { Channel, MessageOf } from '../channel.ts';
import type { VapidKeys } from '../push/vapidKeys.ts';

/** What is known once a provider has accepted a message. */
export interface HandOver {
  /** The provider's own id of the message; its receipts name it. */
  providerMessageId?: string;
  cost?: Cost;
}

/** What the provider says it charges. */
export interface Cost {
  /** Decimal number, never negative, as in `0.0075`. */
  amount: string;
  /** ISO 4217. */
  currency: string;
}

/**
 * Why a hand-over failed:
 * - `retry` nothing was taken and another try may help (429, 5xx, connection refused);
 * - `final` this message will never be taken (bad number, opted out);
 * - `gone` nothing will ever be taken for this device again: its push service has forgotten it;
 * - `configuration` credentials or settings are wrong, whoever the recipient is: another provider may take it,
 *   the operator has to act;
 * - `unknown` it may have been taken (no answer after sending): a text or a call is not sent again.
 */
export type DeliveryErrorKind = 'retry' | 'final' | 'gone' | 'configuration' | 'unknown';

/** The provider did not accept the message. Holds nothing of the provider's own words (S-105). */
export class DeliveryError extends Error {
  override name = 'DeliveryError';
  readonly kind: DeliveryErrorKind;
  /** The provider's code or one of ours: letters, digits, `_`, `.` and `-`, at most 64. */
  readonly code: string;
  /** How long the provider asked to be left alone, whole seconds. */
  readonly retryAfterSeconds?: number;

  constructor(
    kind: DeliveryErrorKind,
    code: string,
    { cause, retryAfterSeconds }: { cause?: unknown; retryAfterSeconds?: number | undefined } = {},
  ) {
    const plainCode = code.replace(/[^\w.-]+/g, '_').slice(0, 64);
    super(`not delivered (${kind}): ${plainCode}`, { cause });
    this.kind = kind;
    this.code = plainCode;
    if (retryAfterSeconds !== undefined) this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A service that takes messages of one channel, set up and ready. */
export interface Provider<Message> {
  /**
   * Hands one message over; resolves once the provider has accepted it. One request, never repeated here.
   *
   * @param signal ends the try; what had been sent by then is `unknown`.
   * @throws DeliveryError, and nothing else.
   */
  send(message: Message, signal: AbortSignal): Promise<HandOver>;
  /** Whether it can be reached and lets us in, where that can be asked without sending. @throws DeliveryError */
  check?(signal: AbortSignal): Promise<void>;
  /**
   * Where each message goes to a service that its device named: the failure of one tells nothing about the next,
   * so that none opens a breaker.
   */
  isOneService?: false;
  /** Ends kept connections. */
  close?(): void;
}

/** One that can be asked without sending, and keeps connections. */
export type KeptProvider<Message> = Provider<Message> & Required<Pick<Provider<Message>, 'check' | 'close'>>;

/** What an operator entered, already validated against the definition's schemas. */
export interface ProviderConfig<Settings = unknown, Credentials = unknown> {
  settings: Settings;
  credentials: Credentials;
}

/** What a provider is given to work with. */
export interface ProviderTools {
  http: OutboundClient;
  clock: Clock;
  /** Where receipts for this provider are taken; without it none are asked for. Has no query. */
  callbackUrl?: string;
  /** Messages it is handed at the same time; without it the default of stored providers. */
  concurrency?: number;
}

/** What the push services of browsers take beside. */
export interface WebPushTools extends ProviderTools {
  /** For addresses that devices gave: nothing that is allowed for operators' own is reached by it (S-92). */
  deviceHttp: OutboundClient;
  /** Who we are to push services, as it is at the moment (RFC 8292). */
  identify(): Promise<VapidIdentity>;
}

/** Our keys, and whom push services may write to. */
export interface VapidIdentity extends VapidKeys {
  /** `mailto:` or `https:`. */
  subject: string;
}

/** What Apple's push service takes beside. */
export interface ApnsTools extends ProviderTools {
  keepConnection: KeepConnection;
}

/** What the providers of a channel are given. */
export interface ToolsOf {
  sms: ProviderTools;
  voice: ProviderTools;
  email: ProviderTools;
  webpush: WebPushTools;
  apns: ApnsTools;
  fcm: ProviderTools;
}

/** What all providers together are given. */
export type AllTools = WebPushTools & ApnsTools;

/** A provider's call to the callback URL. */
export interface ReceiptRequest {
  method: string;
  /** Absolute, and as the provider was given it: the public URL with the path and query of this request. */
  url: string;
  /** By name in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** As it arrived. */
  body: Buffer;
}

/** What a provider reports about a message after the hand-over. */
export interface Receipt {
  providerMessageId: string;
  /** `sent` is under way; the other two are final. */
  status: 'sent' | 'delivered' | 'undelivered';
  /** Why it was not delivered: the provider's code, in the form of `DeliveryError.code`. */
  code?: string;
  cost?: Cost;
}

/**
 * `unauthenticated`: unsigned, altered, too old, or meant for another address; answer 403 and change nothing.
 * `ignored`: genuine, but tells nothing about delivery.
 */
export type ReceiptReading = Receipt | 'unauthenticated' | 'ignored';

/**
 * One provider of one channel: what it needs to know, and how it is set up. A service with two channels
 * has two definitions of one name.
 */
export interface ProviderDefinition<
  OneChannel extends Channel = Channel,
  Settings extends TObject = TObject,
  Credentials extends TObject = TObject,
> {
  /** As stored and as typed on the command line. */
  readonly name: string;
  /** As its makers write it. */
  readonly title: string;
  readonly channel: OneChannel;
  /** Every field described; nothing in here is secret. Optional fields have their default in the description. */
  readonly settings: Settings;
  /** Stored encrypted and never shown again. */
  readonly credentials: Credentials;
  /** @throws DeliveryError of the kind `configuration` when what was entered can't work. */
  create(
    config: ProviderConfig<Static<Settings>, Static<Credentials>>,
    tools: ToolsOf[OneChannel],
  ): Provider<MessageOf[OneChannel]>;
  /**
   * Authenticates and reads a receipt (S-97). A genuine one may arrive twice or late, so the caller moves a
   * message's status only forward: from handed over to `sent` to a final one, by a conditional write.
   */
  readReceipt?(
    request: ReceiptRequest,
    config: ProviderConfig<Static<Settings>, Static<Credentials>>,
    tools: Pick<ProviderTools, 'clock'>,
  ): Promise<ReceiptReading>;
}
