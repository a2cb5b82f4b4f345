import type { PageTexts } from './en.ts';

/** Portuguese texts of the hosted pages (Brazilian usage, understandable everywhere). */
export const pt: PageTexts = {
  common: {
    common: {
      logoAltText: '${companyName}',
      alertListTitle: 'Verifique o seguinte',
      showPasswordText: 'Mostrar a senha',
      hidePasswordText: 'Ocultar a senha',
      copiedText: 'Copiado',
      continueTitle: 'Você entrou',
      leaveTitle: 'Você não entrou',
      continueDescription: 'Voltando para ${clientName} …',
      continueLinkText: 'Continuar',
      backToApplicationText: 'Voltar para ${clientName}',
      ceremonyStuckText:
        'Esta etapa precisa de JavaScript e de um navegador que saiba usar chaves de segurança e bloqueios de tela.',
      ceremonyStuckButtonText: 'Continuar de outra forma',
      'too-many-failures': 'Códigos errados demais. Aguarde alguns minutos antes de tentar novamente.',
      'transaction-not-found': 'Esta etapa expirou. Comece de novo.',
      'authenticator-error': 'Não foi possível verificar agora. Tente de novo daqui a pouco.',
      'invalid-code': 'Este código não está certo. Tente novamente.',
      'user-already-enrolled': 'Este método já está configurado.',
      'password-policy-length-at-least': 'Use pelo menos ${passwordLength} caracteres.',
      'password-policy-length-at-most': 'Use no máximo 256 caracteres.',
      'password-too-common': 'Esta senha é uma das primeiras que se adivinham. Escolha uma menos comum.',
      'password-policy-contains-user-information':
        'Esta senha se parece demais com seu nome ou endereço. Escolha uma que não tenha relação com você.',
    },
  },
  login: {
    login: {
      pageTitle: 'Entrar · ${clientName}',
      title: 'Entrar',
      description: 'Para continuar em ${clientName}',
      usernamePlaceholder: 'E-mail',
      passwordPlaceholder: 'Senha',
      buttonText: 'Continuar',
      forgotPasswordText: 'Esqueceu a senha?',
      signupActionText: 'É a sua primeira vez?',
      signupActionLinkText: 'Criar uma conta',
      passkeyText: 'Entrar com uma chave de acesso',
      'wrong-credentials': 'O e-mail ou a senha está incorreto.',
      'no-username': 'Informe seu e-mail.',
      'no-password': 'Informe sua senha.',
    },
    'login-passkey': {
      pageTitle: 'Entrar com uma chave de acesso · ${clientName}',
      title: 'Entrar com uma chave de acesso',
      description: 'Seu dispositivo pede o dedo, o rosto ou o PIN dele. Não é preciso senha nem código.',
      buttonText: 'Usar uma chave de acesso',
      waitingText: 'Seu navegador está pedindo…',
      cancelledText: 'Nenhuma chave de acesso foi usada. Tente de novo ou entre com sua senha.',
      failedText: 'Não foi possível entrar com esta chave de acesso. Tente de novo ou entre com sua senha.',
      usePasswordText: 'Usar a senha',
    },
  },
  signup: {
    signup: {
      pageTitle: 'Criar uma conta · ${clientName}',
      title: 'Crie sua conta',
      description: 'Leva um minuto, e você segue para ${clientName}',
      emailPlaceholder: 'E-mail',
      passwordPlaceholder: 'Escolha uma senha',
      passwordSecurityText:
        'Pelo menos ${passwordLength} caracteres. Algumas palavras sem relação entre si funcionam bem.',
      buttonText: 'Criar conta',
      loginActionText: 'Já tem uma conta?',
      loginActionLinkText: 'Entrar',
      'no-email': 'Informe seu e-mail.',
      'invalid-email-format': 'Informe um e-mail como nome@example.com.',
      'no-password': 'Escolha uma senha.',
    },
    'signup-email': {
      pageTitle: 'Veja sua caixa de entrada · ${clientName}',
      title: 'Veja sua caixa de entrada',
      emailDescription:
        'Enviamos uma mensagem para ${email}. Abra o link que está nela para concluir sua conta e depois volte aqui para entrar.',
      buttonText: 'Continuar para a entrada',
      resendText: 'Não chegou nada?',
      resendLinkText: 'Tentar novamente',
    },
  },
  'reset-password': {
    'reset-password-request': {
      pageTitle: 'Redefinir a senha · ${clientName}',
      title: 'Esqueceu a senha?',
      descriptionEmail: 'Informe seu e-mail e enviaremos um link para você escolher uma nova senha.',
      placeholderEmail: 'E-mail',
      buttonText: 'Enviar o link',
      backToLoginLinkText: 'Voltar para a entrada',
      'no-email': 'Informe seu e-mail.',
      'invalid-email-format': 'Informe um e-mail como nome@example.com.',
    },
    'reset-password-email': {
      pageTitle: 'Veja sua caixa de entrada · ${clientName}',
      title: 'Veja sua caixa de entrada',
      emailDescription:
        'Se houver uma conta para ${email}, um link para escolher uma nova senha está a caminho. Ele funciona uma única vez e por pouco tempo.',
      resendText: 'Não chegou nada?',
      resendLinkText: 'Tentar novamente',
      backToLoginLinkText: 'Voltar para a entrada',
    },
    'reset-password': {
      pageTitle: 'Escolher uma nova senha',
      title: 'Escolha uma nova senha',
      description: 'Ela vale a partir da próxima entrada.',
      passwordPlaceholder: 'Nova senha',
      reEnterpasswordPlaceholder: 'Repita a nova senha',
      passwordSecurityText:
        'Pelo menos ${passwordLength} caracteres. Algumas palavras sem relação entre si funcionam bem.',
      signOutEverywhereText: 'Sair da minha conta em todos os dispositivos',
      buttonText: 'Mudar a senha',
      'no-password': 'Escolha uma nova senha.',
      'no-re-enter-password': 'Digite a nova senha mais uma vez.',
      'password-mismatch': 'As duas senhas são diferentes.',
    },
    'reset-password-prove': {
      pageTitle: 'Escolher uma nova senha',
      title: 'Primeiro, confirme que é você',
      description: 'Sua conta tem uma segunda etapa. Confirme-a aqui e depois escolha a nova senha.',
      buttonText: 'Continuar',
    },
    'reset-password-success': {
      pageTitle: 'Senha alterada',
      eventTitle: 'Senha alterada',
      signedOutText: 'A sessão foi encerrada em todos os dispositivos.',
      description:
        'Volte ao aplicativo e entre com a nova senha. Se a sua conta tiver uma segunda etapa, ela será pedida como sempre.',
    },
    'reset-password-error': {
      pageTitle: 'Link sem validade',
      eventTitleExpired: 'Este link expirou',
      descriptionExpired:
        'Os links de redefinição funcionam uma única vez e por pouco tempo. Peça um novo na página de entrada.',
    },
  },
  'email-verification': {
    'email-verification-result': {
      pageTitle: 'Confirmar o e-mail',
      title: 'Confirme seu e-mail',
      description: 'Com um clique saberemos que esta caixa de entrada é sua.',
      buttonText: 'Confirmar o endereço',
      verifiedTitle: 'Endereço confirmado',
      verifiedDescription: 'Obrigado. Você pode fechar esta página, voltar para onde estava e entrar.',
      errorTitle: 'Este link expirou',
      invalidAccountOrCodeDescription:
        'Os links de confirmação funcionam uma única vez e por pouco tempo. Se o seu endereço já estiver confirmado, não é preciso fazer mais nada.',
    },
  },
  'undo-change': {
    'undo-change': {
      pageTitle: 'Não foi você? · ${companyName}',
      title: 'Não foi você?',
      addedDescription: '${time}: isto foi adicionado à sua conta como segunda etapa: ${factor}.',
      removedDescription: '${time}: isto foi removido da sua conta: ${factor}.',
      signOutText: 'Todas as sessões da sua conta são encerradas, em todos os dispositivos.',
      takeText: 'O que foi adicionado deixa de valer.',
      putBackText: 'O que foi removido volta a valer.',
      passwordText: 'Sua senha deixa de valer, e enviamos a você um link para escolher uma nova.',
      leaveText: 'Se foi você, feche esta página. Nada acontece.',
      buttonText: 'Não fui eu',
    },
    'undo-change-result': {
      pageTitle: 'Todas as sessões foram encerradas · ${companyName}',
      title: 'Todas as sessões foram encerradas',
      takenText: 'O que foi adicionado à sua conta não está mais lá.',
      putBackText: 'O que foi removido da sua conta voltou a valer.',
      keptText:
        'O que foi adicionado é agora a única segunda etapa da sua conta. Ela fica até que o suporte a remova: um link em uma mensagem não pode deixar a sua conta sem nenhuma. Fale com o suporte.',
      nothingText: 'Não havia mais nada a desfazer.',
      passwordText:
        'Enviamos um e-mail a você. Escolha agora uma nova senha com o link dele, pois alguém pode saber a sua.',
      errorTitle: 'Este link expirou',
      errorDescription:
        'Esses links funcionam uma única vez e por um dia. Se ainda há algo na sua conta que não é seu, fale com o suporte.',
    },
  },
  consent: {
    consent: {
      pageTitle: 'Dar acesso · ${clientName}',
      title: 'Dar acesso a ${clientName}?',
      messageSingleTenant: '${clientName} quer usar sua conta ${companyName}. O aplicativo poderia:',
      acceptButtonText: 'Permitir',
      declineButtonText: 'Não permitir',
      scopeOpenid: 'Saber quem você é',
      scopeProfile: 'Ver seu perfil: nome, apelido e foto',
      scopeEmail: 'Ver seu e-mail',
      scopePhone: 'Ver seu número de telefone',
      scopeAddress: 'Ver seu endereço postal',
      scopeOfflineAccess: 'Manter este acesso enquanto você estiver ausente',
    },
  },
  mfa: {
    'mfa-login-options': {
      pageTitle: 'Escolher um método · ${clientName}',
      title: 'Escolha como provar que é você',
      description: 'Um deles já basta.',
      backText: 'Voltar',
    },
    'mfa-begin-enroll-options': {
      pageTitle: 'Proteger sua conta · ${clientName}',
      title: 'Escolha uma segunda etapa',
      description: 'A partir de agora, só a senha não abrirá sua conta.',
      backText: 'Voltar',
      strengthResistantText: 'A mais segura.',
      strengthStrongText: 'Segura.',
      strengthRestrictedText: 'Menos segura.',
      strengthBasicText: 'Básica.',
    },
    'mfa-enroll-replacement': {
      pageTitle: 'Configurar um novo método · ${clientName}',
      title: 'Perdeu seu método habitual?',
      description:
        'Você entrou sem o seu método habitual. Configure um novo agora para não precisar fazer isso na próxima vez.',
      removeLostText: 'Não tenho mais o antigo: remover',
      skipButtonText: 'Agora não',
    },
    'mfa-enroll-invitation': {
      pageTitle: 'Configurar uma segunda etapa · ${companyName}',
      title: 'Configure uma segunda etapa',
      description:
        'Você foi convidado a proteger sua conta ${companyName}: depois da senha, você confirma que é mesmo você. Leva um ou dois minutos.',
      enrolledHint: 'Se sua conta já tiver uma segunda etapa, ela será pedida primeiro.',
      buttonText: 'Começar',
    },
    'mfa-enroll-result': {
      pageTitle: 'Segunda etapa · ${companyName}',
      enrolledTitle: 'Sua segunda etapa está configurada',
      enrolledDescription:
        'A partir de agora ela será pedida quando você entrar. Você pode fechar esta página.',
      invalidTicketTitle: 'Este link não funciona',
      invalidTicketDescription:
        'Ele pode estar incompleto, ou um mais novo tomou o lugar dele. Abra o link da mensagem mais recente ou peça um novo convite.',
      expiredTicketTitle: 'Este convite expirou',
      expiredTicketDescription: 'Os convites valem por cinco dias. Peça um novo.',
      alreadyUsedTitle: 'Este convite já foi usado',
      alreadyUsedDescription:
        'Cada convite vale uma única vez. Se não foi você quem usou, avise o suporte imediatamente.',
      alreadyEnrolledTitle: 'Já está tudo pronto',
      alreadyEnrolledDescription:
        'Sua conta tem uma segunda etapa, e este convite é para quem não tem nenhuma.',
    },
    'mfa-blocked': {
      pageTitle: 'Não é possível continuar · ${clientName}',
      title: 'É preciso uma segunda etapa',
      switchedOffText: 'Sua conta é protegida por uma segunda etapa que foi desativada: ${methods}.',
      passwordText: 'Sua senha sozinha não pode substituí-la. Assim não entra quem talvez a conheça.',
      unreachedText: 'Não é mais possível enviar nada ao número ou endereço com que você prova quem é.',
      nothingText:
        'Este acesso precisa de uma segunda etapa, mas no momento nenhuma pode ser usada ou configurada para sua conta.',
      contactText:
        'Peça ajuda ao operador de ${clientName}: ele pode mudar as configurações ou deixar você entrar uma vez com um passe temporário.',
      contactLinkText: 'Falar com o suporte',
      tryAgainButtonText: 'Tentar novamente',
      leaveButtonText: 'Voltar para ${clientName}',
    },
    'mfa-detect-browser-capabilities': {
      pageTitle: 'Um momento · ${clientName}',
      title: 'Um momento',
      waitingText: 'Verificando o que este navegador sabe fazer …',
      noJSErrorDescription:
        'Esta página continua aqui? Então o JavaScript está desativado ou não foi carregado. Você pode seguir sem ele, com os métodos que funcionam em qualquer navegador.',
      buttonText: 'Continuar sem JavaScript',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-not-available-error': {
      pageTitle: 'Aqui não é possível · ${clientName}',
      errorTitle: 'Este navegador não consegue fazer isto',
      errorDescription:
        'Este acesso pede uma chave de segurança ou o bloqueio de tela de um dispositivo. Este navegador não consegue usá-los, ou o JavaScript está desativado nele. Ative-o ou abra ${clientName} em um navegador atualizado.',
      tryAgainLinkText: 'Tentar novamente',
      otherMethodsText: 'Ou prove que é você desta forma:',
      contactText: 'Não pode usar outro navegador? Peça ajuda ao responsável por ${clientName}.',
      contactLinkText: 'Falar com o suporte',
    },
  },
  logout: {
    logout: {
      pageTitle: 'Sair',
      title: 'Sair da conta?',
      description: 'Você sairá de ${companyName} neste navegador.',
      acceptButtonText: 'Sair',
      declineButtonText: 'Continuar conectado',
    },
    'logout-complete': {
      pageTitle: 'Sessão encerrada',
      eventTitle: 'Você saiu da conta',
      description: 'Em um computador compartilhado, feche também a janela do navegador.',
    },
  },
  status: {
    status: {
      pageTitle: 'Entrada · ${companyName}',
      expiredTitle: 'Esta página expirou',
      expiredDescription:
        'Para sua segurança, isto não fica aberto por muito tempo e só vale em um navegador. Volte ao aplicativo, ou abra de novo o link da sua mensagem, e recomece.',
      errorTitle: 'Algo deu errado',
      errorDescription: 'Não foi possível concluir o pedido. Volte ao aplicativo e tente novamente.',
      unavailableTitle: 'Voltamos já',
      unavailableDescription: 'No momento não é possível entrar. Aguarde um pouco e recarregue esta página.',
      homeTitle: 'Início de sessão de ${companyName}',
      homeDescription:
        'Neste endereço não há nada a fazer. Abra a aplicação que quer usar: ela traz você até aqui na hora de entrar.',
      notFoundTitle: 'Não há nenhuma página aqui',
      notFoundDescription: 'O endereço pode estar errado ou desatualizado.',
      lockedTitle: 'Em pausa para proteger você',
      lockedDescription:
        'Houve códigos errados demais para esta conta. Sua senha estava certa, mas a segunda etapa está em pausa. Você poderá tentar de novo ${retryIn}.',
      lockedAdvice: 'Se não foi você quem tentou, alguém pode conhecer sua senha: mude-a o quanto antes.',
      lockedErrandDescription:
        'Houve códigos errados demais para esta conta, e por isso a segunda etapa está em pausa. Você poderá tentar de novo ${retryIn}.',
      lockedErrandAdvice:
        'Se não foi você quem tentou, alguém pode estar lendo suas mensagens: mude a senha do seu e-mail o quanto antes.',
      rateLimitedTitle: 'Tentativas demais',
      rateLimitedDescription: 'Aguarde um pouco. Você poderá tentar de novo ${retryIn}.',
      errorDetailText: 'Para a administração:',
      supportText: 'Precisa de ajuda?',
      supportLinkText: 'Falar com o suporte',
    },
  },
};
