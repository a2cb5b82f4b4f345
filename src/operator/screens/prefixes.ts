import type { FastifyReply } from 'fastify';
import { listConversions, type PrefixConversion } from '../../mfa/sends/conversion.ts';
import { form } from '../../ui/form.ts';
import { type Fragment, html, type Markup } from '../../ui/html.ts';
import { resumePrefix } from '../acts/deliveryActs.ts';
import { badge } from '../layout/badge.ts';
import { type Column, dataTable } from '../layout/dataTable.ts';
import { nameOfFactor } from '../layout/factorName.ts';
import { timeElement } from '../layout/timeElement.ts';
import type { OperatorPage } from '../operatorRoute.ts';
import type { OperatorVisit } from '../visit.ts';

const path = '/operator/delivery/resume';
const mostShown = 50;

/** Lifts the pause of a prefix that the form names, and goes back to where the form was. */
export const prefixResumptionPage: OperatorPage = { path, post: resume };

async function resume(visit: OperatorVisit): Promise<FastifyReply> {
  const [factor = '', purpose = '', prefix = ''] = ['factor', 'purpose', 'prefix'].map((name) =>
    visit.field(name),
  );
  const isLifted = await resumePrefix(visit, { factor, purpose, prefix });
  return visit.goTo(`/operator/delivery${isLifted ? '?done=resumed' : ''}`);
}

/** Codes sent and confirmed by the beginning of the number, paused ones first; nothing where none are watched. */
export async function prefixCard(visit: OperatorVisit): Promise<Markup | undefined> {
  const { database, clock } = visit.parts;
  const conversions = await listConversions(database.db, clock, mostShown);
  if (conversions.length === 0) return undefined;
  return html`<section class="card"><h2>Codes sent and confirmed, by prefix</h2>
<p>Codes that are sent and never confirmed are the mark of toll fraud. Where too few come back, sending to the numbers that begin so pauses.${
    conversions.length === mostShown && ` The ${mostShown} that need a look most are shown.`
  }</p>
${dataTable('Codes by prefix', columnsFor(visit), conversions, '')}
</section>`;
}

function columnsFor(visit: OperatorVisit): readonly Column<PrefixConversion>[] {
  return [
    { title: 'Prefix', cell: ({ prefix }) => html`<span class="address">${prefix}</span>` },
    {
      title: 'Codes',
      cell: ({ factor, purpose }) => `${nameOfFactor(visit.parts.engine.registry, factor)}, ${purpose}`,
      isExtra: true,
    },
    { title: 'Confirmed', cell: confirmedText },
    { title: 'Since', cell: sinceText, isExtra: true },
    { title: 'State', cell: (conversion) => stateOf(visit, conversion) },
  ];
}

function confirmedText({ sent, confirmed }: PrefixConversion): string {
  return sent === 0 ? '–' : `${confirmed} of ${sent} (${Math.round((100 * confirmed) / sent)} %)`;
}

function sinceText({ windowStart, pausedUntil }: PrefixConversion): Fragment {
  return pausedUntil === undefined ? timeElement(windowStart) : '–';
}

function stateOf(visit: OperatorVisit, conversion: PrefixConversion): Markup {
  const { factor, purpose, prefix, pausedUntil } = conversion;
  if (pausedUntil === undefined) return badge('open', 'good');
  const target = visit.formTo(path, { factor, purpose, prefix });
  const button = html`<button class="tool" type="submit" aria-label="Lift the pause of ${prefix}, ${purpose}">Lift the pause</button>`;
  return html`${badge('paused', 'bad')} until ${timeElement(pausedUntil)}
${form(target, `resume-${factor}-${purpose}-${prefix.replace('+', '')}`, button)}`;
}
