import { emailTextsFor } from './emailTexts.ts';

/**
 * What a locked screen says of a request. It names nobody, no application and no place: those are shown once
 * the device is unlocked (S-52). Beside it stands the tenant's name.
 */
const texts: Readonly<Record<string, string>> = {
  en: 'Are you logging in? Open the app to answer.',
  de: 'Melden Sie sich gerade an? Öffnen Sie die App, um zu antworten.',
  es: '¿Está iniciando sesión? Abra la aplicación para responder.',
  fr: 'Êtes-vous en train de vous connecter ? Ouvrez l’application pour répondre.',
  pt: 'Você está entrando na sua conta? Abra o aplicativo para responder.',
  ja: 'ログインしようとしていますか？アプリを開いてお答えください。',
};

/** The text in a language there are words in, else in English. */
export function pushText(language: string): string {
  const { language: own } = emailTextsFor(language);
  return texts[own] ?? (texts.en as string);
}
