import { newId } from '../crypto/ids.ts';
import { type AnyMessage, type Channel, isPushChannel } from '../delivery/channel.ts';
import type { ProviderRole } from '../delivery/providerStore.ts';
import { DeliveryError, type Provider } from '../delivery/providers/provider.ts';
import { readPushTarget } from '../delivery/push/pushTarget.ts';
import { isRecipient } from '../delivery/recipient.ts';
import { samplePushRequest } from '../delivery/templates/sampleMessages.ts';
import { createPushWording } from '../delivery/templates/wordPush.ts';
import type { House } from '../house.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import { html } from '../ui/html.ts';
import { CommandError } from './commandError.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';

const timeoutMs = 20_000;
const pushLifetimeMs = 60_000;

const advice: Readonly<Record<DeliveryError['kind'], string>> = {
  configuration: 'Its credentials or settings are wrong.',
  final: 'It refuses this recipient.',
  gone: 'It does not know this device, or no longer.',
  retry: 'It may work later.',
  unknown: 'It did not answer in time; the message may have been sent.',
};

/** A provider to be tested. */
export interface Tested {
  channel: Channel;
  role: ProviderRole | 'built-in';
  name: string;
  /** Sets it up. @throws DeliveryError */
  open(): Promise<Provider<AnyMessage>>;
}

/**
 * Has a provider send a test message past the queue, or, without a recipient, asks it whether it lets us in.
 *
 * @throws CommandError `not_delivered`, with the provider's code.
 */
export async function testProvider(house: House, tested: Tested, to: string | undefined) {
  const { channel, role, name } = tested;
  const { database, clock } = house;
  try {
    const provider = await tested.open();
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

async function wordTest(house: House, channel: Channel, to: string): Promise<AnyMessage> {
  requireTestRecipient(channel, to);
  const { database, clock, settings } = house;
  const sender = await readTenantSettings(database.db);
  const text = `This is a test message of ${sender.friendlyName}. It works.`;
  const envelope = { id: newId('msg', clock), createdAt: clock() };
  if (isPushChannel(channel)) {
    const word = createPushWording({ publicUrl: settings.publicUrl, sender: async () => sender });
    const times = { startedAt: clock(), expiresAt: clock() + pushLifetimeMs };
    const request = { ...samplePushRequest({ channel, target: to }), ...times };
    return { ...(await word(request, envelope)), body: text } as AnyMessage;
  }
  if (channel === 'sms') return { ...envelope, to, text };
  if (channel === 'voice') return { ...envelope, to, language: 'en', phrases: [{ text }] };
  return { ...envelope, to, subject: 'Test message', text, html: String(html`<p>${text}</p>`) };
}

const expected: Readonly<Record<Channel, string>> = {
  sms: 'a number in E.164, as in +4915112345678',
  voice: 'a number in E.164, as in +4915112345678',
  email: 'an e-mail address',
  webpush: 'the subscription of a browser, as JSON',
  apns: 'the token of a device, in hexadecimal',
  fcm: 'the registration token of a device',
};

/** @throws CommandError for what no message of the channel can go to. */
export function requireTestRecipient(channel: Channel, to: string): void {
  const isMet = isPushChannel(channel) ? readPushTarget(channel, to) !== undefined : isRecipient(channel, to);
  if (!isMet) throw new CommandError('invalid_input', `--to: expected ${expected[channel]}.`);
}
