import type { FastifyReply } from 'fastify';
import { type Account, type UserAct, userActs } from '../acts/userActs.ts';
import { question } from '../layout/question.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { accountOf, pathOfUser } from './account.ts';
import { showNotFound } from './status.ts';

/** Asks before something is done to an account, then does it. */
export const userActPage: OperatorPage = {
  path: '/operator/users/:user/:act',
  get: (visit) => withAct(visit, showQuestion),
  post: (visit) => withAct(visit, perform),
};

/** What makes no sense any more, since somebody else was quicker, leads back to the account. */
async function withAct(
  visit: OperatorVisit,
  handler: (visit: OperatorVisit, account: Account, act: UserAct) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const act = userActs.find(({ name }) => name === visit.segment('act'));
  const account = act && (await accountOf(visit));
  if (!act || !account) return showNotFound(visit);
  return act.applies(account) ? handler(visit, account, act) : visit.goTo(pathOfUser(account.user.id));
}

function showQuestion(visit: OperatorVisit, { user }: Account, act: UserAct): Promise<FastifyReply> {
  const path = pathOfUser(user.id);
  return visit.show({
    section: 'users',
    title: act.question,
    back: { path, title: user.email },
    body: question({
      ...act,
      about: user.email,
      target: visit.formTo(`${path}/${act.name}`),
      cancelPath: path,
    }),
  });
}

async function perform(visit: OperatorVisit, { user }: Account, act: UserAct): Promise<FastifyReply> {
  await act.perform(visit, user);
  return visit.goTo(`${pathOfUser(user.id)}?done=${act.name}`);
}
