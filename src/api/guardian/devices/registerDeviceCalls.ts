import type { App } from '../../../http/createApp.ts';
import { atEachMount, scoped } from '../mounted.ts';
import type { DeviceCalls } from './dependencies.ts';
import { registerDeviceAccount } from './deviceAccount.ts';
import { registerEnrol } from './enrol.ts';
import { registerEvents } from './events.ts';
import { registerPushKey } from './pushKey.ts';
import { registerResolveTransaction } from './resolveTransaction.ts';
import { registerRichConsent } from './richConsent.ts';
import { registerWaitingRequest } from './waitingRequest.ts';

/** What devices call: at each mount, and rich consents at the root. */
export async function registerDeviceCalls(app: App, calls: DeviceCalls): Promise<void> {
  app.addHook('preClose', async () => calls.waiters.close());
  await atEachMount(app, (scope, describe) => {
    registerEnrol(scope, describe, calls);
    registerDeviceAccount(scope, describe, calls);
    registerWaitingRequest(scope, describe, calls);
    registerEvents(scope, describe, calls);
    registerPushKey(scope, describe, calls);
    registerResolveTransaction(scope, describe, calls);
  });
  await scoped(app, '', (scope) => registerRichConsent(scope, calls));
}
