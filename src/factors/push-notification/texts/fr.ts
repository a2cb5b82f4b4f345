import type { PushTexts } from './en.ts';

const names = { authenticatorNamesPushNotification: 'Confirmer sur votre téléphone' };

const enrolmentFields = {
  pageTitle: 'Configurer votre téléphone · ${clientName}',
  title: 'Protégez votre compte',
  waitingText: 'En attente de votre appareil. Cette page continuera d’elle-même.',
  buttonText: 'Je l’ai configuré',
  renewText: 'Recommencer',
  pickAuthenticatorText: 'Essayer une autre méthode',
  'enrollment-transaction-pending':
    'Votre appareil n’est pas encore configuré. Terminez là-bas, puis continuez ici.',
  'transaction-replaced': 'Vous avez continué dans une autre fenêtre\u00A0: celle-ci ne sert plus.',
  'transaction-not-found': 'Le délai pour configurer votre appareil est dépassé.',
  'polling-interval-exceeded': 'Un instant, s’il vous plaît. Patientez quelques secondes, puis continuez.',
};

/** French texts of the screens of requests to a device. */
export const fr: PushTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'Vous approuvez sur votre téléphone. Il faut une application.',
    },
  },
  'mfa-push': {
    'mfa-push-enrollment-qr': {
      ...enrolmentFields,
      description:
        'Désormais, quand vous vous connecterez, votre téléphone vous demandera si c’est bien vous.',
      cameraText: 'Dirigez l’appareil photo de votre téléphone vers ce code et ouvrez le lien.',
      confirmText: 'Confirmez dans l’authentificateur qui s’ouvre.',
      openAppText: 'Sur votre téléphone, ouvrez ${appAddress} ou l’application de votre organisation.',
      scanText: 'Scannez-y ce code.',
      altText:
        'QR code qui configure votre téléphone. Si vous ne pouvez pas le scanner, continuez ci-dessous avec cet appareil.',
      codeEnrollmentText: 'Pas de téléphone sous la main\u00A0? Utiliser cet appareil',
    },
    'mfa-push-enrollment-code': {
      ...enrolmentFields,
      description:
        'Désormais, quand vous vous connecterez, l’authentificateur vous demandera si c’est bien vous. Il s’ouvre dans son propre onglet\u00A0: configurez-le là-bas, puis revenez ici.',
      appLinkText: 'Ouvrir l’authentificateur',
      linkText: 'Pour le configurer dans un autre navigateur ou une application, collez-y ce lien\u00A0:',
      copyLinkText: 'Copier le lien',
      backText: 'Utiliser un autre appareil\u00A0: afficher le QR code',
    },
    'mfa-push-challenge-push': {
      pageTitle: 'Confirmer sur votre appareil · ${clientName}',
      title: 'Confirmez que c’est bien vous',
      description:
        'Nous avons envoyé une demande à ${deviceName}. Acceptez-la là-bas si c’est bien vous qui vous connectez.',
      numberText: 'Ce nombre vous y sera demandé\u00A0:',
      notWokenText:
        'Les notifications n’arrivent pas sur ${deviceName}. Ouvrez-y l’authentificateur pour voir la demande.',
      waitingText: 'En attente de votre réponse',
      buttonText: 'J’ai répondu',
      rememberMeText: 'Ne plus demander dans ce navigateur pendant ${rememberDays} jours',
      resendText: 'Rien n’est apparu\u00A0?',
      resendActionText: 'Redemander',
      resendWaitText: 'Vous pourrez redemander dans ${time}.',
      separatorText: 'Il est hors ligne\u00A0?',
      enterOtpCode: 'Saisir un code de son application',
      pickDeviceText: 'Demander à un autre de vos appareils',
      pickAuthenticatorText: 'Essayer une autre méthode',
      'challenge-transaction-pending':
        '${deviceName} n’a pas encore répondu. Répondez-y à la demande, puis continuez ici.',
      'transaction-rejected':
        'La demande a été refusée sur ${deviceName}. Si c’était une erreur, redemandez.',
      'wrong-number':
        'Un autre nombre a été donné sur ${deviceName}\u00A0: la demande est donc terminée. Redemandez et prenez le nombre que cette page affiche.',
      'transaction-replaced':
        'Une connexion plus récente a pris la place de celle-ci. Si vous ne l’avez pas commencée, quelqu’un connaît peut-être votre mot de passe\u00A0: changez-le vite.',
      'transaction-not-found':
        'La demande a expiré sans réponse. Redemandez quand vous aurez ${deviceName} sous la main.',
      'polling-interval-exceeded':
        'Un instant, s’il vous plaît. Patientez quelques secondes, puis continuez.',
      'too-many-push':
        'Aucune demande n’est envoyée pour un moment\u00A0: il y en a eu beaucoup, ou l’une a été refusée. Patientez ou utilisez une autre méthode.',
      'mfa-push-challenge-authenticator-error':
        'Il n’est plus possible d’envoyer des demandes à cet appareil. Utilisez une autre méthode.',
    },
    'mfa-push-list': {
      pageTitle: 'Choisir un appareil · ${clientName}',
      title: 'À quel appareil demander\u00A0?',
      backText: 'Retour',
    },
  },
};
