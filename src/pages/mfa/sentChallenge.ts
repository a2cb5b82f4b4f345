import type { FastifyReply } from 'fastify';
import type { ThrottleResult } from '../../database/throttle.ts';
import type { Block, Screen } from '../../mfa/screens.ts';
import type { Refusal } from '../../mfa/transaction.ts';
import { endRefused } from '../endRefused.ts';
import type { InteractionVisit } from '../visit.ts';
import { advance, advanceAnew, openChallenge, openEnrolment } from './advance.ts';
import { factorTextAt, showFactorScreen } from './showFactorScreen.ts';
import type { At } from './step.ts';

type InputBlock = Block & { kind: 'input' };

/** Whether a block asks for what an enrolment begins with. */
export function isInput(block: Block): block is InputBlock {
  return block.kind === 'input';
}

/** Begins an enrolment with what the person gave; the code is on its way then. */
export async function submitInput(
  visit: InteractionVisit,
  { transaction, step }: At,
  block: InputBlock,
): Promise<FastifyReply> {
  const { factor, screen } = step;
  const { typed, list } = block;
  const text = factorTextAt(visit, step);
  const showAgain = (key: string, spent?: ThrottleResult) =>
    showFactorScreen(visit, transaction, step, [{ field: typed.field, text: text(key) }], spent);
  const given = visit.field(typed.field)?.trim();
  if (!given) return showAgain(block.emptyText);
  const choice = screen.blocks.find((candidate) => candidate.kind === 'channel-choice');
  const channel = choice && visit.field(choice.field);
  const input = { [typed.member]: given, ...(list ? { [list.field]: visit.field(list.field) } : {}) };
  const begun = await visit.parts.engine.beginEnrolment(
    transaction.id,
    { factor: factor.name, input, ...(channel === undefined ? {} : { channel }) },
    visit.context,
  );
  if (begun.outcome === 'begun') return advance(visit, { ...transaction, state: 'enrolling' });
  const key = inputErrorText(begun, screen.tooManyText, block);
  return key ? showAgain(key, begun.throttle) : endRefused(visit, begun);
}

/** Sends the challenge again, by another channel if one is named, and shows its screen. */
export async function resend(
  visit: InteractionVisit,
  { transaction, step }: At,
  channel?: string,
): Promise<FastifyReply> {
  const sent = await visit.parts.engine.resendChallenge(transaction.id, channel, visit.context);
  if (sent.outcome === 'sent') return advanceAnew(visit, transaction);
  const key = sendErrorText(sent.code, step.screen);
  if (key === undefined) return endRefused(visit, sent);
  const text = factorTextAt(visit, step)(key);
  return showFactorScreen(visit, transaction, step, [{ text }], sent.throttle);
}

/** Refusals of sending to an enrolled method that its screen explains; undefined for the others. */
export function sendErrorText(code: string | undefined, screen: Screen): string | undefined {
  if (code === 'too_many_sends') return screen.tooManyText;
  return code === 'destination_refused' ? screen.unavailableText : undefined;
}

/** Back to what the enrolment began with. */
export function goToInput(visit: InteractionVisit, { transaction, step }: At): Promise<FastifyReply> {
  return openEnrolment(visit, transaction, step.factor.name);
}

/** From a challenge to the list of the factor's methods, and back. */
export async function changeList(visit: InteractionVisit, { transaction, step }: At): Promise<FastifyReply> {
  const list = step.factor.screens.screens.find((screen) => screen.step === 'pick-method');
  const isOnList = step.screen.step === 'pick-method';
  return isOnList || !list ? advance(visit, transaction) : visit.goTo(list.id);
}

/** Sends a challenge to the method chosen from the list. */
export function pickMethod(visit: InteractionVisit, { transaction, step }: At): Promise<FastifyReply> {
  const chosen = step.others?.find(({ id }) => id === visit.field('method'));
  return chosen
    ? openChallenge(visit, transaction, step.factor.name, chosen.id)
    : advance(visit, transaction);
}

/** Refusals after which the person can put something right; undefined for the others. */
function inputErrorText(
  { code }: Refusal,
  tooManyText: string | undefined,
  block: InputBlock,
): string | undefined {
  switch (code) {
    case 'malformed_input':
      return block.malformedText;
    case 'destination_refused':
      return block.refusedText;
    case 'too_many_sends':
      return tooManyText;
    default:
      return undefined;
  }
}
