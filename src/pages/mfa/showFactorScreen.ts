import type { FastifyReply } from 'fastify';
import type { ThrottleResult } from '../../database/throttle.ts';
import type { Transaction } from '../../mfa/transaction.ts';
import { type FieldError, form } from '../../ui/form.ts';
import { html, type Markup } from '../../ui/html.ts';
import { endRefused } from '../endRefused.ts';
import { factorText, type TextOf } from '../locale/screenText.ts';
import { ceremonyScripts } from '../rendering/ceremonyButton.ts';
import type { InteractionVisit } from '../visit.ts';
import { mayBeLeft } from './advance.ts';
import { awaitedRequest } from './awaitedRequest.ts';
import type { Awaited } from './deviceBlocks.ts';
import { asideButton, asideForm, factorBlocks, isCeremony, rememberField } from './factorBlocks.ts';
import { skipAction, skipText } from './offerPage.ts';
import { resendWait } from './resendWait.ts';
import { choicesOf, type ScreenStep } from './step.ts';

const formScripts = ['copyCode', 'printPage', 'resendCountdown', 'submitOnce'];

/**
 * Shows a factor's screen, with a new challenge where it is answered there; 400 when something has to be put
 * right, 429 when a budget is spent.
 */
export async function showFactorScreen(
  visit: InteractionVisit,
  transaction: Transaction,
  step: ScreenStep,
  errors: readonly FieldError[],
  spent?: ThrottleResult,
): Promise<FastifyReply> {
  const { factor, screen, sent, others = [] } = step;
  const { engine } = visit.parts;
  const challenge = screen.blocks.some(isCeremony)
    ? await engine.showChallenge(transaction.id, factor.name, visit.context)
    : undefined;
  if (challenge?.outcome === 'refused') return endRefused(visit, challenge);
  const awaited = await awaitedRequest(visit, transaction, step);
  const text = factorTextAt(visit, step);
  const target = visit.formTo(screen.id);
  const blocks = factorBlocks({
    screen,
    text,
    shown: { ...step.shown, ...challenge?.shown },
    errors,
    canPickAnother: choicesOf(engine, transaction, visit.browser).length > 1,
    canRememberBrowser: transaction.allowsRememberBrowser,
    isRememberTicked:
      visit.request.method === 'GET'
        ? visit.settings.rememberBrowser.isTicked === true
        : visit.field(rememberField) === 'true',
    downloadPath: `${visit.path(screen.id)}&download=true`,
    choices: screen.step === 'input' ? await engine.inputChoices(factor.name, visit.regionalLocale) : {},
    given: (field) => visit.field(field),
    channels: engine.registry.channelsOf(factor, visit.settings) ?? [],
    others,
    sent: sent && {
      channel: sent.channel,
      resendSeconds: secondsToResend(visit, sent, awaited, spent),
    },
    awaited,
  });
  // Where it can be put off, that leaves it too.
  const canSkip = mayBeLeft(transaction) && !screen.blocks.some(({ kind }) => kind === 'postpone');
  const view = {
    title: text('pageTitle'),
    scripts: challenge ? ceremonyScripts : scriptsFor(awaited),
    body: html`${form(target, 'step', html`${blocks}${canSkip && skipButton(visit)}`)}${form(target, asideForm, null)}`,
  };
  return spent ? visit.showThrottled(spent, view) : visit.show(errors.length > 0 ? 400 : 200, view);
}

/** A request that is over can be followed by another at once, unless asking is paused. */
function secondsToResend(
  { parts }: InteractionVisit,
  { at }: { at: number },
  awaited: Awaited | undefined,
  spent: ThrottleResult | undefined,
): number {
  const since = awaited?.end === undefined ? Math.ceil(resendWait(at, parts.clock()) / 1000) : 0;
  return awaited ? Math.max(since, spent?.retryAfterSeconds ?? 0) : since;
}

function scriptsFor(awaited: Awaited | undefined): string[] {
  return awaited && awaited.end === undefined ? [...formScripts, 'awaitAnswer'] : formScripts;
}

/** Leaves an enrolment that the person chose and nothing demands. */
function skipButton(visit: InteractionVisit): Markup {
  return asideButton(skipAction, skipText(visit));
}

/** The code on a screen as a text file: works without scripts, and only while the screen is due. */
export function downloadShownCode(visit: InteractionVisit, step: ScreenStep): FastifyReply {
  const source = step.screen.blocks.find((block) => block.kind === 'text-code' && block.download);
  const shown = source?.kind === 'text-code' ? step.shown[source.source] : undefined;
  if (shown === undefined) return visit.goTo(step.screen.id);
  const text = factorTextAt(visit, step);
  const [code = '', ...others] = shown.split(' ').map((one) => one.match(/.{1,4}/g)?.join(' ') ?? '');
  const codes = others.length > 0 ? ['', code, ...others].join('\n') : ` ${code}`;
  return visit.reply
    .type('text/plain; charset=utf-8')
    .header('content-disposition', `attachment; filename="${step.factor.name}.txt"`)
    .send(`${visit.settings.friendlyName}\n${text('altText')}:${codes}\n\n${text('description')}\n`);
}

/** The texts of a factor's screen in the person's language. */
export function factorTextAt(visit: InteractionVisit, { factor, screen, shown }: ScreenStep): TextOf {
  // A number stays on one line.
  const unbroken = Object.entries(shown).map(([name, value]) => [
    name,
    /^[+\dX ()/-]+$/.test(value) ? value.replaceAll(' ', '\u00a0') : value,
  ]);
  const variables = { ...visit.variables, ...Object.fromEntries(unbroken) };
  return factorText(visit.locale, factor.texts, screen.prompt, screen.id, variables);
}
