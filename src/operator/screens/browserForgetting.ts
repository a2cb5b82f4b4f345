import type { FastifyReply } from 'fastify';
import type { BrowserView } from '../../mfa/browsers/browserDesk.ts';
import { actorOf, contextFor } from '../acts/actor.ts';
import type { Account } from '../acts/userActs.ts';
import { browserText } from '../layout/browserText.ts';
import { question } from '../layout/question.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';
import { accountOf, pathOfUser } from './account.ts';
import { showNotFound } from './status.ts';

/** Asks before one remembered browser of a person is forgotten, then forgets it. */
export const browserForgettingPage: OperatorPage = {
  path: '/operator/users/:user/browsers/:browser',
  get: (visit) => withBrowser(visit, showQuestion),
  post: (visit) => withBrowser(visit, forget),
};

/** What the person's page says afterwards. */
export const forgettingDone = { name: 'forget-browser', done: 'The browser was forgotten.' };

/** Where the question about one browser is. */
export function forgettingPathOf(userId: string, browserId: string): string {
  return `${pathOfUser(userId)}/browsers/${encodeURIComponent(browserId)}`;
}

/** What is forgotten already leads back to the account. */
async function withBrowser(
  visit: OperatorVisit,
  handler: (visit: OperatorVisit, account: Account, browser: BrowserView) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const account = await accountOf(visit);
  if (!account) return showNotFound(visit);
  const browser = account.browsers.find(({ id }) => id === visit.segment('browser'));
  return browser ? handler(visit, account, browser) : visit.goTo(pathOfUser(account.user.id));
}

function showQuestion(visit: OperatorVisit, { user }: Account, browser: BrowserView): Promise<FastifyReply> {
  const path = pathOfUser(user.id);
  return visit.show({
    section: 'users',
    title: `Forget ${browserText(browser.userAgent)}?`,
    back: { path, title: user.email },
    body: question({
      about: user.email,
      target: visit.formTo(forgettingPathOf(user.id, browser.id)),
      effects: [
        'This browser asks for the second factor again at its next sign-in. The others stay remembered.',
        'Its session, if there is one, stays.',
      ],
      button: 'Forget the browser',
      isDangerous: false,
      cancelPath: path,
    }),
  });
}

async function forget(visit: OperatorVisit, { user }: Account, { id }: BrowserView): Promise<FastifyReply> {
  await visit.parts.engine.browsers.forget(user.id, id, actorOf(visit), contextFor(visit, user));
  return visit.goTo(`${pathOfUser(user.id)}?done=${forgettingDone.name}`);
}
