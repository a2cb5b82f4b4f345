import type { Clock } from '../config/clock.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../database/database.ts';
import { recordEvent } from '../logs/tenantLog.ts';
import type { Email } from './emailTemplates.ts';
import { openContent } from './messages.ts';
import { type Claim, claimDue, markFailed, markForRetry, markSent } from './queue.ts';
import type { RequestHandler } from './requests.ts';
import type { EmailRenderer } from './templates/renderEmail.ts';
import { type MailTransport, UndeliverableError } from './transport.ts';

export interface DispatcherParts {
  database: Database;
  vault: Vault;
  clock: Clock;
  transport: MailTransport;
  render: EmailRenderer;
  /** By kind of request. */
  handlers: Readonly<Record<string, RequestHandler>>;
  /** Told of faults of the queue itself; a message that can't be delivered goes to the tenant log instead. */
  onFault: (error: unknown) => void;
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

const batch = 10;
/** Lets the answer that follows the kick leave first: what the work costs must not show in it (S-83). */
const kickDelayMs = 20;
/** Must end before the lease does. */
const sendTimeoutMs = 60_000;
/** Waiting time before the second, third, … try, seconds; the message is given up after the last. */
const backOffSeconds = [5, 30, 120, 600, 1800, 3600, 7200, 14_400];

/**
 * Starts looking at the queue. Any number may run on one database, in one process or on many nodes:
 * each row is worked on by one at a time. A message is sent at least once and, once marked sent, never
 * again; a process that dies between the two leaves one repetition, with the same message id.
 */
export function startDispatcher(parts: DispatcherParts): Dispatcher {
  const { database, clock } = parts;
  let running: Promise<void> | undefined;
  let isKicked = false;
  let isStopped = false;

  async function run(): Promise<void> {
    try {
      do {
        isKicked = false;
        for (;;) {
          const claims = isStopped ? [] : await claimDue(database.db, clock, batch);
          if (claims.length === 0) break;
          await Promise.all(claims.map((claim) => work(parts, claim)));
        }
      } while (isKicked && !isStopped);
    } finally {
      // In the same turn as the last look at `isKicked`, so that no kick falls between the two.
      running = undefined;
    }
  }

  function drain(): Promise<void> {
    isKicked = true;
    running ??= run();
    return running;
  }

  function look(): void {
    if (!isStopped) drain().catch(parts.onFault);
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
      await running?.catch(parts.onFault);
      parts.transport.close();
    },
  };
}

async function work(parts: DispatcherParts, claim: Claim): Promise<void> {
  const { database, clock } = parts;
  try {
    if (claim.expires_at <= clock()) throw new UndeliverableError('expired');
    await (claim.channel === 'email' ? sendEmail(parts, claim) : answerRequest(parts, claim));
  } catch (error) {
    const waitSeconds = backOffSeconds[claim.attempts - 1];
    if (error instanceof UndeliverableError || waitSeconds === undefined) await giveUp(parts, claim, error);
    else await markForRetry(database.db, claim, clock() + waitSeconds * 1000, reasonOf(error));
  }
}

async function sendEmail({ database, vault, clock, render, transport }: DispatcherParts, claim: Claim) {
  const email = openContent(vault, claim) as Email;
  const words = await render(email);
  const mail = { id: claim.id, to: email.to, createdAt: claim.created_at, ...words };
  await transport.send(mail, AbortSignal.timeout(sendTimeoutMs));
  await markSent(database.db, clock, claim, !transport.keepsContent);
}

async function answerRequest({ database, vault, clock, handlers }: DispatcherParts, claim: Claim) {
  const handler = handlers[claim.template];
  if (!handler) throw new UndeliverableError(`no handler for ${claim.template}`);
  const data = openContent(vault, claim);
  await database.transaction(async (trx) => {
    // First, so that of two processes that believe to hold the row one ends here.
    if (await markSent(trx, clock, claim, true)) await handler(trx, data);
  });
}

async function giveUp({ database, clock }: DispatcherParts, claim: Claim, error: unknown): Promise<void> {
  const reason = reasonOf(error);
  await database.transaction(async (trx) => {
    if (!(await markFailed(trx, claim, reason))) return;
    await recordEvent(trx, clock, {
      type: 'fn',
      ...(claim.user_id !== null && { userId: claim.user_id }),
      details: { template: claim.template, attempts: claim.attempts, reason },
    });
  });
}

/** Names the fault without the server's own text, which may repeat addresses and links. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, responseCode, command } = error as {
    code?: unknown;
    responseCode?: unknown;
    command?: unknown;
  };
  const facts = [code, responseCode, command].filter(
    (fact) => typeof fact === 'string' || typeof fact === 'number',
  );
  return facts.length > 0 ? facts.join(' ') : error.message.slice(0, 200);
}
