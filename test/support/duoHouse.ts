import { duo } from '../../src/factors/duo/index.ts';
import { sealSecrets } from '../../src/mfa/settings/secretSettings.ts';
import { createOutboundClient } from '../../src/outbound/createOutboundClient.ts';
import type { TenantSettings } from '../../src/tenant/tenantSettings.ts';
import type { TestEngine } from './engine.ts';
import type { DuoSimulator } from './simulators/duo.ts';

/** The way out of a test: to this machine too, and to whom the process trusts, where Duo's authorities don't vouch. */
export const connectHere = () => createOutboundClient({ isDevelopment: true });

/** The tenant's factors with Duo as the only independent one, set up for the simulator. */
export function duoAlone(
  { vault }: Pick<TestEngine, 'vault'>,
  { ikey, skey, host }: Pick<DuoSimulator, 'ikey' | 'skey' | 'host'>,
  more: Record<string, unknown> = {},
): TenantSettings['factors'] {
  const settings = sealSecrets(vault, duo, { ikey, skey, host, ...more });
  return { duo: { enabled: true, settings }, 'recovery-code': { enabled: true }, email: { enabled: true } };
}
