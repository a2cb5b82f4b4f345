import type { CommonWebauthnTexts } from './en.ts';

/** French texts that the screens of keys and of devices have in common. */
export const fr: CommonWebauthnTexts = {
  ceremony: {
    awaitingConfirmation: 'Suivez les indications de votre navigateur.',
    pickAuthenticatorText: 'Essayer une autre méthode',
    'transaction-not-found': 'Le délai est dépassé. Appuyez de nouveau sur le bouton.',
  },
  challenge: {
    pageTitle: 'Est-ce bien vous\u00A0? · ${clientName}',
    title: 'Est-ce bien vous\u00A0?',
    rememberMeText: 'Ne plus demander dans ce navigateur pendant ${rememberDays} jours',
  },
};
