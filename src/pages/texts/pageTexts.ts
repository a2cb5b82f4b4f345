import { de } from './de.ts';
import { en, type PageTexts } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { pt } from './pt.ts';

/** The hosted pages' own texts by language tag; factors bring the texts of their screens. */
export const pageTexts = { en, de, es, fr, pt, ja } as const satisfies Record<string, PageTexts>;
