import { de } from './de.ts';
import { type DuoTexts, en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { pt } from './pt.ts';

/** Texts of the screens before and after Duo's page, by language tag. */
export const duoTexts = { en, de, es, fr, pt, ja } as const satisfies Record<string, DuoTexts>;
