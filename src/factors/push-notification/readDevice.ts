import { cutMethodName, plainMethodName } from '../../mfa/methodName.ts';
import { readDeviceKey } from './deviceKey.ts';
import { readPushTarget } from './pushTarget.ts';
import type { Device } from './state.ts';

/** What a device may change of itself; what is absent stays. */
export type DeviceChange = Partial<Pick<Device, 'identifier' | 'name' | 'push'>>;

type Members = Readonly<Record<string, unknown>>;

/** Longer names than any device has are nobody's; what there is no room for is cut. */
const longestName = 1000;

/**
 * Reads the body of `POST /api/enroll`; undefined when it has not the form. Members that it doesn't know are
 * ignored, since libraries add some.
 */
export function readDevice(input: unknown): Device | undefined {
  const members = membersOf(input);
  if (!members) return undefined;
  const identifier = readIdentifier(members.identifier);
  const name = readName(members.name);
  const key = readDeviceKey(members.public_key);
  const { push_credentials: credentials, number_matching: matches = false } = members;
  const push = credentials === undefined ? undefined : readPushTarget(credentials);
  if (identifier === undefined || name === undefined || !key || typeof matches !== 'boolean')
    return undefined;
  if (credentials !== undefined && !push) return undefined;
  return { identifier, name, key, ...(push ? { push } : {}), matchesNumbers: matches };
}

/** Reads the body of `PATCH /api/device-accounts/{id}`, likewise. */
export function readChange(input: unknown): DeviceChange | undefined {
  const members = membersOf(input);
  if (!members) return undefined;
  const { identifier, name, push_credentials: push } = members;
  const read = {
    ...(identifier === undefined ? {} : { identifier: readIdentifier(identifier) }),
    ...(name === undefined ? {} : { name: readName(name) }),
    ...(push === undefined ? {} : { push: readPushTarget(push) }),
  };
  const isWhole = Object.values(read).every((value) => value !== undefined);
  return isWhole ? (read as DeviceChange) : undefined;
}

function membersOf(input: unknown): Members | undefined {
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
  return isObject ? (input as Members) : undefined;
}

/** A UUID, or what else a system calls a device: printable ASCII without spaces. */
function readIdentifier(value: unknown): string | undefined {
  return typeof value === 'string' && /^[!-~]{1,128}$/.test(value) ? value : undefined;
}

function readName(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > longestName) return undefined;
  return cutMethodName(plainMethodName(value)) || undefined;
}
