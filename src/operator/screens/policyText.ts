import type { TenantSettings } from '../../tenant/tenantSettings.ts';
import { duration } from '../layout/duration.ts';

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
  { policy, rememberBrowser, phishingResistantOnly, proofMinutes }: TenantSettings,
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
    ...(proofMinutes
      ? [
          `Within a session a second factor counts for ${duration(proofMinutes * 60)}, then it is asked for again.`,
        ]
      : []),
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
  return [
    `Wherever a second factor is demanded, only these count: ${names.join(', ')}. No other page can relay them.`,
    `${resistantUsers} of ${users} people have one.`,
    ...describeOthers(enrolledUsers - resistantUsers),
    ...describeNobody(users - enrolledUsers),
    'Operators are no exception: who signed in here otherwise is asked at the next click.',
    withoutPages,
  ];
}

/** What happens to those who lack one once it counts, a sentence each; `endsSession` is the operator's own. */
export function describeStricter(
  { users, enrolledUsers, resistantUsers }: Spread,
  endsSession: boolean,
): string[] {
  const lacking = users - resistantUsers;
  return [
    ...(endsSession
      ? [
          'Your own session ends at the next click, since you signed in by something else. You sign in again with a security key or device; without one, you prove what you have and set up a key in the same go. Have it at hand, in a browser that can use it.',
        ]
      : []),
    lacking > 0
      ? `${lacking} of ${users} people have no such factor.`
      : 'Everybody else has such a factor already.',
    ...describeOthers(enrolledUsers - resistantUsers),
    ...describeNobody(users - enrolledUsers),
    ...(lacking > 0
      ? [
          'Who has no key or suitable phone at hand then, or a browser that can’t use one, stays out until they have, or until any factor counts again.',
        ]
      : []),
    withoutPages,
  ];
}

const withoutPages =
  'Applications without pages can’t ask for it. Where they demand a second factor, their sign-ins end with it.';

function describeOthers(count: number): string[] {
  if (count <= 0) return [];
  return [
    `${peopleHave(count)} another one only: they prove it at their next sign-in that demands one, and set up a key or device in the same go. A browser that can’t do that keeps them out.`,
  ];
}

function describeNobody(count: number): string[] {
  if (count <= 0) return [];
  return [
    `${peopleHave(count)} no second factor at all: they set up a security key right after the password, at their next sign-in that demands one.`,
  ];
}

function peopleHave(count: number): string {
  return count === 1 ? '1 person has' : `${count} people have`;
}
