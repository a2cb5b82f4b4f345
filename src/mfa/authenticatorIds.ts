import { deviceId } from '../crypto/ids.ts';
import type { Factor } from './factor.ts';
import type { FactorRegistry } from './registry.ts';

/** A method under the id by which the MFA API knows it: one for each channel. */
export interface NamedAuthenticator {
  id: string;
  channel?: string;
}

/** The id of a new method of this factor: `totp|dev_…`. */
export function newMethodId({ wire }: Factor): string {
  return `${wire.idPrefix}|${deviceId()}`;
}

/** The ids of one method in the MFA API: a phone is `sms|dev_…` and `voice|dev_…`, an app `totp|dev_…`. */
export function authenticatorsOf(
  { wire }: Factor,
  methodId: string,
  channelsOn: readonly string[] | undefined,
): NamedAuthenticator[] {
  if (!wire.channels) return [{ id: methodId }];
  const suffix = methodId.slice(wire.idPrefix.length);
  return wire.channels
    .filter(({ name }) => channelsOn?.includes(name))
    .map(({ name, idPrefix }) => ({ id: `${idPrefix}${suffix}`, channel: name }));
}

/** The method, and the channel, that an id of the MFA API names; the id itself when nobody else's prefix. */
export function readAuthenticatorId(
  registry: FactorRegistry,
  id: string,
): { methodId: string; channel?: string } {
  const [prefix] = id.split('|', 1);
  for (const { wire } of registry.all) {
    const channel = wire.channels?.find(({ idPrefix }) => idPrefix === prefix);
    if (channel) {
      const methodId = `${wire.idPrefix}${id.slice(channel.idPrefix.length)}`;
      return { methodId, channel: channel.name };
    }
  }
  return { methodId: id };
}
