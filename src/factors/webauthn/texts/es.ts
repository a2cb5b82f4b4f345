import type { CommonWebauthnTexts } from './en.ts';

/** Spanish texts that the screens of keys and of devices have in common. */
export const es: CommonWebauthnTexts = {
  ceremony: {
    awaitingConfirmation: 'Sigue las indicaciones de tu navegador.',
    pickAuthenticatorText: 'Probar otro método',
    'transaction-not-found': 'Se ha agotado el tiempo. Vuelve a pulsar el botón.',
  },
  challenge: {
    pageTitle: 'Confirma que eres tú · ${clientName}',
    title: 'Confirma que eres tú',
    rememberMeText: 'No volver a preguntar en este navegador durante ${rememberDays} días',
  },
};
