import type { PageTexts } from './en.ts';

/** French texts of the hosted pages (formal address). */
export const fr: PageTexts = {
  common: {
    common: {
      logoAltText: '${companyName}',
      alertListTitle: 'Veuillez vérifier ce qui suit',
      showPasswordText: 'Afficher le mot de passe',
      hidePasswordText: 'Masquer le mot de passe',
      copiedText: 'Copié',
      continueTitle: 'Vous êtes connecté',
      leaveTitle: 'Non connecté',
      continueDescription: 'Retour vers ${clientName}\u00A0…',
      continueLinkText: 'Continuer',
      backToApplicationText: 'Retour à ${clientName}',
      ceremonyStuckText:
        'Cette étape demande JavaScript et un navigateur qui sait utiliser les clés de sécurité et le verrouillage d’écran.',
      ceremonyStuckButtonText: 'Continuer autrement',
      'too-many-failures': 'Trop de codes erronés. Veuillez patienter quelques minutes avant de réessayer.',
      'transaction-not-found': 'Cette étape a expiré. Veuillez recommencer.',
      'authenticator-error': 'La vérification est impossible pour le moment. Réessayez dans un instant.',
      'invalid-code': 'Ce code n’est pas le bon. Veuillez réessayer.',
      'user-already-enrolled': 'Cette méthode est déjà configurée.',
      'password-policy-length-at-least': 'Utilisez au moins ${passwordLength} caractères.',
      'password-policy-length-at-most': 'Utilisez 256 caractères au plus.',
      'password-too-common':
        'Ce mot de passe fait partie des premiers que l’on devine. Choisissez-en un moins courant.',
      'password-policy-contains-user-information':
        'Ce mot de passe ressemble trop à votre nom ou à votre adresse. Choisissez-en un sans rapport avec vous.',
    },
  },
  login: {
    login: {
      pageTitle: 'Connexion · ${clientName}',
      title: 'Se connecter',
      description: 'Pour continuer vers ${clientName}',
      usernamePlaceholder: 'Adresse e-mail',
      passwordPlaceholder: 'Mot de passe',
      buttonText: 'Continuer',
      forgotPasswordText: 'Mot de passe oublié\u00A0?',
      signupActionText: 'Première visite\u00A0?',
      signupActionLinkText: 'Créer un compte',
      passkeyText: 'Se connecter avec une clé d’accès',
      'wrong-credentials': 'L’adresse e-mail ou le mot de passe est incorrect.',
      'no-username': 'Saisissez votre adresse e-mail.',
      'no-password': 'Saisissez votre mot de passe.',
    },
    'login-passkey': {
      pageTitle: 'Se connecter avec une clé d’accès · ${clientName}',
      title: 'Se connecter avec une clé d’accès',
      description:
        'Votre appareil vous demande votre doigt, votre visage ou son code PIN. Ni mot de passe ni code à saisir.',
      buttonText: 'Utiliser une clé d’accès',
      waitingText: 'Votre navigateur vous le demande…',
      cancelledText:
        'Aucune clé d’accès n’a été utilisée. Réessayez ou connectez-vous avec votre mot de passe.',
      failedText:
        'La connexion avec cette clé d’accès n’a pas abouti. Réessayez ou connectez-vous avec votre mot de passe.',
      usePasswordText: 'Utiliser plutôt le mot de passe',
    },
  },
  signup: {
    signup: {
      pageTitle: 'Créer un compte · ${clientName}',
      title: 'Créer votre compte',
      description: 'Une minute suffit, puis vous continuez vers ${clientName}',
      emailPlaceholder: 'Adresse e-mail',
      passwordPlaceholder: 'Choisissez un mot de passe',
      passwordSecurityText:
        'Au moins ${passwordLength} caractères. Quelques mots sans rapport entre eux font très bien l’affaire.',
      buttonText: 'Créer le compte',
      loginActionText: 'Vous avez déjà un compte\u00A0?',
      loginActionLinkText: 'Se connecter',
      'no-email': 'Saisissez votre adresse e-mail.',
      'invalid-email-format': 'Saisissez une adresse e-mail du type nom@example.com.',
      'no-password': 'Choisissez un mot de passe.',
    },
    'signup-email': {
      pageTitle: 'Consultez votre messagerie · ${clientName}',
      title: 'Consultez votre messagerie',
      emailDescription:
        'Nous avons envoyé un message à ${email}. Ouvrez le lien qu’il contient pour terminer la création de votre compte, puis revenez ici pour vous connecter.',
      buttonText: 'Continuer vers la connexion',
      resendText: 'Rien reçu\u00A0?',
      resendLinkText: 'Réessayer',
    },
  },
  'reset-password': {
    'reset-password-request': {
      pageTitle: 'Réinitialiser le mot de passe · ${clientName}',
      title: 'Mot de passe oublié\u00A0?',
      descriptionEmail:
        'Indiquez votre adresse e-mail. Nous vous enverrons un lien pour choisir un nouveau mot de passe.',
      placeholderEmail: 'Adresse e-mail',
      buttonText: 'Envoyer le lien',
      backToLoginLinkText: 'Retour à la connexion',
      'no-email': 'Saisissez votre adresse e-mail.',
      'invalid-email-format': 'Saisissez une adresse e-mail du type nom@example.com.',
    },
    'reset-password-email': {
      pageTitle: 'Consultez votre messagerie · ${clientName}',
      title: 'Consultez votre messagerie',
      emailDescription:
        'S’il existe un compte pour ${email}, un lien pour choisir un nouveau mot de passe est en route. Il fonctionne une seule fois et pendant peu de temps.',
      resendText: 'Rien reçu\u00A0?',
      resendLinkText: 'Réessayer',
      backToLoginLinkText: 'Retour à la connexion',
    },
    'reset-password': {
      pageTitle: 'Choisir un nouveau mot de passe',
      title: 'Choisissez un nouveau mot de passe',
      description: 'Il vous servira dès la prochaine connexion.',
      passwordPlaceholder: 'Nouveau mot de passe',
      reEnterpasswordPlaceholder: 'Nouveau mot de passe, encore une fois',
      passwordSecurityText:
        'Au moins ${passwordLength} caractères. Quelques mots sans rapport entre eux font très bien l’affaire.',
      signOutEverywhereText: 'Me déconnecter sur tous les appareils',
      buttonText: 'Changer le mot de passe',
      'no-password': 'Choisissez un nouveau mot de passe.',
      'no-re-enter-password': 'Saisissez le nouveau mot de passe une seconde fois.',
      'password-mismatch': 'Les deux mots de passe sont différents.',
    },
    'reset-password-prove': {
      pageTitle: 'Choisir un nouveau mot de passe',
      title: 'D’abord, confirmez votre identité',
      description:
        'Votre compte comporte une seconde étape. Confirmez-la ici, puis choisissez votre nouveau mot de passe.',
      buttonText: 'Continuer',
    },
    'reset-password-success': {
      pageTitle: 'Mot de passe changé',
      eventTitle: 'Mot de passe changé',
      signedOutText: 'La déconnexion a été faite sur tous les appareils.',
      description:
        'Revenez à l’application et connectez-vous avec votre nouveau mot de passe. Si votre compte comporte une seconde étape, elle vous sera demandée comme d’habitude.',
    },
    'reset-password-error': {
      pageTitle: 'Lien périmé',
      eventTitleExpired: 'Ce lien a expiré',
      descriptionExpired:
        'Les liens de réinitialisation fonctionnent une seule fois et pendant peu de temps. Demandez-en un nouveau depuis la page de connexion.',
    },
  },
  'email-verification': {
    'email-verification-result': {
      pageTitle: 'Confirmer votre adresse e-mail',
      title: 'Confirmez votre adresse e-mail',
      description: 'Un clic, et nous saurons que cette messagerie est bien la vôtre.',
      buttonText: 'Confirmer l’adresse',
      verifiedTitle: 'Adresse confirmée',
      verifiedDescription:
        'Merci. Vous pouvez fermer cette page, revenir là d’où vous veniez et vous connecter.',
      errorTitle: 'Ce lien a expiré',
      invalidAccountOrCodeDescription:
        'Les liens de confirmation fonctionnent une seule fois et pendant peu de temps. Si votre adresse est déjà confirmée, vous n’avez plus rien à faire.',
    },
  },
  'undo-change': {
    'undo-change': {
      pageTitle: 'Ce n’était pas vous ? · ${companyName}',
      title: 'Ce n’était pas vous ?',
      addedDescription: '${time} : ceci a été ajouté à votre compte comme seconde étape : ${factor}.',
      removedDescription: '${time} : ceci a été retiré de votre compte : ${factor}.',
      signOutText: 'Toutes les sessions de votre compte sont fermées, sur tous les appareils.',
      takeText: 'Ce qui a été ajouté ne fonctionne plus.',
      putBackText: 'Ce qui a été retiré fonctionne à nouveau.',
      passwordText:
        'Votre mot de passe n’est plus valable, et nous vous envoyons un lien pour en choisir un nouveau.',
      leaveText: 'Si c’était vous, fermez cette page. Rien ne se passe alors.',
      buttonText: 'Ce n’était pas moi',
    },
    'undo-change-result': {
      pageTitle: 'Toutes les sessions sont fermées · ${companyName}',
      title: 'Toutes les sessions sont fermées',
      takenText: 'Ce qui avait été ajouté à votre compte n’y est plus.',
      putBackText: 'Ce qui avait été retiré de votre compte fonctionne à nouveau.',
      keptText:
        'Ce qui a été ajouté est maintenant la seule seconde étape de votre compte. Elle reste jusqu’à ce que l’assistance la retire : un lien dans un message ne doit pas laisser votre compte sans protection. Contactez l’assistance.',
      nothingText: 'Il n’y avait plus rien à annuler.',
      passwordText:
        'Nous vous avons envoyé un e-mail. Choisissez maintenant un nouveau mot de passe avec son lien, car quelqu’un connaît peut-être le vôtre.',
      errorTitle: 'Ce lien a expiré',
      errorDescription:
        'Ces liens fonctionnent une seule fois et pendant un jour. S’il reste dans votre compte quelque chose qui n’est pas de vous, contactez l’assistance.',
    },
  },
  consent: {
    consent: {
      pageTitle: 'Autoriser l’accès · ${clientName}',
      title: 'Donner accès à ${clientName}\u00A0?',
      messageSingleTenant:
        '${clientName} souhaite utiliser votre compte ${companyName}. L’application pourrait\u00A0:',
      acceptButtonText: 'Autoriser',
      declineButtonText: 'Refuser',
      scopeOpenid: 'savoir qui vous êtes',
      scopeProfile: 'voir votre profil\u00A0: nom, surnom et photo',
      scopeEmail: 'voir votre adresse e-mail',
      scopePhone: 'voir votre numéro de téléphone',
      scopeAddress: 'voir votre adresse postale',
      scopeOfflineAccess: 'conserver cet accès en votre absence',
    },
  },
  mfa: {
    'mfa-login-options': {
      pageTitle: 'Choisir une méthode · ${clientName}',
      title: 'Comment voulez-vous confirmer votre identité\u00A0?',
      description: 'Une seule de ces méthodes suffit.',
      backText: 'Retour',
    },
    'mfa-begin-enroll-options': {
      pageTitle: 'Protéger votre compte · ${clientName}',
      title: 'Choisissez une seconde étape',
      description: 'Le mot de passe seul n’ouvrira plus votre compte.',
      backText: 'Retour',
      strengthResistantText: 'La plus sûre.',
      strengthStrongText: 'Sûre.',
      strengthRestrictedText: 'Moins sûre.',
      strengthBasicText: 'Simple.',
    },
    'mfa-enroll-replacement': {
      pageTitle: 'Configurer une nouvelle méthode · ${clientName}',
      title: 'Vous avez perdu votre méthode habituelle\u00A0?',
      description:
        'Vous vous êtes connecté sans votre méthode habituelle. Configurez-en une nouvelle maintenant, pour ne pas avoir à le refaire la prochaine fois.',
      removeLostText: 'Je n’ai plus l’ancienne\u00A0: la supprimer',
      skipButtonText: 'Pas maintenant',
    },
    'mfa-enroll-invitation': {
      pageTitle: 'Configurer une seconde étape · ${companyName}',
      title: 'Configurez une seconde étape',
      description:
        'Vous êtes invité à protéger votre compte ${companyName}\u00A0: après le mot de passe, vous confirmez qu’il s’agit bien de vous. Cela prend une ou deux minutes.',
      enrolledHint: 'Si votre compte comporte déjà une seconde étape, elle vous sera d’abord demandée.',
      buttonText: 'Commencer',
    },
    'mfa-enroll-result': {
      pageTitle: 'Seconde étape · ${companyName}',
      enrolledTitle: 'Votre seconde étape est configurée',
      enrolledDescription: 'Elle vous sera désormais demandée à la connexion. Vous pouvez fermer cette page.',
      invalidTicketTitle: 'Ce lien ne fonctionne pas',
      invalidTicketDescription:
        'Il est peut-être incomplet, ou un lien plus récent l’a remplacé. Ouvrez le lien du dernier message, ou demandez une nouvelle invitation.',
      expiredTicketTitle: 'Cette invitation a expiré',
      expiredTicketDescription: 'Les invitations sont valables cinq jours. Demandez-en une nouvelle.',
      alreadyUsedTitle: 'Cette invitation a déjà servi',
      alreadyUsedDescription:
        'Chaque invitation ne sert qu’une fois. Si ce n’était pas vous, prévenez aussitôt l’assistance.',
      alreadyEnrolledTitle: 'Tout est déjà prêt',
      alreadyEnrolledDescription:
        'Votre compte comporte une seconde étape, et cette invitation s’adresse à qui n’en a pas.',
    },
    'mfa-blocked': {
      pageTitle: 'Impossible de continuer · ${clientName}',
      title: 'Une seconde étape est nécessaire',
      switchedOffText:
        'Votre compte est protégé par une seconde étape qui a été désactivée\u00A0: ${methods}.',
      passwordText:
        'Votre mot de passe seul ne peut pas la remplacer. Qui le connaîtrait reste ainsi dehors.',
      unreachedText: 'Plus rien ne peut être envoyé au numéro ou à l’adresse qui prouve votre identité.',
      nothingText:
        'Cette connexion demande une seconde étape, mais aucune ne peut être utilisée ni configurée pour votre compte en ce moment.',
      contactText:
        'Demandez de l’aide à l’exploitant de ${clientName}\u00A0: il peut changer les réglages, ou vous laisser entrer une fois avec un laissez-passer temporaire.',
      contactLinkText: 'Contacter l’assistance',
      tryAgainButtonText: 'Réessayer',
      leaveButtonText: 'Retour à ${clientName}',
    },
    'mfa-detect-browser-capabilities': {
      pageTitle: 'Un instant · ${clientName}',
      title: 'Un instant',
      waitingText: 'Nous regardons ce que ce navigateur sait faire …',
      noJSErrorDescription:
        'Cette page reste affichée ? Alors JavaScript est désactivé ou n’a pas été chargé. Vous pouvez continuer sans lui, avec les méthodes qui fonctionnent dans tout navigateur.',
      buttonText: 'Continuer sans JavaScript',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-not-available-error': {
      pageTitle: 'Impossible ici · ${clientName}',
      errorTitle: 'Ce navigateur ne sait pas le faire',
      errorDescription:
        'Cette connexion demande une clé de sécurité ou le verrouillage d’écran d’un appareil. Ce navigateur ne sait pas s’en servir, ou JavaScript y est désactivé. Activez-le, ou ouvrez ${clientName} dans un navigateur à jour.',
      tryAgainLinkText: 'Réessayer',
      otherMethodsText: 'Ou prouvez votre identité ainsi :',
      contactText:
        'Aucun autre navigateur à portée de main ? Demandez de l’aide au responsable de ${clientName}.',
      contactLinkText: 'Contacter l’assistance',
    },
  },
  logout: {
    logout: {
      pageTitle: 'Se déconnecter',
      title: 'Se déconnecter\u00A0?',
      description: 'Vous serez déconnecté de ${companyName} dans ce navigateur.',
      acceptButtonText: 'Se déconnecter',
      declineButtonText: 'Rester connecté',
    },
    'logout-complete': {
      pageTitle: 'Déconnexion effectuée',
      eventTitle: 'Vous êtes déconnecté',
      description: 'Sur un ordinateur partagé, fermez aussi la fenêtre du navigateur.',
    },
  },
  status: {
    status: {
      pageTitle: 'Connexion · ${companyName}',
      expiredTitle: 'Cette page a expiré',
      expiredDescription:
        'Pour votre sécurité, cette page ne reste pas ouverte longtemps et ne vaut que dans un seul navigateur. Revenez à l’application, ou ouvrez de nouveau le lien de votre message, et recommencez.',
      errorTitle: 'Une erreur s’est produite',
      errorDescription: 'La demande n’a pas pu aboutir. Revenez à l’application et réessayez.',
      unavailableTitle: 'Nous revenons dans un instant',
      unavailableDescription:
        'La connexion est impossible pour le moment. Patientez un peu, puis rechargez cette page.',
      homeTitle: 'Connexion à ${companyName}',
      homeDescription:
        'Il n’y a rien à faire à cette adresse même. Ouvrez l’application que vous voulez utiliser\u00A0: elle vous amènera ici au moment de vous connecter.',
      notFoundTitle: 'Il n’y a pas de page ici',
      notFoundDescription: 'L’adresse est peut-être mal saisie ou périmée.',
      lockedTitle: 'Suspendu pour votre protection',
      lockedDescription:
        'Trop de codes erronés ont été saisis pour ce compte. Votre mot de passe était correct, mais la seconde étape est suspendue. Vous pourrez réessayer ${retryIn}.',
      lockedAdvice:
        'Si ce n’était pas vous, quelqu’un connaît peut-être votre mot de passe\u00A0: changez-le dès que possible.',
      lockedErrandDescription:
        'Trop de codes erronés ont été saisis pour ce compte\u00A0: sa seconde étape est suspendue. Vous pourrez réessayer ${retryIn}.',
      lockedErrandAdvice:
        'Si ce n’était pas vous, quelqu’un peut peut-être lire vos messages\u00A0: changez dès que possible le mot de passe de votre messagerie.',
      rateLimitedTitle: 'Trop de tentatives',
      rateLimitedDescription: 'Veuillez patienter un peu. Vous pourrez réessayer ${retryIn}.',
      errorDetailText: 'Pour l’exploitant\u00A0:',
      supportText: 'Besoin d’aide\u00A0?',
      supportLinkText: 'Contacter l’assistance',
    },
  },
};
