import type { FastifyReply } from 'fastify';
import type { MethodView } from '../../mfa/methodViews.ts';
import type { FactorRegistry } from '../../mfa/registry.ts';
import { actorOf, contextFor } from '../acts/actor.ts';
import type { Account } from '../acts/userActs.ts';
import { nameOfFactor } from '../layout/factorName.ts';
import { question } from '../layout/question.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { accountOf, pathOfUser } from './account.ts';
import { showNotFound } from './status.ts';

/** Asks before one method of a person is taken away, then does it. */
export const methodRemovalPage: OperatorPage = {
  path: '/operator/users/:user/methods/:method',
  get: (visit) => withMethod(visit, showQuestion),
  post: (visit) => withMethod(visit, remove),
};

/** What the person's page says afterwards. */
export const removalDone = {
  name: 'remove-method',
  done: 'The method was removed. The person is told by e-mail.',
};

/** Where the question about one method is. */
export function removalPathOf(userId: string, methodId: string): string {
  return `${pathOfUser(userId)}/methods/${encodeURIComponent(methodId)}`;
}

/** A method as operators know it: its factor, and the name that the person gave it. */
export function methodTitle(registry: FactorRegistry, { factor, name }: MethodView): string {
  return nameOfFactor(registry, factor) + (name === undefined ? '' : ` (${name})`);
}

/** What is gone already leads back to the account; nobody takes a way in from themselves by a slip. */
async function withMethod(
  visit: OperatorVisit,
  handler: (visit: OperatorVisit, account: Account, method: MethodView) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const account = await accountOf(visit);
  if (!account) return showNotFound(visit);
  const method = account.methods.find(({ id }) => id === visit.segment('method'));
  return method && !account.isOwn ? handler(visit, account, method) : visit.goTo(pathOfUser(account.user.id));
}

function showQuestion(visit: OperatorVisit, account: Account, method: MethodView): Promise<FastifyReply> {
  const { registry } = visit.parts.engine;
  const { user } = account;
  const path = pathOfUser(user.id);
  return visit.show({
    section: 'users',
    title: `Remove: ${methodTitle(registry, method)}?`,
    back: { path, title: user.email },
    body: question({
      about: user.email,
      target: visit.formTo(removalPathOf(user.id, method.id)),
      effects: [
        ...whatStays(registry, account, method),
        'Remembered browsers are forgotten, and sign-ins under way end. Sessions stay, except those that it began without a password; where it was the second factor, another is asked for at the next demand.',
        'The person is told by e-mail.',
      ],
      button: 'Remove the method',
      isDangerous: true,
      cancelPath: path,
    }),
  });
}

/** The engine takes what can't stand alone along with the last method that can. */
function whatStays(registry: FactorRegistry, { methods }: Account, method: MethodView): string[] {
  const others = methods.filter(({ id }) => id !== method.id);
  const title = (one: MethodView) => methodTitle(registry, one);
  if (others.some(({ factor }) => registry.get(factor)?.kind === 'independent')) {
    return [`It can’t be used any more. These stay: ${others.map(title).join(', ')}.`];
  }
  return [
    others.length === 0
      ? 'It is the only one that this person has.'
      : `It is the last one that can stand alone, so these go with it: ${others.map(title).join(', ')}.`,
    'At the next sign-in that demands a second factor, the password alone is enough to set up a new one. Make sure that the request really comes from this person.',
  ];
}

async function remove(visit: OperatorVisit, { user }: Account, { id }: MethodView): Promise<FastifyReply> {
  const { engine, accounts } = visit.parts;
  await engine.removeMethod(user.id, id, actorOf(visit), contextFor(visit, user));
  accounts.afterQueueing();
  return visit.goTo(`${pathOfUser(user.id)}?done=${removalDone.name}`);
}
