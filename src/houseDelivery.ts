import type { Db } from './database/database.ts';
import { type DeliveryMeter, openBreakers, queueLengths } from './delivery/deliveryMeter.ts';
import { vapidKeys } from './delivery/push/vapidKeys.ts';
import { vapidSubject } from './delivery/push/vapidSubject.ts';
import type { ProviderSetUp } from './delivery/routes.ts';
import { Routes } from './delivery/routes.ts';
import { settingRoutes } from './delivery/settingRoutes.ts';
import type { House } from './house.ts';
import type { MetricSource } from './http/requestMetrics.ts';
import { createOutboundClient } from './outbound/createOutboundClient.ts';
import { connectionKeeper } from './outbound/keptConnection.ts';
import { readTenantSettings } from './tenant/tenantSettings.ts';

/** What setting up a provider takes, for the server and the command line alike. */
export function providerSetUp(
  db: Db,
  { settings, vault, clock }: Pick<House, 'settings' | 'vault' | 'clock'>,
): ProviderSetUp {
  const { publicUrl, dev: isDevelopment, outboundAllow: allow } = settings;
  return {
    vault,
    publicUrl,
    tools: {
      clock,
      http: createOutboundClient({ allow, isDevelopment }),
      keepConnection: connectionKeeper({ allow, isDevelopment }),
      // What operators allow is for addresses of their own, not for those that devices give.
      deviceHttp: createOutboundClient({ isDevelopment }),
      identify: async () => ({
        ...(await vapidKeys(db, vault, clock)),
        subject: vapidSubject(await readTenantSettings(db), publicUrl),
      }),
    },
    // Loaded when one is stored: most installations need few of them, and some none.
    findDefinition: async (channel, name) =>
      (await import('./delivery/providers/providers.ts')).findProviderDefinition(channel, name),
  };
}

/** The ways out for messages: stored providers, else what the settings say. Close it in the end. */
export async function houseRoutes(house: House): Promise<Pick<Routes, 'of' | 'close'>> {
  const { db } = house.database;
  const setUp = providerSetUp(db, house);
  const fallback = await settingRoutes(house.settings, setUp.tools);
  const routes = new Routes({ ...setUp, db, fallback: fallback.of });
  return {
    of: (channel) => routes.of(channel),
    close() {
      routes.close();
      fallback.close();
    },
  };
}

/** What `/metrics` tells of messages. */
export function deliveryMetrics({ database, clock }: House, meter: DeliveryMeter): readonly MetricSource[] {
  const { db } = database;
  return [
    {
      kind: 'counter',
      name: 'countersign_messages_total',
      help: 'Tries to hand a message over in this process, and receipts, by how they ended',
      labelNames: ['channel', 'provider', 'outcome'],
      read: async () => meter.counts(),
    },
    {
      kind: 'gauge',
      name: 'countersign_messages_waiting',
      help: 'Messages and requests in the queue of all processes',
      labelNames: ['channel'],
      read: () => queueLengths(db),
    },
    {
      kind: 'gauge',
      name: 'countersign_provider_paused',
      help: '1 while a provider is left alone after failures',
      labelNames: ['channel', 'role', 'provider'],
      read: () => openBreakers(db, clock),
    },
  ];
}
