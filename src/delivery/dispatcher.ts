import { channels } from './channel.ts';
import { createLane } from './lane.ts';
import { type MessageLaneParts, messageLane } from './messageLane.ts';
import { type RequestLaneParts, requestLane } from './requestLane.ts';
import { settleLost } from './settleLost.ts';

export interface DispatcherParts extends MessageLaneParts, RequestLaneParts {
  /** Told of faults of the queue itself; a message that can't be delivered goes to the tenant log instead. */
  onFault: (error: unknown) => void;
  /** Whether looking at the queue would be in vain, because the database is lost. Default never. */
  isPaused?: () => boolean;
  /** How often the queue is looked at without a kick, milliseconds; 0 for never. Default 1000. */
  pollMs?: number;
}

/** Works off the queue of messages and requests. */
export interface Dispatcher {
  /** Looks at the queue in a moment; call it after a commit that queued something. */
  kick(): void;
  /** Works until nothing is due. */
  drain(): Promise<void>;
  /** Finishes what is being sent and stops looking. */
  stop(): Promise<void>;
}

/** Lets the answer that follows the kick leave first: what the work costs must not show in it (S-83). */
const kickDelayMs = 20;

/**
 * Starts looking at the queue. Any number may run on one database, in one process or on many nodes: each row
 * is worked on by one at a time. Each channel, and the requests, have a lane of their own, so that what is
 * slow in one delays no other. How often a message may be sent: `sendMessage`.
 */
export function startDispatcher(parts: DispatcherParts): Dispatcher {
  const messages = channels.map((channel) => createLane(messageLane(parts, channel)));
  const requests = createLane(
    requestLane(parts, () => {
      // Not waited for here: `drain` looks at them once more in the end.
      for (const lane of messages) lane.drain().catch(parts.onFault);
    }),
  );
  const lanes = [requests, ...messages];
  let isStopped = false;

  async function drain(): Promise<void> {
    if (!isStopped) await settleLost(parts);
    await Promise.all(lanes.map((lane) => lane.drain()));
    // What the requests queued.
    await Promise.all(messages.map((lane) => lane.drain()));
  }

  function look(): void {
    if (!isStopped && !parts.isPaused?.()) drain().catch(parts.onFault);
  }

  let kicked: NodeJS.Timeout | undefined;
  function kick(): void {
    kicked ??= setTimeout(() => {
      kicked = undefined;
      look();
    }, kickDelayMs).unref();
  }

  const pollMs = parts.pollMs ?? 1000;
  const poll = pollMs > 0 ? setInterval(look, pollMs).unref() : undefined;
  return {
    kick,
    drain,
    async stop() {
      isStopped = true;
      clearInterval(poll);
      clearTimeout(kicked);
      for (const lane of lanes) lane.stop();
      await drain().catch(parts.onFault);
    },
  };
}
