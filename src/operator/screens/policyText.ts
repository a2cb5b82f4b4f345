import type { TenantSettings } from '../../tenant/tenantSettings.ts';

/** What a policy means, in a sentence. */
export function describePolicy(policy: TenantSettings['policy']): string {
  return policy === 'always'
    ? 'Every sign-in asks for a second factor, and for an enrolment where there is none.'
    : 'A second factor is asked for only where an application or an API demands it.';
}

/** How many people there are, and how many of them have a second factor. */
export interface Spread {
  users: number;
  enrolledUsers: number;
}

/** What the policy brings about for the people there are now, a sentence each. */
export function describeEffect(
  { policy, rememberBrowser }: TenantSettings,
  { users, enrolledUsers }: Spread,
): string[] {
  if (policy === 'never') {
    return [
      'Operators prove one at each sign-in to this console, whatever the policy says.',
      enrolledUsers === 0
        ? 'Nobody has one yet.'
        : `${enrolledUsers} of ${users} people have one, and are not asked for it otherwise.`,
    ];
  }
  const { absoluteDays, idleDays } = rememberBrowser;
  const without = users - enrolledUsers;
  return [
    rememberBrowser.enabled
      ? `A person may have a browser remembered, for ${absoluteDays} days at most and ${idleDays} without use.`
      : 'No browser is remembered: everybody is asked each time.',
    without > 0
      ? `${without} of ${users} people have none yet, and set one up at their next sign-in.`
      : 'Everybody has one already.',
  ];
}
