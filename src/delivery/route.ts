import type { Channel, MessageOf } from './channel.ts';
import type { HandOver, Provider } from './providers/provider.ts';
import { DeliveryError } from './providers/provider.ts';

/** A way for messages of one channel to leave: a stored provider, one from the settings, or none. */
export interface Route<OneChannel extends Channel = Channel> {
  /** Of the stored provider, else the route's name. */
  id: string;
  /** As the delivery log calls it. */
  name: string;
  channel: OneChannel;
  /** Messages that are handed over at the same time, in this process. */
  concurrency: number;
  /** Whether failures open its breaker: not where each message has a service of its own. */
  isWatched: boolean;
  /** Whether the message stays readable in the database afterwards: only the outbox of `--dev` wants that. */
  keepsContent: boolean;
  send(message: MessageOf[OneChannel], signal: AbortSignal): Promise<HandOver>;
}

/** The ways out of a channel, the preferred one first; never none. Asked for each batch. */
export type FindRoutes = (channel: Channel) => Promise<readonly Route[]>;

/** A provider that is set up, as a route. */
export function providerRoute<OneChannel extends Channel>(
  of: { id: string; name: string; channel: OneChannel; concurrency: number },
  provider: Provider<MessageOf[OneChannel]>,
): Route<OneChannel> {
  return {
    ...of,
    isWatched: provider.isOneService ?? true,
    keepsContent: false,
    send: (message, signal) => provider.send(message, signal),
  };
}

const concurrencyWithoutProvider = 10;

/** Sends nothing: the message is left in the database for the outbox of `--dev` to show. */
export function outboxRoute(channel: Channel): Route {
  return { ...inner('outbox', channel), keepsContent: true, send: async () => ({}) };
}

/** Stands in while nothing is set up: messages wait and, when nothing is in time, fail and are logged. */
export function missingRoute(channel: Channel): Route {
  return {
    ...inner('none', channel),
    keepsContent: false,
    send: () => Promise.reject(new DeliveryError('configuration', 'no_provider')),
  };
}

function inner(name: string, channel: Channel) {
  return { id: name, name, channel, concurrency: concurrencyWithoutProvider, isWatched: false };
}
