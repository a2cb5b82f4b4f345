import type { TenantSettings } from '../../tenant/tenantSettings.ts';

/** Where a person finds help, as the address of a link; undefined when the tenant names none. */
export function supportAddress({ supportEmail, supportUrl }: TenantSettings): string | undefined {
  return supportUrl ?? (supportEmail && `mailto:${supportEmail}`);
}
