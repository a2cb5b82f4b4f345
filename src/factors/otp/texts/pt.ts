import type { OtpTexts } from './en.ts';

const codeFields = {
  placeholder: 'Código do aplicativo',
  buttonText: 'Continuar',
  pickAuthenticatorText: 'Tentar outro método',
  'no-code': 'Digite o código do aplicativo.',
  'invalid-otp-code-format': 'O código só tem dígitos. Digite-o exatamente como o aplicativo mostra.',
};

const enrolmentFields = {
  pageTitle: 'Configure seu aplicativo autenticador · ${clientName}',
  title: 'Proteja sua conta',
  'invalid-code':
    'Este código não está certo. Use o que aparece agora e veja se a hora do seu celular está no ajuste automático.',
};

/** Portuguese texts of the one-time-password screens. */
export const pt: OtpTexts = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesOTP: 'Aplicativo autenticador',
    },
    'mfa-begin-enroll-options': {
      explanationText: 'Um aplicativo no celular mostra um código, mesmo sem sinal.',
      authenticatorNamesOTP: 'Aplicativo autenticador',
    },
  },
  'mfa-otp': {
    'mfa-otp-enrollment-qr': {
      description:
        'Leia isto com um aplicativo autenticador no celular e depois digite o código que ele mostrar.',
      altText:
        'Código QR que configura seu aplicativo autenticador. Se não puder lê-lo, escolha abaixo a chave em texto.',
      codeEnrollmentText: 'Não consegue ler? Mostrar a chave em texto',
      ...codeFields,
      ...enrolmentFields,
    },
    'mfa-otp-enrollment-code': {
      description:
        'Adicione esta chave a um aplicativo autenticador e depois digite o código que ele mostrar.',
      altText: 'Chave para seu aplicativo autenticador',
      copyCodeButtonText: 'Copiar a chave',
      backText: 'Mostrar o código QR',
      ...codeFields,
      ...enrolmentFields,
    },
    'mfa-otp-challenge': {
      pageTitle: 'Digite seu código · ${clientName}',
      title: 'É você mesmo?',
      description: 'Digite o código que seu aplicativo autenticador mostra agora.',
      rememberMeText: 'Não perguntar de novo neste navegador por ${rememberDays} dias',
      'invalid-code': 'Este código não está certo. Ele muda a cada poucos segundos: use o que aparece agora.',
      ...codeFields,
    },
  },
};
