import type { TenantSettings } from '../../tenant/tenantSettings.ts';

/** What a policy means, in a sentence. */
export function describePolicy(policy: TenantSettings['policy']): string {
  return policy === 'always'
    ? 'Every sign-in asks for a second factor, and for an enrolment where there is none.'
    : 'A second factor is asked for only where an application or an API demands it.';
}

/** How many people there are, and how many of them have a second factor, or one that no other page can relay. */
export interface Spread {
  users: number;
  enrolledUsers: number;
  resistantUsers: number;
}

/** What the policy brings about for the people there are now, a sentence each. */
export function describeEffect(
  { policy, rememberBrowser, phishingResistantOnly }: TenantSettings,
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
    rememberBrowser.enabled && !phishingResistantOnly
      ? `A person may have a browser remembered, for ${absoluteDays} days at most and ${idleDays} without use.`
      : 'No browser is remembered: everybody is asked each time.',
    without > 0
      ? `${without} of ${users} people have none yet, and set one up at their next sign-in.`
      : 'Everybody has one already.',
  ];
}

/** What it brings about that any factor counts, a sentence each. */
export function describeAnyFactor(): string[] {
  return [
    'Every factor that is on counts.',
    'A page that looks like yours can relay codes at once, and is let in with them.',
  ];
}

/**
 * The same for phishing-resistant ones only.
 *
 * @param names of the factors that count
 */
export function describeResistance(
  names: readonly string[],
  { users, enrolledUsers, resistantUsers }: Spread,
): string[] {
  const [others, nobody] = [enrolledUsers - resistantUsers, users - enrolledUsers];
  return [
    `Wherever a second factor is demanded, only these count: ${names.join(', ')}. No other page can relay them.`,
    `${resistantUsers} of ${users} people have one.`,
    ...(others > 0
      ? [
          `${peopleHave(others)} another one only: they prove it at their next sign-in that demands it, and set up one of these in the same go. A browser that can’t do that keeps them out.`,
        ]
      : []),
    ...(nobody > 0
      ? [`${peopleHave(nobody)} no second factor at all, to be set up right after the password.`]
      : []),
    'Operators are no exception: who signed in here otherwise is asked at the next click.',
    'Applications without pages can’t ask for it. Where they demand a second factor, their sign-ins end with it.',
  ];
}

function peopleHave(count: number): string {
  return count === 1 ? '1 person has' : `${count} people have`;
}
