import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PasswordFault } from '../../accounts/passwordPolicy.ts';
import { longestPassword, shortestPassword } from '../../accounts/passwordText.ts';
import type { Visitor } from './admit.ts';
import type { MyAccountDependencies } from './dependencies.ts';
import type { VerifyBody } from './enrolmentBodies.ts';
import { describePassword } from './password.ts';
import { invalidPayload, problems, sendProblem } from './problem.ts';
import { sendRefusal } from './refusals.ts';

const advice: Record<PasswordFault, string> = {
  too_short: `A password has ${shortestPassword} characters at least.`,
  too_long: `A password has ${longestPassword} characters at most.`,
  too_common: 'This password is among the first that are guessed.',
  too_personal: 'A password must not be made of your own name or address.',
};

/** Changes the password. The session begun for it is used up only with the change, so a weak one can be tried again. */
export async function changePassword(
  { accounts, database, engine, issuer }: MyAccountDependencies,
  visitor: Visitor,
  { auth_session, new_password: password = '', end_sessions: endsSessions = false }: VerifyBody,
  { context }: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { userId } = visitor;
  const changed = await accounts.changeOwnPassword({
    userId,
    password,
    endsSessions,
    context,
    mayChange: (trx) => engine.selfService.spendPassword(trx, visitor, auth_session, context),
  });
  if (changed.outcome === 'refused') return sendRefusal(reply, changed.refusal);
  if (changed.outcome === 'weak_password') {
    return sendProblem(reply, invalidPayload(advice[changed.fault], 'new_password'));
  }
  const method = await describePassword(database.db, userId);
  if (!method) return sendProblem(reply, problems.notFound);
  const location = `${issuer}me/v1/authentication-methods/${encodeURIComponent(method.id)}`;
  return reply.code(201).header('location', location).send(method);
}
