import { de } from './de.ts';
import { type EmailTexts, en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { pt } from './pt.ts';

/** Texts of the e-mail screens by language tag. */
export const emailTexts = { en, de, es, fr, pt, ja } as const satisfies Record<string, EmailTexts>;
