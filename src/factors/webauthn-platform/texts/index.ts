import { de } from './de.ts';
import { en, type PlatformTexts } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { pt } from './pt.ts';

/** Texts of the screens of people’s own devices by language tag. */
export const platformTexts = { en, de, es, fr, pt, ja } as const satisfies Record<string, PlatformTexts>;
