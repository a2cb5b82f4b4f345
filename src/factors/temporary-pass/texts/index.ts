import { de } from './de.ts';
import { en, type TemporaryPassTexts } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { pt } from './pt.ts';

/** Texts of the temporary pass's screen by language tag. */
export const temporaryPassTexts = { en, de, es, fr, pt, ja } as const satisfies Record<
  string,
  TemporaryPassTexts
>;
