import type { Db } from '../database/database.ts';
import type { RequestHandler } from '../delivery/requests.ts';
import { acceptInvitation, findInvited } from './acceptInvitation.ts';
import type { AccountsParts } from './accountsParts.ts';
import { changeOwnPassword, type OwnPasswordChange } from './changeOwnPassword.ts';
import { createUser } from './createUser.ts';
import { handleEmailVerification, requestEmailVerification, verifyEmail } from './emailVerification.ts';
import { checkPassword } from './passwordLogin.ts';
import { changePassword, handlePasswordReset, requestPasswordReset } from './passwordReset.ts';
import { replacePassword } from './replacePassword.ts';
import { sendPasswordReset } from './sendPasswordReset.ts';
import { handleSignUp, handleSignUpFollowUp, requestSignUp, signUp } from './signUp.ts';
import { judgeTicket, type TicketKind, type TicketStanding } from './tickets.ts';
import type { User } from './users.ts';

type Bound<Operation extends (parts: AccountsParts, ...rest: never[]) => unknown> = Operation extends (
  parts: AccountsParts,
  ...rest: infer Rest
) => infer Result
  ? (...rest: Rest) => Result
  : never;

/** What surfaces and the command line do with accounts; each function's own file says how. */
export interface Accounts {
  checkPassword: Bound<typeof checkPassword>;
  signUp: Bound<typeof signUp>;
  requestSignUp: Bound<typeof requestSignUp>;
  verifyEmail: Bound<typeof verifyEmail>;
  requestEmailVerification: Bound<typeof requestEmailVerification>;
  requestPasswordReset: Bound<typeof requestPasswordReset>;
  changePassword: Bound<typeof changePassword>;
  createUser: Bound<typeof createUser>;
  replacePassword: Bound<typeof replacePassword>;
  /** Changes the password for who is signed in. */
  changeOwnPassword<Refusal>(
    change: OwnPasswordChange<Refusal>,
  ): ReturnType<typeof changeOwnPassword<Refusal>>;
  acceptInvitation: Bound<typeof acceptInvitation>;
  findInvited: Bound<typeof findInvited>;
  /** Queues a reset link in the caller's transaction, which `afterQueueing` follows. */
  sendPasswordReset(trx: Db, user: User, origin: Parameters<typeof sendPasswordReset>[3]): Promise<void>;
  /** To be called after a commit that queued messages. */
  afterQueueing(): void;
  /** Whether a link would still work, to decide what page to show; it is not used up. */
  ticketStanding(kind: TicketKind, ticket: string): Promise<TicketStanding>;
  /** For the dispatcher: the work that was put off until after the answers. */
  requestHandlers: Readonly<Record<string, RequestHandler>>;
}

/** Binds the account operations to what they work with. */
export function createAccounts(parts: AccountsParts): Accounts {
  const handler =
    (handle: (parts: AccountsParts, ...rest: Parameters<RequestHandler>) => Promise<void>): RequestHandler =>
    (trx, data) =>
      handle(parts, trx, data);
  return {
    checkPassword: (login) => checkPassword(parts, login),
    signUp: (input) => signUp(parts, input),
    requestSignUp: (input) => requestSignUp(parts, input),
    verifyEmail: (input) => verifyEmail(parts, input),
    requestEmailVerification: (userId) => requestEmailVerification(parts, userId),
    requestPasswordReset: (input) => requestPasswordReset(parts, input),
    changePassword: (input) => changePassword(parts, input),
    createUser: (input) => createUser(parts, input),
    replacePassword: (input) => replacePassword(parts, input),
    changeOwnPassword: (change) => changeOwnPassword(parts, change),
    acceptInvitation: (input) => acceptInvitation(parts, input),
    findInvited: (ticket) => findInvited(parts, ticket),
    sendPasswordReset: (trx, user, origin) => sendPasswordReset(trx, parts, user, origin),
    afterQueueing: () => parts.afterQueueing(),
    ticketStanding: async (kind, ticket) =>
      (await judgeTicket(parts.database.db, parts, kind, ticket)).standing,
    requestHandlers: {
      sign_up: handler(handleSignUp),
      sign_up_follow_up: handler(handleSignUpFollowUp),
      email_verification: handler(handleEmailVerification),
      password_reset: handler(handlePasswordReset),
    },
  };
}
