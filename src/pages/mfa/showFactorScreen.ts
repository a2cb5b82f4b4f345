import type { FastifyReply } from 'fastify';
import type { Transaction } from '../../mfa/transaction.ts';
import { type FieldError, form } from '../../ui/form.ts';
import { html } from '../../ui/html.ts';
import { factorText, type TextOf } from '../locale/screenText.ts';
import type { InteractionVisit } from '../visit.ts';
import { asideForm, factorBlocks, rememberField } from './factorBlocks.ts';
import type { ScreenStep } from './step.ts';

/** Shows a factor's screen; 400 when something has to be put right. */
export function showFactorScreen(
  visit: InteractionVisit,
  { requirement, allowsRememberBrowser }: Transaction,
  step: ScreenStep,
  errors: readonly FieldError[],
): FastifyReply {
  const { screen, shown } = step;
  const text = factorTextAt(visit, step);
  const target = visit.formTo(screen.id);
  const blocks = factorBlocks({
    screen,
    text,
    shown,
    errors,
    canPickAnother: 'factors' in requirement && requirement.factors.length > 1,
    canRememberBrowser: allowsRememberBrowser,
    isRememberTicked: visit.field(rememberField) === 'true',
    downloadPath: `${visit.path(screen.id)}&download=true`,
  });
  return visit.show(errors.length > 0 ? 400 : 200, {
    title: text('pageTitle'),
    scripts: ['copyCode', 'printPage', 'submitOnce'],
    body: html`${form(target, 'step', blocks)}${form(target, asideForm, null)}`,
  });
}

/** The code on a screen as a text file: works without scripts, and only while the screen is due. */
export function downloadShownCode(visit: InteractionVisit, step: ScreenStep): FastifyReply {
  const source = step.screen.blocks.find((block) => block.kind === 'text-code' && block.download);
  const code = source?.kind === 'text-code' ? step.shown[source.source] : undefined;
  if (code === undefined) return visit.goTo(step.screen.id);
  const text = factorTextAt(visit, step);
  const groups = code.match(/.{1,4}/g)?.join(' ');
  return visit.reply
    .type('text/plain; charset=utf-8')
    .header('content-disposition', `attachment; filename="${step.factor.name}.txt"`)
    .send(`${visit.settings.friendlyName}\n${text('altText')}: ${groups}\n\n${text('description')}\n`);
}

/** The texts of a factor's screen in the person's language. */
export function factorTextAt(visit: InteractionVisit, { factor, screen }: ScreenStep): TextOf {
  return factorText(visit.locale, factor.texts, screen.prompt, screen.id, visit.variables);
}
