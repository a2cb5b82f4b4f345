import type { PushTexts } from './en.ts';

const names = { authenticatorNamesPushNotification: 'Auf Ihrem Handy bestätigen' };

const enrolmentFields = {
  pageTitle: 'Handy einrichten · ${clientName}',
  title: 'Schützen Sie Ihr Konto',
  waitingText: 'Wir warten auf Ihr Gerät. Hier geht es dann von selbst weiter.',
  buttonText: 'Ich habe es eingerichtet',
  renewText: 'Neu beginnen',
  pickAuthenticatorText: 'Anderes Verfahren wählen',
  'enrollment-transaction-pending':
    'Ihr Gerät ist noch nicht eingerichtet. Schließen Sie das dort ab und machen Sie dann hier weiter.',
  'transaction-replaced':
    'Sie haben in einem anderen Fenster weitergemacht. Dieses hier lässt sich nicht mehr verwenden.',
  'transaction-not-found': 'Die Zeit zum Einrichten ist abgelaufen.',
  'polling-interval-exceeded':
    'Einen Augenblick bitte. Warten Sie ein paar Sekunden und machen Sie dann weiter.',
};

/** German texts of the screens of requests to a device. */
export const de: PushTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'Sie bestätigen auf Ihrem Telefon. Sie brauchen eine App.',
    },
  },
  'mfa-push': {
    'mfa-push-enrollment-qr': {
      ...enrolmentFields,
      description: 'Wenn Sie sich künftig anmelden, fragt Ihr Handy, ob Sie es sind.',
      cameraText: 'Richten Sie die Kamera Ihres Handys auf diesen Code und öffnen Sie den Link.',
      confirmText: 'Bestätigen Sie im Authenticator, der sich öffnet.',
      openAppText: 'Öffnen Sie auf dem Handy ${appAddress} oder die App Ihrer Organisation.',
      scanText: 'Scannen Sie dort diesen Code.',
      altText:
        'QR-Code, der Ihr Handy einrichtet. Können Sie ihn nicht scannen, machen Sie unten mit diesem Gerät weiter.',
      codeEnrollmentText: 'Kein Handy zur Hand? Dieses Gerät nehmen',
    },
    'mfa-push-enrollment-code': {
      ...enrolmentFields,
      description:
        'Wenn Sie sich künftig anmelden, fragt der Authenticator, ob Sie es sind. Er öffnet sich in einem eigenen Tab: Richten Sie ihn dort ein und kommen Sie dann zurück.',
      appLinkText: 'Authenticator öffnen',
      linkText: 'Für einen anderen Browser oder eine App: Fügen Sie dort diesen Link ein.',
      copyLinkText: 'Link kopieren',
      backText: 'Anderes Gerät nehmen: QR-Code anzeigen',
    },
    'mfa-push-challenge-push': {
      pageTitle: 'Auf Ihrem Gerät bestätigen · ${clientName}',
      title: 'Bestätigen Sie, dass Sie es sind',
      description:
        'Wir haben eine Anfrage an ${deviceName} gesendet. Stimmen Sie dort zu, wenn Sie sich gerade anmelden.',
      numberText: 'Dort wird nach dieser Zahl gefragt:',
      notWokenText:
        'Mitteilungen erreichen ${deviceName} nicht. Öffnen Sie dort den Authenticator, um die Anfrage zu sehen.',
      waitingText: 'Wir warten auf Ihre Antwort',
      buttonText: 'Ich habe geantwortet',
      rememberMeText: 'In diesem Browser ${rememberDays} Tage lang nicht mehr fragen',
      resendText: 'Nichts erschienen?',
      resendActionText: 'Noch einmal fragen',
      resendWaitText: 'In ${time} können Sie noch einmal fragen.',
      separatorText: 'Ist es offline?',
      enterOtpCode: 'Code aus der App eingeben',
      pickDeviceText: 'Ein anderes Ihrer Geräte fragen',
      pickAuthenticatorText: 'Anderes Verfahren wählen',
      'challenge-transaction-pending':
        '${deviceName} hat noch nicht geantwortet. Beantworten Sie dort die Anfrage und machen Sie dann hier weiter.',
      'transaction-rejected':
        'Die Anfrage wurde auf ${deviceName} abgelehnt. War das ein Versehen, fragen Sie noch einmal.',
      'wrong-number':
        'Auf ${deviceName} wurde eine andere Zahl angegeben, damit ist die Anfrage beendet. Fragen Sie noch einmal und nehmen Sie die Zahl, die diese Seite zeigt.',
      'transaction-replaced':
        'Eine neuere Anmeldung ist an die Stelle dieser getreten. Haben Sie die nicht begonnen, kennt vielleicht jemand Ihr Passwort: Ändern Sie es bald.',
      'transaction-not-found':
        'Die Anfrage ist ohne Antwort abgelaufen. Fragen Sie noch einmal, wenn Sie ${deviceName} zur Hand haben.',
      'polling-interval-exceeded':
        'Einen Augenblick bitte. Warten Sie ein paar Sekunden und machen Sie dann weiter.',
      'too-many-push':
        'Eine Weile werden keine Anfragen gesendet: Es waren viele, oder eine wurde abgelehnt. Warten Sie bitte oder wählen Sie ein anderes Verfahren.',
      'mfa-push-challenge-authenticator-error':
        'An dieses Gerät können keine Anfragen mehr gesendet werden. Wählen Sie bitte ein anderes Verfahren.',
    },
    'mfa-push-list': {
      pageTitle: 'Gerät wählen · ${clientName}',
      title: 'Welches Gerät soll gefragt werden?',
      backText: 'Zurück',
    },
  },
};
