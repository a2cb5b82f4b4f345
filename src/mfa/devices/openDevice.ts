import type { RequestContext } from '../../config/requestContext.ts';
import type { Db } from '../../database/database.ts';
import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import { holdUser } from '../attempts.ts';
import type { Factor, FactorContext } from '../factor.ts';
import type { AuthenticationMethod } from '../methods.ts';
import type { EngineParts, EngineUser } from '../parts.ts';
import type { FactorRegistry } from '../registry.ts';
import type { DeviceBearer, DeviceRefusal, DeviceRefusalCode } from './deviceDesk.ts';
import type { DeviceSide } from './deviceFactor.ts';

export type DeviceFactor = Factor & { device: DeviceSide };

/** A device that proved to be itself, with its person. */
export interface OpenedDevice {
  parts: EngineParts;
  db: Db;
  deviceId: string;
  user: EngineUser;
  settings: TenantSettings;
  factor: DeviceFactor;
  method: AuthenticationMethod;
  /** The person's methods, implicit ones aside. */
  methods: readonly AuthenticationMethod[];
  factorContext: FactorContext;
  context: RequestContext;
}

export function refuseDevice(code: DeviceRefusalCode, throttle?: DeviceRefusal['throttle']): DeviceRefusal {
  return { outcome: 'refused', code, ...(throttle ? { throttle } : {}) };
}

export function hasDevice(factor: Factor | undefined): factor is DeviceFactor {
  return factor?.device !== undefined;
}

/** Reads as a device, without changing anything. */
export async function readAsDevice<Result>(
  parts: EngineParts,
  device: DeviceBearer,
  context: RequestContext,
  read: (opened: OpenedDevice) => Promise<Result>,
): Promise<Result | DeviceRefusal> {
  const opened = await openDevice(parts, parts.database.db, device, context);
  return opened ? read(opened) : refuseDevice('unknown_device');
}

/** One database transaction of a device, in which nothing else of its person changes. */
export function actAsDevice<Result>(
  parts: EngineParts,
  device: DeviceBearer,
  context: RequestContext,
  act: (opened: OpenedDevice) => Promise<Result>,
): Promise<Result | DeviceRefusal> {
  return parts.database.transaction(async (trx): Promise<Result | DeviceRefusal> => {
    const owner = await ownerOf(parts, trx, device.deviceId);
    if (owner) await holdUser(trx, owner.userId);
    const opened = owner && (await openDevice(parts, trx, device, context));
    return opened ? act(opened) : refuseDevice('unknown_device');
  });
}

/** A removed device, a foreign bearer and a blocked person are all the same unknown one (S-11, S-55). */
async function openDevice(
  parts: EngineParts,
  db: Db,
  { deviceId, bearer }: DeviceBearer,
  context: RequestContext,
): Promise<OpenedDevice | undefined> {
  const owner = await ownerOf(parts, db, deviceId);
  const user = owner && (await parts.findUser(db, owner.userId));
  if (!user || user.blocked) return undefined;
  const methods = await parts.methods.ofUser(db, user.id);
  const method = methods.find(({ id }) => id === owner.methodId);
  if (!method) return undefined;
  const settings = await parts.settings(db);
  const { factor } = owner;
  const factorContext = parts.factorContext(db, factor, settings, user, context);
  const isOwn = await factor.device.isOwnBearer(factorContext, method.state, bearer, {
    deviceId,
    userId: user.id,
  });
  if (!isOwn) return undefined;
  return { parts, db, deviceId, user, settings, factor, method, methods, factorContext, context };
}

async function ownerOf(
  { registry, methods }: EngineParts,
  db: Db,
  deviceId: string,
): Promise<{ userId: string; methodId: string; factor: DeviceFactor } | undefined> {
  for (const factor of deviceFactors(registry)) {
    const methodId = `${factor.wire.idPrefix}|${deviceId}`;
    const userId = await methods.ownerOf(db, methodId);
    if (userId !== undefined) return { userId, methodId, factor };
  }
  return undefined;
}

function deviceFactors(registry: FactorRegistry): DeviceFactor[] {
  return registry.all.filter(hasDevice);
}
