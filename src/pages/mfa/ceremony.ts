import type { FastifyReply } from 'fastify';
import type { BrowserNeed, Factor } from '../../mfa/factor.ts';
import type { Screen } from '../../mfa/screens.ts';
import type { RefusalCode } from '../../mfa/transaction.ts';
import { abilitiesCookie, abilityFields } from '../browser/abilities.ts';
import { forgetHeld } from '../browser/rememberedFactors.ts';
import { endRefused } from '../endRefused.ts';
import { failureField } from '../rendering/ceremonyButton.ts';
import type { InteractionVisit } from '../visit.ts';
import { acceptedProof } from './acceptedProof.ts';
import type { CeremonyBlock } from './factorBlocks.ts';
import { factorTextAt, showFactorScreen } from './showFactorScreen.ts';
import type { At } from './step.ts';

/** Takes what the browser answered, or why it didn't; then a new challenge is shown. */
export async function submitCeremony(
  visit: InteractionVisit,
  at: At,
  block: CeremonyBlock,
): Promise<FastifyReply> {
  const { transaction, step } = at;
  const { engine } = visit.parts;
  const showAgain = (key: string) =>
    showFactorScreen(visit, transaction, step, [{ text: factorTextAt(visit, step)(key) }]);
  const failure = visit.field(failureField);
  if (failure !== undefined) {
    await reportFailure(visit, at, failure);
    if (hasLostAbility(visit, step.factor)) return visit.goTo('mfa');
    return showAgain(failureText(failure, block));
  }
  const proof = visit.field(block.field);
  if (proof === undefined) return showFactorScreen(visit, transaction, step, []);
  const result = await engine.submit(transaction.id, { challenge: 'latest', proof }, visit.context);
  if (result.outcome !== 'refused') return acceptedProof(visit, at, result);
  const key = refusalText(result.code, step.screen, block);
  return key === undefined ? endRefused(visit, result) : showAgain(key);
}

/** The browser can't: another factor, or the way out for who has none. */
export function continueWithout(visit: InteractionVisit): FastifyReply {
  visit.reply.header('set-cookie', abilitiesCookie(new Set(), visit.parts.publicUrl));
  return visit.goTo('mfa');
}

/** Keeps what the browser says of the device after a failure. Tells whether the factor needs what isn't there. */
function hasLostAbility(visit: InteractionVisit, { needs }: Factor): boolean {
  const told = visit.field(abilityFields['webauthn-platform']);
  if (told !== 'true' && told !== 'false') return false;
  const abilities = new Set<BrowserNeed>(['webauthn']);
  if (told === 'true') abilities.add('webauthn-platform');
  visit.reply.header('set-cookie', abilitiesCookie(abilities, visit.parts.publicUrl));
  return needs !== undefined && !abilities.has(needs);
}

async function reportFailure(
  visit: InteractionVisit,
  { transaction, step: { factor } }: At,
  failure: string,
): Promise<void> {
  const { engine } = visit.parts;
  const isErrorName = /^[A-Za-z]{3,40}$/.test(failure);
  const detail = isErrorName ? failure : 'unknown';
  await engine.reportUnanswered(transaction.id, factor.name, detail, visit.context);
  forgetHeld(visit, transaction.userId, factor.name);
}

/** Names are those of DOMException, WebAuthn Level 3 §5.1. */
function failureText(name: string, block: CeremonyBlock): string {
  if (name === 'InvalidStateError') return block.knownText ?? block.failedText;
  return name === 'NotAllowedError' || name === 'AbortError' ? block.cancelledText : block.failedText;
}

/** Refusals after which a new challenge may be answered; undefined for the others. */
function refusalText(
  code: RefusalCode,
  { expiredText }: Screen,
  { failedText }: CeremonyBlock,
): string | undefined {
  switch (code) {
    case 'invalid_proof':
    case 'malformed_proof':
      return failedText;
    case 'challenge_expired':
    case 'wrong_challenge':
      return expiredText ?? failedText;
    case 'factor_disabled':
    case 'unsupported':
      return 'authenticator-error';
    default:
      return undefined;
  }
}
