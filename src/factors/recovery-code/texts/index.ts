import { de } from './de.ts';
import { en, type RecoveryCodeTexts } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { pt } from './pt.ts';

/** Texts of the recovery-code screens by language tag. */
export const recoveryCodeTexts = { en, de, es, fr, pt, ja } as const satisfies Record<
  string,
  RecoveryCodeTexts
>;
