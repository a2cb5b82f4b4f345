import { blockUser, unblockUser } from '../../accounts/blockUser.ts';
import { endSessions } from '../../accounts/endSessions.ts';
import type { User } from '../../accounts/users.ts';
import type { Db } from '../../database/database.ts';
import type { BrowserView } from '../../mfa/browsers/browserDesk.ts';
import type { MethodView } from '../../mfa/methodViews.ts';
import type { PassLifetimes } from '../../mfa/passes/handedOut.ts';
import type { OperatorVisit } from '../visit.ts';
import { actorOf, contextFor, recordAct } from './actor.ts';

/** What an operator sees of an account. */
export interface Account {
  user: User;
  methods: readonly MethodView[];
  browsers: readonly BrowserView[];
  /** Epoch milliseconds; absent when second factors aren't locked. */
  lockedUntil?: number;
  /** How long a temporary pass may work; absent while none are handed out. */
  passLifetimes?: PassLifetimes;
  /** Whether it is the operator's own. */
  isOwn: boolean;
}

/** Something an operator may do to an account, after a question of its own. */
export interface UserAct {
  /** Last part of its address. */
  name: string;
  title: string;
  question: string;
  /** What it brings about, a sentence each. */
  effects: readonly string[];
  button: string;
  isDangerous: boolean;
  /** What is said when it is done. */
  done: string;
  /** Whether it makes sense now. */
  applies(account: Account): boolean;
  /** Does it, and logs it in the same transaction (S-108). */
  perform(visit: OperatorVisit, user: User): Promise<void>;
}

const resetMultiFactor: UserAct = {
  name: 'reset-mfa',
  title: 'Reset multi-factor',
  question: 'Take all second factors away?',
  effects: [
    'Every authentication method and the recovery code are removed.',
    'Sessions, refresh tokens and sign-ins under way end at once: nothing goes on claiming the old factors.',
    'A lock on second factors is lifted, and remembered browsers are forgotten.',
    'At the next sign-in that demands a second factor, the password alone is enough to set up a new one. Make sure that the request really comes from this person.',
    'The person is told by e-mail.',
  ],
  button: 'Reset multi-factor',
  isDangerous: true,
  done: 'Multi-factor was reset. The person is told by e-mail.',
  applies: ({ methods, isOwn }) => methods.length > 0 && !isOwn,
  perform: async (visit, user) => {
    await visit.parts.engine.resetUser(user.id, actorOf(visit), contextFor(visit, user));
    visit.parts.accounts.afterQueueing();
  },
};

const inviteToMultiFactor: UserAct = {
  name: 'invite-mfa',
  title: 'Invite to set up a second factor',
  question: 'Send a link to set up a second factor?',
  effects: [
    'A message goes to the account’s e-mail address. Its link works once, for five days, and voids earlier ones.',
    'Who has a second factor already is asked for it first, and adds another one. Nobody is signed in by the link.',
    'The person is told by e-mail when a factor was added.',
  ],
  button: 'Send the link',
  isDangerous: false,
  done: 'A link to set up a second factor is on its way.',
  applies: ({ user }) => !user.blocked,
  perform: async (visit, user) => {
    const { engine, accounts } = visit.parts;
    const invitation = { allowsAnother: true, mail: {} };
    await engine.errands.invite(user.id, invitation, actorOf(visit), contextFor(visit, user));
    accounts.afterQueueing();
  },
};

const unlock: UserAct = {
  name: 'unlock',
  title: 'Unlock second factor',
  question: 'Lift the lock on second factors?',
  effects: [
    'The person may try again at once, with all attempts given back.',
    'So may whoever caused the lock: they know the password. Ask the person first, and send a password reset if it was somebody else.',
  ],
  button: 'Unlock',
  isDangerous: false,
  done: 'The lock was lifted.',
  applies: ({ lockedUntil }) => lockedUntil !== undefined,
  perform: async (visit, user) => {
    await visit.parts.engine.unlockUser(user.id, actorOf(visit), contextFor(visit, user));
  },
};

const forgetBrowsers: UserAct = {
  name: 'forget-browsers',
  title: 'Forget remembered browsers',
  question: 'Forget all remembered browsers?',
  effects: ['Every browser asks for the second factor again.'],
  button: 'Forget browsers',
  isDangerous: false,
  done: 'Remembered browsers were forgotten.',
  applies: ({ browsers }) => browsers.length > 0,
  perform: async (visit, user) => {
    await visit.parts.engine.browsers.forgetAll(user.id, actorOf(visit), contextFor(visit, user));
  },
};

const signOut: UserAct = {
  name: 'sign-out',
  title: 'Sign out everywhere',
  question: 'Sign this person out everywhere?',
  effects: [
    'Sessions in all browsers and the refresh tokens of all applications end at once.',
    'Access tokens that applications verify by themselves live until they expire.',
    'Password, second factors and remembered browsers stay: the person can sign in again at once, and so can whoever knows the password.',
  ],
  button: 'Sign out everywhere',
  isDangerous: false,
  done: 'The person is signed out everywhere.',
  applies: ({ user }) => !user.blocked,
  perform: (visit, user) =>
    inTransaction(visit, user, 'Sign the user out everywhere', (trx) => endSessions(trx, user.id)),
};

const sendPasswordReset: UserAct = {
  name: 'send-password-reset',
  title: 'Send password reset',
  question: 'Send a link to choose a new password?',
  effects: [
    'A message goes to the account’s e-mail address. Its link works once, for an hour, and voids earlier ones.',
    'The present password keeps working until then. A new one replaces no second factor, and signs out everywhere unless the person chooses otherwise.',
  ],
  button: 'Send the link',
  isDangerous: false,
  done: 'A link to choose a new password is on its way.',
  applies: ({ user }) => !user.blocked,
  perform: async (visit, user) => {
    const { ip, userAgent } = visit.request.context;
    await inTransaction(visit, user, 'Send a password reset', (trx) =>
      visit.parts.accounts.sendPasswordReset(trx, user, { ip, userAgent }),
    );
    visit.parts.accounts.afterQueueing();
  },
};

const block: UserAct = {
  name: 'block',
  title: 'Block',
  question: 'Keep this person out?',
  effects: [
    'Sessions, refresh tokens, sign-ins under way, links in messages and remembered browsers end at once.',
    'Access tokens that applications verify by themselves live until they expire.',
    'Second factors are kept, so that unblocking is enough to let the person in again.',
  ],
  button: 'Block',
  isDangerous: true,
  done: 'The account is blocked.',
  applies: ({ user, isOwn }) => !user.blocked && !isOwn,
  perform: (visit, user) =>
    inTransaction(visit, user, 'User block', (trx) => blockUser(trx, visit.parts.clock, user.id)),
};

const unblock: UserAct = {
  name: 'unblock',
  title: 'Unblock',
  question: 'Let this person sign in again?',
  effects: ['Password and second factors are as they were.'],
  button: 'Unblock',
  isDangerous: false,
  done: 'The account is no longer blocked.',
  applies: ({ user }) => user.blocked,
  perform: (visit, user) =>
    inTransaction(visit, user, 'User unblock', (trx) => unblockUser(trx, visit.parts.clock, user.id)),
};

/** Everything that can be done to an account, in the order in which it is offered. */
export const userActs: readonly UserAct[] = [
  unlock,
  inviteToMultiFactor,
  resetMultiFactor,
  forgetBrowsers,
  signOut,
  sendPasswordReset,
  unblock,
  block,
];

async function inTransaction(
  visit: OperatorVisit,
  user: User,
  description: string,
  change: (trx: Db) => Promise<unknown>,
): Promise<void> {
  await visit.parts.database.transaction(async (trx) => {
    await change(trx);
    await recordAct(trx, visit, {
      type: 'sapi',
      description,
      userId: user.id,
      userName: user.email,
      connection: user.connection,
    });
  });
}
