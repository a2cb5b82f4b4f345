import type { PhoneTexts } from './en.ts';

const names = {
  authenticatorNamesSMS: 'Código por SMS',
  authenticatorNamesVoice: 'Código por ligação',
  authenticatorNamesPhone: 'Código no seu telefone',
};

const restrictedText =
  'Códigos enviados por telefone podem ser interceptados: um aplicativo autenticador protege melhor.';

const tooMany = {
  sms: {
    'too-many-sms': 'Você pediu muitos códigos. Espere um pouco antes do próximo ou use outro método.',
  },
  voice: {
    'too-many-voice': 'Você pediu muitas ligações. Espere um pouco antes da próxima ou use outro método.',
  },
};

const numberFields = {
  countryPlaceholder: 'País',
  placeholder: 'Número de telefone',
  restrictedText,
  pickAuthenticatorText: 'Tentar outro método',
  'no-phone': 'Digite seu número de telefone.',
  'invalid-phone': 'Este número não existe. Confira os dígitos e o país.',
  'phone-not-allowed':
    'Não podemos enviar códigos para este número. Use o do seu próprio telefone, de um dos países da lista.',
};

const codeFields = {
  placeholder: 'Código de seis dígitos',
  buttonText: 'Continuar',
  editText: 'Mudar o número',
  changePhoneText: 'Usar outro dos seus números',
  rememberMeText: 'Não perguntar de novo neste navegador por ${rememberDays} dias',
  resendWaitText: 'Você poderá pedir um novo código em ${seconds} s.',
  pickAuthenticatorText: 'Tentar outro método',
  'invalid-code': 'Este código não está certo. Só vale o mais recente.',
  'invalid-expired-code': 'Este código expirou. Peça um novo.',
};

/** Portuguese texts of the phone screens. */
export const pt: PhoneTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'As mensagens podem ser interceptadas. Você precisa de um número de telefone.',
    },
  },
  'mfa-phone': {
    'mfa-phone-enrollment': {
      pageTitle: 'Configure os códigos no seu telefone · ${clientName}',
      title: 'Proteja sua conta',
      description: 'Digite seu número de telefone. Enviaremos um código para ele quando você entrar.',
      chooseMessageTypeText: 'Como você quer receber o código?',
      smsButtonText: 'SMS',
      voiceButtonText: 'Ligação',
      continueButtonText: 'Enviar o código',
      ...numberFields,
      ...tooMany.sms,
    },
  },
  'mfa-sms': {
    'mfa-sms-enrollment': {
      pageTitle: 'Configure os códigos por SMS · ${clientName}',
      title: 'Proteja sua conta',
      description: 'Digite o número do seu celular. Enviaremos um código por SMS quando você entrar.',
      buttonText: 'Enviar o código',
      ...numberFields,
      ...tooMany.sms,
    },
    'mfa-sms-challenge': {
      pageTitle: 'Digite seu código · ${clientName}',
      title: 'Digite o código da mensagem',
      description: 'Enviamos um SMS para ${phone_number}.',
      ...codeFields,
      ...tooMany.sms,
      'sms-authenticator-error': 'No momento não podemos enviar SMS. Tente mais tarde ou use outro método.',
      resendText: 'Não chegou nada?',
      resendActionText: 'Enviar um novo código',
      resendVoiceActionSeparatorTextBefore: 'ou',
      resendVoiceActionText: 'Receber uma ligação',
      'no-code': 'Digite o código da mensagem.',
      'invalid-otp-code-format': 'O código tem seis dígitos. Digite-o como está na mensagem.',
    },
    'mfa-sms-list': {
      pageTitle: 'Escolha um número · ${clientName}',
      title: 'Para qual número enviar o código?',
      backText: 'Voltar',
    },
  },
  'mfa-voice': {
    'mfa-voice-enrollment': {
      pageTitle: 'Configure os códigos por ligação · ${clientName}',
      title: 'Proteja sua conta',
      description: 'Digite seu número de telefone. Ligaremos e leremos um código quando você entrar.',
      buttonText: 'Receber a ligação',
      ...numberFields,
      ...tooMany.voice,
    },
    'mfa-voice-challenge': {
      pageTitle: 'Digite seu código · ${clientName}',
      title: 'Digite o código que você ouvir',
      description: 'Estamos ligando para ${phone_number}. O código é lido duas vezes.',
      ...codeFields,
      ...tooMany.voice,
      'voice-authenticator-error': 'No momento não podemos ligar. Tente mais tarde ou use outro método.',
      resendText: 'Não recebeu a ligação?',
      resendActionText: 'Ligar de novo',
      resendSmsActionSeparatorTextBefore: 'ou',
      resendSmsActionText: 'Receber um SMS',
      'no-code': 'Digite o código da ligação.',
      'invalid-otp-code-format': 'O código tem seis dígitos. Digite-os como você os ouvir.',
    },
  },
};
