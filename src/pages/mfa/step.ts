import type { Factor, Shown } from '../../mfa/factor.ts';
import type { Screen } from '../../mfa/screens.ts';
import { isStandby } from '../../mfa/standby.ts';
import type { Transaction } from '../../mfa/transaction.ts';
import type { KnownBrowser } from '../browser/knownBrowser.ts';
import { answerableFactors, mustBeAsked, usableFactors } from '../browser/usableFactors.ts';
import type { PagesEngine } from '../dependencies.ts';

/** A factor's screen with what it shows. */
export interface ScreenStep {
  kind: 'screen';
  factor: Factor;
  screen: Screen;
  shown: Shown;
  /** With a challenge that was sent: by which channel and when, epoch milliseconds. */
  sent?: { channel: string; at: number };
  /** The person's other methods of this factor. */
  others?: readonly { id: string; name: string }[];
  /** What was sent can't be answered any more. */
  isOver?: true;
}

/** A screen in its transaction. */
export interface At {
  transaction: Transaction;
  step: ScreenStep;
}

/** What comes next for a transaction. */
export type Step =
  | ScreenStep
  /** The browser is asked first what it can do. */
  | { kind: 'detect' }
  /** This browser can't do what is demanded; these factors, which stand by, would serve in its place. */
  | { kind: 'unavailable'; factors: readonly string[] }
  | { kind: 'choose-enrolment' }
  /** Nothing more is demanded; these factors could be set up. */
  | { kind: 'offer'; reason: 'lost' | 'this-browser'; factors: readonly string[] }
  | { kind: 'complete' }
  | { kind: 'blocked' }
  | { kind: 'locked' }
  | { kind: 'over' };

/**
 * Derives the next step from the transaction as it is stored, so that no address, back button,
 * second tab or repeated post leads past one (S-36).
 * @param browser chooses among screens of one step, and among factors
 */
export async function stepOf(
  engine: PagesEngine,
  transaction: Transaction,
  browser: KnownBrowser,
): Promise<Step> {
  const { state, requirement } = transaction;
  if (state === 'locked') return { kind: 'locked' };
  if (state === 'expired' || state === 'rejected' || state === 'completed') return { kind: 'over' };
  if (state === 'satisfied') return satisfiedStep(engine, transaction, browser);
  if (requirement.kind === 'none') return { kind: 'complete' };
  if (requirement.kind === 'blocked') return { kind: 'blocked' };
  const factors = factorsOf(engine, requirement.factors);
  if (mustBeAsked(browser, factors)) return { kind: 'detect' };
  return requirement.kind === 'challenge'
    ? challengeStep(engine, transaction, factors, browser)
    : enrolmentStep(engine, transaction, factors, browser);
}

/**
 * The factors that this transaction demands one of and this browser can use, the one to propose first at the
 * head.
 */
export function choicesOf(
  engine: PagesEngine,
  { requirement, userId }: Transaction,
  browser: KnownBrowser,
): Factor[] {
  if (requirement.kind !== 'challenge' && requirement.kind !== 'enrol') return [];
  const factors = factorsOf(engine, requirement.factors);
  return requirement.kind === 'challenge'
    ? answerableFactors(browser, { userId, preferred: requirement.preferred }, factors)
    : usableFactors(browser, factors);
}

/** What is still to be said or shown to who proved everything: first about what was just enrolled. */
async function satisfiedStep(
  engine: PagesEngine,
  transaction: Transaction,
  browser: KnownBrowser,
): Promise<Step> {
  const { id, requirement, reveal } = transaction;
  const hasFollowUp = requirement.kind === 'none' && requirement.followUp !== undefined;
  const enrolled = hasFollowUp ? await engine.followUp(id) : undefined;
  if (enrolled) {
    return screenStep(engine, enrolled.factor, 'follow-up', { nickname: enrolled.name ?? '' }, browser);
  }
  if (reveal) {
    const kind = reveal.isReplacement ? 'replacement' : 'reveal';
    return screenStep(engine, reveal.factor, kind, reveal.shown, browser);
  }
  return offerStep(engine, transaction, browser) ?? { kind: 'complete' };
}

/** The screen of the challenge that was sent, else of the most promising factor. */
async function challengeStep(
  engine: PagesEngine,
  transaction: Transaction,
  factors: readonly Factor[],
  browser: KnownBrowser,
): Promise<Step> {
  const { id, state } = transaction;
  const sent = state === 'challenged' ? await engine.latestChallenge(id) : undefined;
  if (!sent || !factors.some(({ name }) => name === sent.factor)) {
    const answerable = choicesOf(engine, transaction, browser);
    const isHindered = answerable.length < factors.length && answerable.every(isStandby);
    if (isHindered) return { kind: 'unavailable', factors: answerable.map(({ name }) => name) };
    return screenStep(engine, answerable[0]?.name, 'challenge', {}, browser);
  }
  const { channel, sentAt: at, others } = sent;
  const step = screenStep(engine, sent.factor, 'challenge', sent.shown, browser, channel);
  return step.kind === 'screen' ? { ...step, sent: { channel, at }, others } : step;
}

async function enrolmentStep(
  engine: PagesEngine,
  { id }: Transaction,
  factors: readonly Factor[],
  browser: KnownBrowser,
): Promise<Step> {
  const usable = usableFactors(browser, factors);
  if (usable.length === 0 && factors.length > 0) return { kind: 'unavailable', factors: [] };
  const pending = await engine.pendingEnrolment(id);
  if (!pending || !usable.some(({ name }) => name === pending.factor)) return { kind: 'choose-enrolment' };
  const { factor, shown, sent } = pending;
  const step = screenStep(engine, factor, 'enrolment', shown, browser, sent?.channel);
  return sent && step.kind === 'screen' ? { ...step, sent } : step;
}

/** What could be set up, as far as this browser can and the person may want to. */
function offerStep(
  engine: PagesEngine,
  { requirement, userId }: Transaction,
  browser: KnownBrowser,
): Step | undefined {
  const offers = requirement.kind === 'none' ? requirement.offers : undefined;
  // One more of the same kind is a button where that is named, not a page.
  if (!offers || offers.reason === 'another') return undefined;
  const { reason } = offers;
  const isWanted = ({ name }: Factor) =>
    reason === 'lost' ||
    !(browser.marks.has('put-off', userId, name) || browser.marks.has('holds', userId, name));
  const wanted = factorsOf(engine, offers.factors).filter(isWanted);
  if (mustBeAsked(browser, wanted)) return { kind: 'detect' };
  const factors = usableFactors(browser, wanted).map(({ name }) => name);
  return factors.length > 0 ? { kind: 'offer', reason, factors } : undefined;
}

function factorsOf(engine: PagesEngine, names: readonly string[]): Factor[] {
  return names.flatMap((name) => engine.registry.get(name) ?? []);
}

/**
 * The step a screen may be shown for: the next step itself, its other view, a challenge of another
 * factor that would do as well, what an enrolment begins with, or the list of methods. Undefined when
 * another step comes first.
 */
export function stepAt(
  engine: PagesEngine,
  transaction: Transaction,
  step: Step,
  screenId: string,
): ScreenStep | undefined {
  const { requirement } = transaction;
  const isEnrolling =
    step.kind === 'choose-enrolment' || (step.kind === 'screen' && step.screen.step === 'enrolment');
  if (isEnrolling && requirement.kind === 'enrol') {
    const input = findScreen(engine, requirement.factors, screenId, 'input');
    if (input) {
      // What was given before is put right rather than given anew.
      const begun = step.kind === 'screen' && step.factor === input.factor ? step : { shown: {} };
      return { ...begun, kind: 'screen', ...input };
    }
  }
  if (step.kind === 'unavailable') return unsentChallenge(engine, step.factors, screenId);
  if (step.kind !== 'screen') return undefined;
  const own = findScreen(engine, [step.factor.name], screenId, step.screen.step);
  if (own) return suits(own.screen, step) && !isYetToBeSent(step) ? { ...step, ...own } : undefined;
  if (step.screen.step !== 'challenge' || requirement.kind !== 'challenge') return undefined;
  const list = findScreen(engine, [step.factor.name], screenId, 'pick-method');
  if (list && step.others?.length) return { ...step, ...list };
  return unsentChallenge(engine, requirement.factors, screenId);
}

/** Whether this is the screen of a challenge that isn't on its way yet. */
export function isYetToBeSent({ factor, screen, sent }: ScreenStep): boolean {
  return screen.step === 'challenge' && factor.beginChallenge !== undefined && sent === undefined;
}

/** A challenge that needs no sending: what is sent must have been sent first. */
function unsentChallenge(
  engine: PagesEngine,
  factorNames: readonly string[],
  screenId: string,
): ScreenStep | undefined {
  const found = findScreen(engine, factorNames, screenId, 'challenge');
  return found && !found.factor.beginChallenge ? { kind: 'screen', ...found, shown: {} } : undefined;
}

function findScreen(
  engine: PagesEngine,
  factorNames: readonly string[],
  screenId: string,
  wanted: Screen['step'],
): Pick<ScreenStep, 'factor' | 'screen'> | undefined {
  for (const name of factorNames) {
    const factor = engine.registry.get(name);
    const screen = factor?.screens.screens.find(({ id, step }) => id === screenId && step === wanted);
    if (factor && screen) return { factor, screen };
  }
  return undefined;
}

function suits(screen: Screen, { sent, shown }: ScreenStep): boolean {
  if (!hasData(screen, shown)) return false;
  return !sent || !screen.channels || screen.channels.includes(sent.channel);
}

function hasData({ source }: Screen, shown: Shown): boolean {
  return source === undefined || shown[source] !== undefined;
}

function screenStep(
  engine: PagesEngine,
  factorName: string | undefined,
  wanted: Screen['step'],
  shown: Shown,
  { isPhone }: KnownBrowser,
  channel?: string,
): ScreenStep | { kind: 'blocked' } {
  const factor = factorName === undefined ? undefined : engine.registry.get(factorName);
  const ofStep = factor?.screens.screens.filter(({ step }) => step === wanted) ?? [];
  const screens = ofStep.filter(
    (screen) =>
      hasData(screen, shown) &&
      (channel === undefined || !screen.channels || screen.channels.includes(channel)),
  );
  const device = isPhone ? 'phone' : 'desktop';
  const screen = screens.find(({ suits }) => suits === undefined || suits === device) ?? screens[0];
  return factor && screen ? { kind: 'screen', factor, screen, shown } : { kind: 'blocked' };
}
