import type { CommonWebauthnTexts } from './en.ts';

/** Portuguese texts that the screens of keys and of devices have in common. */
export const pt: CommonWebauthnTexts = {
  ceremony: {
    awaitingConfirmation: 'Siga as instruções do seu navegador.',
    pickAuthenticatorText: 'Tentar outro método',
    'transaction-not-found': 'O tempo acabou. Aperte o botão de novo.',
  },
  challenge: {
    pageTitle: 'Confirme que é você · ${clientName}',
    title: 'Confirme que é você',
    rememberMeText: 'Não perguntar de novo neste navegador por ${rememberDays} dias',
  },
};
