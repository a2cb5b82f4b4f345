import { newId } from '../crypto/ids.ts';
import type { Channel, WordedMessage } from '../delivery/channel.ts';
import type { StoredProvider } from '../delivery/providerStore.ts';
import { DeliveryError } from '../delivery/providers/provider.ts';
import { isRecipient } from '../delivery/recipient.ts';
import { createProvider } from '../delivery/routes.ts';
import type { House } from '../house.ts';
import { providerSetUp } from '../houseDelivery.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import { html } from '../ui/html.ts';
import { CommandError } from './commandError.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';

const timeoutMs = 20_000;

const advice: Readonly<Record<DeliveryError['kind'], string>> = {
  configuration: 'Its credentials or settings are wrong.',
  final: 'It refuses this recipient.',
  retry: 'It may work later.',
  unknown: 'It did not answer in time; the message may have been sent.',
};

/**
 * Has a provider send a test message past the queue, or, without a recipient, asks it whether it lets us in.
 *
 * @throws CommandError `not_delivered`, with the provider's code.
 */
export async function testProvider(house: House, stored: StoredProvider, to: string | undefined) {
  const { channel, role, name } = stored;
  const { database, clock } = house;
  try {
    const provider = await createProvider(providerSetUp(house), stored);
    const start = performance.now();
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      if (to === undefined) {
        if (!provider.check) {
          throw new CommandError('usage', `${name} can’t be asked without sending: give --to.`);
        }
        await provider.check(signal);
        return { channel, role, name, outcome: 'reachable', took_ms: Math.round(performance.now() - start) };
      }
      const message = await wordTest(house, channel, to);
      const details = { channel, role, provider: name };
      await recordOperatorAct(database.db, clock, { description: 'Test a provider', details });
      const { providerMessageId } = await provider.send(message, signal);
      const took = Math.round(performance.now() - start);
      return {
        channel,
        role,
        name,
        outcome: 'accepted',
        provider_message_id: providerMessageId,
        took_ms: took,
      };
    } finally {
      provider.close?.();
    }
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    throw new CommandError('not_delivered', `${name} answered ${error.code}. ${advice[error.kind]}`);
  }
}

async function wordTest({ database, clock }: House, channel: Channel, to: string): Promise<WordedMessage> {
  requireTestRecipient(channel, to);
  const { friendlyName } = await readTenantSettings(database.db);
  const text = `This is a test message of ${friendlyName}. It works.`;
  const envelope = { id: newId('msg', clock), createdAt: clock(), to };
  if (channel === 'sms') return { ...envelope, text };
  if (channel === 'voice') return { ...envelope, language: 'en', phrases: [{ text }] };
  return { ...envelope, subject: 'Test message', text, html: String(html`<p>${text}</p>`) };
}

/** @throws CommandError for what no message of the channel can go to. */
export function requireTestRecipient(channel: Channel, to: string): void {
  if (isRecipient(channel, to)) return;
  const expected = channel === 'email' ? 'an e-mail address' : 'a number in E.164, as in +4915112345678';
  throw new CommandError('invalid_input', `--to: expected ${expected}.`);
}
