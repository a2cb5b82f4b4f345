import { de } from './de.ts';
import { en, type PushTexts } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { pt } from './pt.ts';

/** Texts of the screens of requests to a device by language tag. */
export const pushTexts = { en, de, es, fr, pt, ja } as const satisfies Record<string, PushTexts>;
