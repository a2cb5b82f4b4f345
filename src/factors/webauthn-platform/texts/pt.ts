import { pt as common } from '../../webauthn/texts/pt.ts';
import type { PlatformTexts } from './en.ts';

const names = { authenticatorNamesWebauthnPlatform: 'Digital, rosto ou PIN do seu dispositivo' };

/** Portuguese texts of the screens of people's own devices. */
export const pt: PlatformTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText:
        'Resiste a phishing. Seu dedo, seu rosto ou o PIN deste dispositivo; só funciona nele.',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-platform-enrollment': {
      ...common.ceremony,
      pageTitle: 'Entrada mais rápida neste dispositivo · ${clientName}',
      title: 'Entre mais rápido neste dispositivo',
      description:
        'Prove que é você do mesmo jeito que desbloqueia este dispositivo: com a digital, o rosto ou o PIN. Para configurar, seu navegador pede isso agora uma vez. Nada disso sai do seu dispositivo.',
      continueButtonText: 'Configurar este dispositivo',
      snoozeEnrollmentButtonText: 'Agora não',
      refuseAddingDeviceText: 'Não neste dispositivo',
      'webauthn-cancelled-error':
        'Nada foi configurado: a janela foi fechada ou o tempo acabou. Você pode tentar de novo.',
      'webauthn-platform-associate-error':
        'Não foi possível configurar este dispositivo. Você pode tentar de novo.',
      'webauthn-platform-known-error': 'Este dispositivo já está configurado na sua conta.',
    },
    'mfa-webauthn-platform-challenge': {
      ...common.ceremony,
      ...common.challenge,
      description: 'Aperte o botão. Seu navegador vai pedir sua digital, seu rosto ou o PIN do dispositivo.',
      continueButtonText: 'Usar este dispositivo',
      'webauthn-cancelled-error':
        'Seu dispositivo não respondeu: a janela foi fechada ou o tempo acabou. Tente de novo ou escolha outro método.',
      'webauthn-platform-challenge-error':
        'Não deu certo. Tente de novo, ou escolha outro método se você configurou outro dispositivo.',
    },
    'mfa-webauthn-enrollment-success': {
      pageTitle: 'Seu dispositivo está configurado · ${clientName}',
      title: 'Seu dispositivo está configurado',
      description: 'Da próxima vez, basta sua digital, seu rosto ou o PIN deste dispositivo.',
      buttonText: 'Continuar',
    },
  },
};
