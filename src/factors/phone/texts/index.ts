import { de } from './de.ts';
import { en, type PhoneTexts } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { pt } from './pt.ts';

/** Texts of the phone screens by language tag. */
export const phoneTexts = { en, de, es, fr, pt, ja } as const satisfies Record<string, PhoneTexts>;
