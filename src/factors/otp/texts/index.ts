import { de } from './de.ts';
import { en, type OtpTexts } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { pt } from './pt.ts';

/** Texts of the one-time-password screens by language tag. */
export const otpTexts = { en, de, es, fr, pt, ja } as const satisfies Record<string, OtpTexts>;
