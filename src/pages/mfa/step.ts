import type { Factor, Shown } from '../../mfa/factor.ts';
import type { Screen } from '../../mfa/screens.ts';
import type { Transaction } from '../../mfa/transaction.ts';
import type { PagesEngine } from '../dependencies.ts';

/** A factor's screen with what it shows. */
export interface ScreenStep {
  kind: 'screen';
  factor: Factor;
  screen: Screen;
  shown: Shown;
}

/** What comes next for a transaction. */
export type Step =
  | ScreenStep
  | { kind: 'choose-enrolment' }
  | { kind: 'complete' }
  | { kind: 'blocked' }
  | { kind: 'locked' }
  | { kind: 'over' };

/**
 * Derives the next step from the transaction as it is stored, so that no address, back button,
 * second tab or repeated post leads past one (S-36).
 * @param isPhone chooses between two screens of one step
 */
export async function stepOf(engine: PagesEngine, transaction: Transaction, isPhone: boolean): Promise<Step> {
  const { state, requirement, reveal } = transaction;
  if (state === 'locked') return { kind: 'locked' };
  if (state === 'expired' || state === 'rejected' || state === 'completed') return { kind: 'over' };
  if (state === 'satisfied') {
    if (!reveal) return { kind: 'complete' };
    return screenStep(
      engine,
      reveal.factor,
      reveal.isReplacement ? 'replacement' : 'reveal',
      reveal.shown,
      isPhone,
    );
  }
  if (requirement.kind === 'none') return { kind: 'complete' };
  if (requirement.kind === 'blocked') return { kind: 'blocked' };
  if (requirement.kind === 'challenge') {
    return screenStep(engine, requirement.factors[0], 'challenge', {}, isPhone);
  }
  const pending = await engine.pendingEnrolment(transaction.id);
  return pending
    ? screenStep(engine, pending.factor, 'enrolment', pending.shown, isPhone)
    : { kind: 'choose-enrolment' };
}

/**
 * The step a screen may be shown for: the next step itself, its other view, or a challenge of
 * another factor that would do as well. Undefined when another step comes first.
 */
export function stepAt(
  engine: PagesEngine,
  transaction: Transaction,
  step: Step,
  screenId: string,
): ScreenStep | undefined {
  if (step.kind !== 'screen') return undefined;
  const { requirement } = transaction;
  const factors =
    step.screen.step === 'challenge' && requirement.kind === 'challenge'
      ? requirement.factors.map((name) => engine.registry.get(name))
      : [step.factor];
  for (const factor of factors) {
    const screen = factor?.screens.screens.find(({ id }) => id === screenId);
    if (factor && screen?.step === step.screen.step) return { ...step, factor, screen };
  }
  return undefined;
}

function screenStep(
  engine: PagesEngine,
  factorName: string | undefined,
  wanted: Screen['step'],
  shown: Shown,
  isPhone: boolean,
): ScreenStep | { kind: 'blocked' } {
  const factor = factorName === undefined ? undefined : engine.registry.get(factorName);
  const screens = factor?.screens.screens.filter(({ step }) => step === wanted) ?? [];
  const device = isPhone ? 'phone' : 'desktop';
  const screen = screens.find(({ suits }) => suits === undefined || suits === device) ?? screens[0];
  return factor && screen ? { kind: 'screen', factor, screen, shown } : { kind: 'blocked' };
}
