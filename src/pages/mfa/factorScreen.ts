import type { FastifyReply } from 'fastify';
import { browserCookie } from '../../http/browserCookie.ts';
import type { Block } from '../../mfa/screens.ts';
import type { Refusal, Transaction } from '../../mfa/transaction.ts';
import { endRefused } from '../endRefused.ts';
import type { InteractionPage } from '../interactionRoute.ts';
import type { InteractionVisit } from '../visit.ts';
import { advance } from './advance.ts';
import { rememberField } from './factorBlocks.ts';
import { isPhone } from './isPhone.ts';
import { downloadShownCode, factorTextAt, showFactorScreen } from './showFactorScreen.ts';
import { type ScreenStep, stepAt, stepOf } from './step.ts';

interface At {
  transaction: Transaction;
  step: ScreenStep;
}

/** The page of one screen of a factor, whatever the factor. */
export function factorScreenPage(screenId: string): InteractionPage {
  const onlyAtItsTime =
    (handler: (visit: InteractionVisit, at: At) => Promise<FastifyReply> | FastifyReply) =>
    async (visit: InteractionVisit): Promise<FastifyReply> => {
      const { engine } = visit.parts;
      const transaction = await engine.findByInteraction(visit.interaction.uid);
      if (!transaction) return visit.goTo('mfa');
      const next = await stepOf(engine, transaction, isPhone(visit.request));
      const step = stepAt(engine, transaction, next, screenId);
      return step ? handler(visit, { transaction, step }) : advance(visit, transaction);
    };
  return {
    name: screenId,
    prompts: ['login', 'mfa'],
    get: onlyAtItsTime((visit, { transaction, step }) =>
      visit.parameter('download') === undefined
        ? showFactorScreen(visit, transaction, step, [])
        : downloadShownCode(visit, step),
    ),
    post: onlyAtItsTime(answer),
  };
}

async function answer(visit: InteractionVisit, at: At): Promise<FastifyReply> {
  const { transaction, step } = at;
  const action = visit.field('action');
  if (action === 'toggle-view' && step.screen.alternate) return visit.goTo(step.screen.alternate);
  if (action === 'pick-authenticator') {
    return visit.goTo(step.screen.step === 'enrolment' ? 'mfa-begin-enroll-options' : 'mfa-login-options');
  }
  const input = step.screen.blocks.find((block) => block.kind === 'code-input');
  if (input) return submitCode(visit, at, input);
  const confirm = step.screen.blocks.find((block) => block.kind === 'confirm');
  if (confirm && visit.field(confirm.field) === undefined) {
    return showFactorScreen(visit, transaction, step, [
      { field: confirm.field, text: factorTextAt(visit, step)('no-confirmation') },
    ]);
  }
  await visit.parts.engine.acknowledge(transaction.id);
  return advanceAnew(visit, transaction);
}

/** The proof. People type spaces and hyphens as they see them; the factor gets the bare code. */
async function submitCode(
  visit: InteractionVisit,
  { transaction, step }: At,
  input: Block & { kind: 'code-input' },
): Promise<FastifyReply> {
  const { engine } = visit.parts;
  const text = factorTextAt(visit, step);
  const showAgain = (key: string) =>
    showFactorScreen(visit, transaction, step, [{ field: input.field, text: text(key) }]);
  const proof = visit.field(input.field)?.replace(/[\s-]+/g, '');
  if (!proof) return showAgain('no-code');

  const result = await engine.submit(transaction.id, { factor: step.factor.name, proof }, visit.context);
  if (result.outcome === 'refused') {
    const key = errorTextOf(result, input);
    return key ? showAgain(key) : endRefused(visit, result);
  }
  if (result.outcome === 'satisfied' && visit.field(rememberField) === 'true') {
    await rememberBrowser(visit, transaction);
  }
  return advanceAnew(visit, transaction);
}

/** Refusals after which the same screen makes sense again; undefined for the others. */
function errorTextOf({ code }: Refusal, input: Block & { kind: 'code-input' }): string | undefined {
  switch (code) {
    case 'invalid_proof':
      return 'invalid-code';
    case 'malformed_proof':
      return input.malformedText;
    case 'factor_disabled':
    case 'unsupported':
      return 'authenticator-error';
    default:
      return undefined;
  }
}

async function rememberBrowser(visit: InteractionVisit, transaction: Transaction): Promise<void> {
  const remembered = await visit.parts.engine.rememberBrowser(transaction.id, visit.context);
  if (remembered) visit.reply.header('set-cookie', browserCookie(remembered, visit.parts.publicUrl));
}

/** Goes on with the transaction as it is stored by now. */
async function advanceAnew(visit: InteractionVisit, { id }: Transaction): Promise<FastifyReply> {
  const transaction = await visit.parts.engine.findByInteraction(visit.interaction.uid);
  return transaction?.id === id ? advance(visit, transaction) : visit.goTo('mfa');
}
