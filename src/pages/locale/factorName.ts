import type { Factor } from '../../mfa/factor.ts';
import type { PageContext } from '../visit.ts';
import { factorText } from './screenText.ts';

/** A factor's name in the person's language, as the lists to choose from have it. */
export function factorName({ locale, variables }: PageContext, { texts, screens }: Factor): string {
  return factorText(locale, texts, 'mfa', 'mfa-login-options', variables)(screens.nameText);
}
