import { type Static, Type } from 'typebox';
import type { SettingsFault } from '../../mfa/factor.ts';

const minutes = { minimum: 10, maximum: 1440 };

/** How long passes work. A change counts for passes handed out from then on. */
export const temporaryPassSettings = Type.Object({
  usualMinutes: Type.Integer({
    ...minutes,
    default: 60,
    description: 'How long a pass works unless the operator says otherwise.',
  }),
  longestMinutes: Type.Integer({
    ...minutes,
    default: 1440,
    description: 'The longest that an operator may choose, a day at the most.',
  }),
});

export type TemporaryPassSettings = Static<typeof temporaryPassSettings>;

export function checkTemporaryPassSettings({
  usualMinutes,
  longestMinutes,
}: TemporaryPassSettings): SettingsFault | undefined {
  return usualMinutes > longestMinutes
    ? { setting: 'usual_minutes', message: `expected longest_minutes, ${longestMinutes}, at the most` }
    : undefined;
}
