import type { Factor } from '../../mfa/factor.ts';
import { type Fragment, html, type Markup } from '../../ui/html.ts';
import { icon } from '../../ui/icon.ts';
import { factorText, pageText } from '../locale/screenText.ts';
import type { InteractionVisit } from '../visit.ts';

/** A factor, or one method of it, in a list to choose from. */
export interface Option {
  factor: Factor;
  /** Posted as `action` when it is pressed. */
  value: string;
  /** What tells the person's methods apart, masked. */
  names?: readonly string[];
}

/** How well a factor protects, in a word; said where it can still be chosen or left (S-48). */
const strengths = [
  { key: 'strengthBasicText', bars: 1 },
  { key: 'strengthRestrictedText', bars: 1 },
  { key: 'strengthStrongText', bars: 2 },
  { key: 'strengthResistantText', bars: 3 },
] as const;

/** A factor that could be set up: how well it protects, and what it takes. */
export function enrolmentOption(visit: InteractionVisit, factor: Factor): Markup {
  const screen = 'mfa-begin-enroll-options';
  const { locale, variables } = visit;
  const text = factorText(locale, factor.texts, 'mfa', screen, variables);
  const { key, bars } = strengthOf(factor);
  const strength = pageText(locale, 'mfa', screen, variables)(key);
  return optionButton(
    { factor, value: factor.name },
    text(nameKey(visit, factor)),
    html`<span class="strength strength-${String(bars)}">${strength}</span> ${text('explanationText')}`,
  );
}

/** What would answer a challenge. */
export function answerOption(visit: InteractionVisit, option: Option): Markup {
  const { factor, names = [] } = option;
  const text = factorText(visit.locale, factor.texts, 'mfa', 'mfa-login-options', visit.variables);
  const title = text(nameKey(visit, factor));
  const telling = names.filter((name) => name !== title);
  return optionButton(option, title, telling.length > 0 && telling.join(', '));
}

function optionButton({ factor, value }: Option, title: string, remark: Fragment): Markup {
  const below = remark && html` <span class="option-remark">${remark}</span>`;
  return html`<li><button class="option" type="submit" name="action" value="${value}">${icon(factor.screens.icon)}<span>${title}${below}</span>${icon('forward')}</button></li>`;
}

function strengthOf({ assurance }: Factor): (typeof strengths)[number] {
  const [basic, restricted, strong, resistant] = strengths;
  if (assurance.isPhishingResistant) return resistant;
  if (assurance.isRestricted) return restricted;
  return assurance.level === 1 ? basic : strong;
}

function nameKey({ parts, settings }: InteractionVisit, factor: Factor): string {
  const { nameText, nameTextOfChannel = {} } = factor.screens;
  const [channel = '', ...others] = parts.engine.registry.channelsOf(factor, settings) ?? [];
  return others.length === 0 ? (nameTextOfChannel[channel] ?? nameText) : nameText;
}
