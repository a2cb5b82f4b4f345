import { newId } from '../crypto/ids.ts';
import { type Channel, isPushChannel } from '../delivery/channel.ts';
import { leaveInOutbox } from '../delivery/leaveInOutbox.ts';
import { sampleCodeMessage, samplePushRequest } from '../delivery/templates/sampleMessages.ts';
import type { House } from '../house.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { requireTestRecipient } from './testProvider.ts';

const lifetimeMs = 300_000;

/**
 * What `provider test` does in development where nothing is stored: leaves a sample code or request in the outbox, or,
 * without a recipient, tells that messages go there.
 *
 * @throws CommandError for what is no recipient.
 */
export async function testOutbox(house: House, channel: Channel, to: string | undefined) {
  const { database, vault, clock, settings } = house;
  const answer = { channel, name: 'outbox', outbox_url: `${settings.publicUrl}dev/outbox` };
  if (to === undefined) return { ...answer, outcome: 'reachable' };
  requireTestRecipient(channel, to);
  await database.transaction(async (trx) => {
    const details = { channel, provider: 'outbox' };
    await recordOperatorAct(trx, clock, { description: 'Test a provider', details });
    await leaveInOutbox(trx, vault, clock, {
      ...(isPushChannel(channel)
        ? samplePushRequest({ channel, target: to })
        : sampleCodeMessage({ channel, to }, 'verification', 'en')),
      challengeId: newId('chl', clock),
      expiresAt: clock() + lifetimeMs,
    });
  });
  return { ...answer, outcome: 'outbox' };
}

/** The same for people. */
export function outboxText({ outcome, outbox_url }: Awaited<ReturnType<typeof testOutbox>>): string {
  return outcome === 'outbox'
    ? `The message went to the outbox: ${outbox_url}`
    : `No provider is set: in development messages go to the outbox, ${outbox_url}`;
}
