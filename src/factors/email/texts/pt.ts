import type { EmailTexts } from './en.ts';

/** Portuguese texts of the e-mail screens. */
export const pt: EmailTexts = {
  mfa: {
    'mfa-login-options': { authenticatorNamesEmail: 'Código por e-mail' },
    'mfa-begin-enroll-options': {
      explanationText: 'Tão segura quanto sua caixa de e-mail. Não precisa de mais nada.',
      authenticatorNamesEmail: 'Código por e-mail',
    },
  },
  'mfa-email': {
    'mfa-email-challenge': {
      pageTitle: 'Digite seu código · ${clientName}',
      title: 'Digite o código do e-mail',
      description: 'Enviamos uma mensagem para ${email}.',
      placeholder: 'Código de seis dígitos',
      buttonText: 'Continuar',
      changeEmailText: 'Usar outro dos seus endereços',
      rememberMeText: 'Não perguntar de novo neste navegador por ${rememberDays} dias',
      resendText: 'Não chegou nada? Veja também na caixa de spam.',
      resendActionText: 'Enviar um novo código',
      resendWaitText: 'Você poderá pedir um novo código em ${seconds} s.',
      pickAuthenticatorText: 'Tentar outro método',
      'no-code': 'Digite o código do e-mail.',
      'invalid-otp-code-format': 'O código tem seis dígitos. Digite-o como está no e-mail.',
      'invalid-code': 'Este código não está certo. Só vale o mais recente.',
      'invalid-expired-code': 'Este código expirou. Peça um novo.',
      'too-many-email': 'Você pediu muitos códigos. Espere um pouco antes do próximo ou use outro método.',
    },
    'mfa-email-list': {
      pageTitle: 'Escolha um endereço · ${clientName}',
      title: 'Para qual endereço enviar o código?',
      backText: 'Voltar',
    },
  },
};
