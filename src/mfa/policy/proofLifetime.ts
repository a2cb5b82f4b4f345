import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import type { DecisionInput } from '../transaction.ts';

const minute = 60_000;

/** How long a second factor counts for an application, milliseconds; without an end of its own when undefined. */
export function proofLifetime(
  settings: Pick<TenantSettings, 'proofMinutes'>,
  client: Pick<DecisionInput['client'], 'proofMinutes'>,
): number | undefined {
  const minutes = client.proofMinutes ?? settings.proofMinutes ?? 0;
  return minutes === 0 ? undefined : minutes * minute;
}
