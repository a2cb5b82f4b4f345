import { de } from './de.ts';
import { en, type RoamingTexts } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { pt } from './pt.ts';

/** Texts of the security-key screens by language tag. */
export const roamingTexts = { en, de, es, fr, pt, ja } as const satisfies Record<string, RoamingTexts>;
