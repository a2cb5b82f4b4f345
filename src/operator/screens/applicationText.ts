import type { AppType } from '../../applications/client.ts';

const types: Readonly<Record<AppType, string>> = {
  spa: 'Page in the browser (spa)',
  native: 'App on a device (native)',
  regular_web: 'Web server (regular_web)',
  non_interactive: 'Service (non_interactive)',
};

/** What kind of application it is, in words and in Auth0's. */
export function appTypeText(type: AppType): string {
  return types[type];
}
