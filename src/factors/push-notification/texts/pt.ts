import type { PushTexts } from './en.ts';

const names = { authenticatorNamesPushNotification: 'Confirmar no seu celular' };

const enrolmentFields = {
  pageTitle: 'Configure seu celular · ${clientName}',
  title: 'Proteja sua conta',
  waitingText: 'Aguardando seu dispositivo. Esta página continua sozinha.',
  buttonText: 'Já configurei',
  renewText: 'Começar de novo',
  pickAuthenticatorText: 'Tentar outro método',
  'enrollment-transaction-pending':
    'Seu dispositivo ainda não está configurado. Termine lá e depois continue aqui.',
  'transaction-replaced': 'Você continuou em outra janela, então esta não serve mais.',
  'transaction-not-found': 'O tempo para configurar seu dispositivo acabou.',
  'polling-interval-exceeded': 'Um momento, por favor. Espere alguns segundos e depois continue.',
};

/** Portuguese texts of the screens of requests to a device. */
export const pt: PushTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'Você aprova no celular. Precisa de um aplicativo.',
    },
  },
  'mfa-push': {
    'mfa-push-enrollment-qr': {
      ...enrolmentFields,
      description: 'A partir de agora, quando você entrar, seu celular vai perguntar se é você.',
      cameraText: 'Aponte a câmera do celular para este código e abra o link.',
      confirmText: 'Confirme no autenticador que se abre.',
      openAppText: 'No celular, abra ${appAddress} ou o aplicativo da sua organização.',
      scanText: 'Leia este código lá.',
      altText:
        'Código QR que configura seu celular. Se não puder lê-lo, continue abaixo com este dispositivo.',
      codeEnrollmentText: 'Sem o celular em mãos? Usar este dispositivo',
    },
    'mfa-push-enrollment-code': {
      ...enrolmentFields,
      description:
        'A partir de agora, quando você entrar, o autenticador vai perguntar se é você. Ele abre em uma aba própria: configure-o lá e depois volte.',
      appLinkText: 'Abrir o autenticador',
      linkText: 'Para configurar em outro navegador ou aplicativo, cole este link lá:',
      copyLinkText: 'Copiar o link',
      backText: 'Usar outro dispositivo: mostrar o código QR',
    },
    'mfa-push-challenge-push': {
      pageTitle: 'Confirme no seu dispositivo · ${clientName}',
      title: 'Confirme que é você',
      description: 'Enviamos um pedido para ${deviceName}. Aprove-o por lá se for você que está entrando.',
      numberText: 'Ele vai pedir este número:',
      notWokenText:
        'As notificações não chegam a ${deviceName}. Abra o autenticador por lá para ver o pedido.',
      waitingText: 'Aguardando sua resposta',
      buttonText: 'Já respondi',
      rememberMeText: 'Não perguntar de novo neste navegador por ${rememberDays} dias',
      resendText: 'Não apareceu nada?',
      resendActionText: 'Perguntar de novo',
      resendWaitText: 'Você poderá perguntar de novo em ${time}.',
      separatorText: 'Está sem conexão?',
      enterOtpCode: 'Digitar um código do aplicativo',
      pickDeviceText: 'Perguntar a outro dos seus dispositivos',
      pickAuthenticatorText: 'Tentar outro método',
      'challenge-transaction-pending':
        'Ainda não há resposta de ${deviceName}. Responda ao pedido por lá e depois continue aqui.',
      'transaction-rejected': 'O pedido foi recusado em ${deviceName}. Se foi um engano, pergunte de novo.',
      'wrong-number':
        'Outro número foi informado em ${deviceName}, então o pedido terminou. Pergunte de novo e use o número que esta página mostra.',
      'transaction-replaced':
        'Um acesso mais recente tomou o lugar deste. Se não foi você que o começou, alguém pode saber sua senha: mude-a logo.',
      'transaction-not-found':
        'O pedido expirou sem resposta. Pergunte de novo quando tiver ${deviceName} em mãos.',
      'polling-interval-exceeded': 'Um momento, por favor. Espere alguns segundos e depois continue.',
      'too-many-push':
        'Por um tempo nenhum pedido é enviado: houve muitos, ou um foi recusado. Espere, por favor, ou use outro método.',
      'mfa-push-challenge-authenticator-error':
        'Não é mais possível enviar pedidos para este dispositivo. Use outro método, por favor.',
    },
    'mfa-push-list': {
      pageTitle: 'Escolha um dispositivo · ${clientName}',
      title: 'A qual dispositivo perguntamos?',
      backText: 'Voltar',
    },
  },
};
