import type { RequestStanding } from '../../mfa/devices/deviceDesk.ts';
import type { Factor } from '../../mfa/factor.ts';
import type { Transaction } from '../../mfa/transaction.ts';
import type { InteractionVisit } from '../visit.ts';
import { answerPageName } from './answerPage.ts';
import { type Awaited, isWaiting, type RequestEnd } from './deviceBlocks.ts';
import { choicesOf, type ScreenStep } from './step.ts';

/** What the screen of this step waits for; undefined when it waits for nothing. */
export async function awaitedRequest(
  visit: InteractionVisit,
  transaction: Transaction,
  step: ScreenStep,
): Promise<Awaited | undefined> {
  if (!step.screen.blocks.some(isWaiting)) return undefined;
  const standing = await visit.parts.engine.devices.standing(transaction.id);
  return {
    answerPath: visit.path(answerPageName),
    end: step.isOver ? 'over' : endOf(standing),
    hasDeviceCodes: deviceCodesOf(visit, transaction, step) !== undefined,
  };
}

/** How a request ended without an approval; undefined while there may be one. */
export function endOf(standing: RequestStanding | undefined): RequestEnd | undefined {
  const state = standing?.state ?? 'over';
  return state === 'waiting' || state === 'approved' ? undefined : state;
}

/** The factor whose codes the device makes as well, where they would do in the answer's place. */
export function deviceCodesOf(
  { parts, browser }: InteractionVisit,
  transaction: Transaction,
  { screen, factor }: ScreenStep,
): Factor | undefined {
  if (screen.step !== 'challenge') return undefined;
  const choices = choicesOf(parts.engine, transaction, browser);
  return choices.find(({ deviceCodes, name }) => deviceCodes !== undefined && name !== factor.name);
}
