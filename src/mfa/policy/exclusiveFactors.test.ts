import { expect, it } from 'vitest';
import type { Factor } from '../factor.ts';
import { offeredTogether, setUpTogether } from './exclusiveFactors.ts';

const factor = (name: string, members: Partial<Factor>) =>
  ({ name, kind: 'independent', enrolment: 'by-person', ...members }) as Factor;
const exclusive = factor('exclusive', { isExclusive: true });
const own = factor('own', {});
const mailbox = factor('mailbox', { kind: 'dependent' });
const standby = factor('standby', { kind: 'dependent', enrolment: 'beside-first' });
const handedOut = factor('handed-out', { enrolment: 'by-operator' });

const names = (factors: readonly Factor[]) => factors.map(({ name }) => name);

it.each([
  [
    [exclusive, own, mailbox],
    ['own', 'mailbox'],
  ],
  [[exclusive, mailbox, standby], ['exclusive']],
  [
    [exclusive, mailbox, handedOut],
    ['exclusive', 'handed-out'],
  ],
  [
    [own, mailbox, standby],
    ['own', 'mailbox', 'standby'],
  ],
  [[mailbox], ['mailbox']],
  [[handedOut], ['handed-out']],
])('of what a person has, case %#', (usable, offered) => {
  expect(names(offeredTogether(usable))).toEqual(offered);
});

it.each([
  [
    [exclusive, own, mailbox],
    ['own', 'mailbox'],
  ],
  [[exclusive, mailbox, standby], ['exclusive']],
  [
    [own, mailbox],
    ['own', 'mailbox'],
  ],
  [[mailbox], ['mailbox']],
])('of what is on, case %#', (enabled, toSetUp) => {
  expect(names(setUpTogether(enabled))).toEqual(toSetUp);
});
