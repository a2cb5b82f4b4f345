import type { TemporaryPassTexts } from './en.ts';

export const pt: TemporaryPassTexts = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesTemporaryPass: 'Passe temporário',
    },
  },
  'mfa-temporary-pass': {
    'mfa-temporary-pass-challenge': {
      pageTitle: 'Digite seu passe temporário · ${clientName}',
      title: 'Use seu passe temporário',
      description: 'Digite o passe que o suporte deu a você.',
      placeholder: 'Passe temporário',
      buttonText: 'Continuar',
      pickAuthenticatorText: 'Tentar outro método',
      'no-code': 'Digite seu passe temporário.',
      'invalid-code-format': 'Um passe temporário tem 12 letras e números.',
      'invalid-code': 'Este passe não está correto ou já expirou. Confira-o ou peça um novo ao suporte.',
    },
  },
};
