import type { Factor } from '../../mfa/factor.ts';
import { html, type Markup } from '../../ui/html.ts';
import { icon } from '../../ui/icon.ts';
import { factorText } from '../locale/screenText.ts';
import type { InteractionVisit } from '../visit.ts';

/** The screens whose texts have the factors' names. */
export type OptionScreen = 'mfa-login-options' | 'mfa-begin-enroll-options';

/** An entry of a list of factors: pressing it posts the factor's name as `action`. */
export function optionButton(visit: InteractionVisit, name: OptionScreen, factor: Factor): Markup {
  const text = factorText(visit.locale, factor.texts, 'mfa', name, visit.variables);
  // Said where it can still be chosen or left (S-48).
  const isWeaker = name === 'mfa-begin-enroll-options' && factor.assurance.isRestricted;
  const remark = isWeaker && html` <span class="option-remark">${text('restrictedText')}</span>`;
  return html`<li><button class="option" type="submit" name="action" value="${factor.name}">${icon(factor.screens.icon)}<span>${text(nameKey(visit, factor))}${remark}</span>${icon('forward')}</button></li>`;
}

function nameKey({ parts, settings }: InteractionVisit, factor: Factor): string {
  const { nameText, nameTextOfChannel = {} } = factor.screens;
  const [channel = '', ...others] = parts.engine.registry.channelsOf(factor, settings) ?? [];
  return others.length === 0 ? (nameTextOfChannel[channel] ?? nameText) : nameText;
}
