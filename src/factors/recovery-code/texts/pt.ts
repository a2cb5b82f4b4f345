import type { RecoveryCodeTexts } from './en.ts';

const shownCodeFields = {
  altText: 'Código de recuperação',
  copyCodeButtonText: 'Copiar',
  downloadButtonText: 'Baixar',
  printButtonText: 'Imprimir',
  checkboxText: 'Guardei este código em um lugar seguro',
  buttonText: 'Continuar',
  'no-confirmation': 'Marque a caixa depois de guardar o código.',
};

const shownCodesFields = {
  ...shownCodeFields,
  altText: 'Códigos de recuperação',
  checkboxText: 'Guardei estes códigos em um lugar seguro',
  'no-confirmation': 'Marque a caixa depois de guardar os códigos.',
};

/** Portuguese texts of the recovery-code screens. */
export const pt: RecoveryCodeTexts = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesRecoveryCode: 'Código de recuperação',
    },
  },
  'mfa-recovery-code': {
    'mfa-recovery-code-enrollment': {
      pageTitle: 'Seu código de recuperação · ${clientName}',
      title: 'Guarde este código de recuperação',
      description:
        'Se você perder o celular, este código permite entrar. Ele funciona uma única vez. Anote-o ou guarde-o onde só você possa encontrar.',
      ...shownCodeFields,
    },
    'mfa-recovery-codes-enrollment': {
      pageTitle: 'Seus códigos de recuperação · ${clientName}',
      title: 'Guarde estes códigos de recuperação',
      description:
        'Se você perder o celular, qualquer um destes códigos permite entrar. Cada um funciona uma única vez. Imprima-os ou guarde-os onde só você possa encontrar.',
      ...shownCodesFields,
    },
    'mfa-recovery-code-challenge': {
      pageTitle: 'Digite seu código de recuperação · ${clientName}',
      title: 'Use seu código de recuperação',
      description:
        'Digite um código que você guardou ao configurar a segunda etapa. Se tiver vários, serve qualquer um que ainda não usou.',
      placeholder: 'Código de recuperação',
      buttonText: 'Continuar',
      pickAuthenticatorText: 'Tentar outro método',
      'no-code': 'Digite seu código de recuperação.',
      'invalid-code-format': 'Um código de recuperação tem 24 letras e dígitos.',
      'invalid-code': 'Este código de recuperação não está certo. Confira e tente novamente.',
    },
    'mfa-recovery-code-challenge-new-code': {
      pageTitle: 'Seu novo código de recuperação · ${clientName}',
      title: 'Aqui está seu novo código de recuperação',
      description:
        'O código anterior já foi usado. Guarde este no lugar dele: funciona uma única vez, se você precisar de novo.',
      ...shownCodeFields,
      newCodesText: 'Criar em vez disso uma lista com vários códigos',
    },
    'mfa-recovery-codes-new': {
      pageTitle: 'Seus novos códigos de recuperação · ${clientName}',
      title: 'Aqui estão seus novos códigos de recuperação',
      description:
        'Os anteriores não funcionam mais. Imprima estes ou guarde-os no lugar deles. Cada um funciona uma única vez.',
      ...shownCodesFields,
    },
    'mfa-recovery-codes-few': {
      pageTitle: 'Restam poucos códigos de recuperação · ${clientName}',
      title: 'Códigos de recuperação restantes: ${remaining}',
      description:
        'O código usado não vale mais. Crie novos códigos agora para não ficar sem nenhum. Os que você ainda tem deixarão de funcionar.',
      newCodesText: 'Criar novos códigos',
      buttonText: 'Agora não',
    },
  },
};
