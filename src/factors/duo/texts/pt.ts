import type { DuoTexts } from './en.ts';

const names = { authenticatorNamesDUO: 'Cisco Duo' };

const commonFields = {
  buttonText: 'Continuar para o Duo',
  leavingTitle: 'Indo para o Duo',
  leavingText: 'Levando você à página do Cisco Duo…',
  pickAuthenticatorText: 'Tentar outro método',
  'duo-unavailable': 'Não foi possível falar com o Duo agora. Tente de novo em alguns minutos.',
};

/** Portuguese texts of the screens before and after Duo's page. */
export const pt: DuoTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'Você aprova com o Duo, como sua organização configurou.',
    },
  },
  'mfa-duo': {
    'mfa-duo-enrollment': {
      pageTitle: 'Configure o Duo · ${clientName}',
      title: 'Proteja sua conta',
      description:
        'Aqui você confirma suas entradas com o Cisco Duo. A página dele guia você pela configuração e traz você de volta.',
      'duo-denied':
        'O Duo não confirmou a configuração. Tente de novo; se não adiantar, fale com o seu suporte.',
      ...commonFields,
    },
    'mfa-duo-challenge': {
      pageTitle: 'Confirme com o Duo · ${clientName}',
      title: 'É você mesmo?',
      description: 'O Cisco Duo confirma isso em uma página própria e traz você de volta.',
      'duo-denied':
        'O Duo não confirmou esta entrada. Tente de novo; se não adiantar, fale com o seu suporte.',
      ...commonFields,
    },
  },
};
