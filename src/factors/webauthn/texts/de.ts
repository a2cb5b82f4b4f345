import type { CommonWebauthnTexts } from './en.ts';

/** German texts that the screens of keys and of devices have in common. */
export const de: CommonWebauthnTexts = {
  ceremony: {
    awaitingConfirmation: 'Bitte folgen Sie den Anweisungen Ihres Browsers.',
    pickAuthenticatorText: 'Anderes Verfahren wählen',
    'transaction-not-found': 'Das hat zu lange gedauert. Drücken Sie den Knopf noch einmal.',
  },
  challenge: {
    pageTitle: 'Sind Sie es wirklich? · ${clientName}',
    title: 'Sind Sie es wirklich?',
    rememberMeText: 'In diesem Browser ${rememberDays} Tage lang nicht mehr fragen',
  },
};
