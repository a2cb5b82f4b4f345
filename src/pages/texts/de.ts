import type { PageTexts } from './en.ts';

/** German texts of the hosted pages (formal address). */
export const de: PageTexts = {
  common: {
    common: {
      logoAltText: '${companyName}',
      alertListTitle: 'Bitte prüfen Sie Folgendes',
      showPasswordText: 'Passwort anzeigen',
      hidePasswordText: 'Passwort verbergen',
      copiedText: 'Kopiert',
      continueTitle: 'Sie sind angemeldet',
      leaveTitle: 'Nicht angemeldet',
      continueDescription: 'Es geht zurück zu ${clientName} …',
      continueLinkText: 'Weiter',
      backToApplicationText: 'Zurück zu ${clientName}',
      ceremonyStuckText:
        'Dieser Schritt braucht JavaScript und einen Browser, der mit Sicherheitsschlüsseln und Bildschirmsperren umgehen kann.',
      ceremonyStuckButtonText: 'Anders fortfahren',
      'too-many-failures':
        'Zu viele falsche Codes. Bitte warten Sie einige Minuten, bevor Sie es wieder versuchen.',
      'transaction-not-found': 'Dieser Schritt ist abgelaufen. Bitte beginnen Sie von vorn.',
      'authenticator-error': 'Das ließ sich gerade nicht prüfen. Bitte versuchen Sie es gleich noch einmal.',
      'invalid-code': 'Dieser Code stimmt nicht. Bitte versuchen Sie es noch einmal.',
      'user-already-enrolled': 'Dieses Verfahren ist bereits eingerichtet.',
      'password-policy-length-at-least': 'Verwenden Sie mindestens ${passwordLength} Zeichen.',
      'password-policy-length-at-most': 'Verwenden Sie höchstens 256 Zeichen.',
      'password-too-common':
        'Dieses Passwort gehört zu den ersten, die geraten werden. Wählen Sie ein selteneres.',
      'password-policy-contains-user-information':
        'Dieses Passwort ähnelt Ihrem Namen oder Ihrer Adresse zu sehr. Wählen Sie eines, das nichts mit Ihnen zu tun hat.',
    },
  },
  login: {
    login: {
      pageTitle: 'Anmelden · ${clientName}',
      title: 'Anmelden',
      description: 'Weiter zu ${clientName}',
      usernamePlaceholder: 'E-Mail-Adresse',
      passwordPlaceholder: 'Passwort',
      buttonText: 'Weiter',
      forgotPasswordText: 'Passwort vergessen?',
      signupActionText: 'Neu hier?',
      signupActionLinkText: 'Konto anlegen',
      passkeyText: 'Mit einem Passkey anmelden',
      'wrong-credentials': 'E-Mail-Adresse oder Passwort ist falsch.',
      'no-username': 'Geben Sie Ihre E-Mail-Adresse ein.',
      'no-password': 'Geben Sie Ihr Passwort ein.',
    },
    'login-passkey': {
      pageTitle: 'Mit einem Passkey anmelden · ${clientName}',
      title: 'Mit einem Passkey anmelden',
      description: 'Ihr Gerät fragt nach Finger, Gesicht oder seiner PIN. Passwort und Code entfallen.',
      buttonText: 'Passkey verwenden',
      waitingText: 'Ihr Browser fragt gerade …',
      cancelledText:
        'Es wurde kein Passkey verwendet. Versuchen Sie es noch einmal oder melden Sie sich mit Ihrem Passwort an.',
      failedText:
        'Mit diesem Passkey hat die Anmeldung nicht geklappt. Versuchen Sie es noch einmal oder melden Sie sich mit Ihrem Passwort an.',
      usePasswordText: 'Stattdessen das Passwort verwenden',
    },
  },
  signup: {
    signup: {
      pageTitle: 'Konto anlegen · ${clientName}',
      title: 'Konto anlegen',
      description: 'Das dauert eine Minute, dann geht es weiter zu ${clientName}',
      emailPlaceholder: 'E-Mail-Adresse',
      passwordPlaceholder: 'Passwort wählen',
      passwordSecurityText:
        'Mindestens ${passwordLength} Zeichen. Gut geeignet sind einige Wörter ohne Zusammenhang.',
      buttonText: 'Konto anlegen',
      loginActionText: 'Sie haben schon ein Konto?',
      loginActionLinkText: 'Anmelden',
      'no-email': 'Geben Sie Ihre E-Mail-Adresse ein.',
      'invalid-email-format': 'Geben Sie eine E-Mail-Adresse wie name@example.com ein.',
      'no-password': 'Wählen Sie ein Passwort.',
    },
    'signup-email': {
      pageTitle: 'Sehen Sie in Ihr Postfach · ${clientName}',
      title: 'Sehen Sie in Ihr Postfach',
      emailDescription:
        'Wir haben eine Nachricht an ${email} geschickt. Öffnen Sie den Link darin, um Ihr Konto fertigzustellen, und melden Sie sich danach hier an.',
      buttonText: 'Weiter zur Anmeldung',
      resendText: 'Nichts angekommen?',
      resendLinkText: 'Noch einmal versuchen',
    },
  },
  'reset-password': {
    'reset-password-request': {
      pageTitle: 'Passwort zurücksetzen · ${clientName}',
      title: 'Passwort vergessen?',
      descriptionEmail:
        'Nennen Sie uns Ihre E-Mail-Adresse. Wir schicken Ihnen einen Link, mit dem Sie ein neues Passwort wählen.',
      placeholderEmail: 'E-Mail-Adresse',
      buttonText: 'Link senden',
      backToLoginLinkText: 'Zurück zur Anmeldung',
      'no-email': 'Geben Sie Ihre E-Mail-Adresse ein.',
      'invalid-email-format': 'Geben Sie eine E-Mail-Adresse wie name@example.com ein.',
    },
    'reset-password-email': {
      pageTitle: 'Sehen Sie in Ihr Postfach · ${clientName}',
      title: 'Sehen Sie in Ihr Postfach',
      emailDescription:
        'Gibt es zu ${email} ein Konto, ist ein Link für ein neues Passwort unterwegs. Er gilt einmal und nur kurze Zeit.',
      resendText: 'Nichts angekommen?',
      resendLinkText: 'Noch einmal versuchen',
      backToLoginLinkText: 'Zurück zur Anmeldung',
    },
    'reset-password': {
      pageTitle: 'Neues Passwort wählen',
      title: 'Neues Passwort wählen',
      description: 'Es gilt ab der nächsten Anmeldung.',
      passwordPlaceholder: 'Neues Passwort',
      reEnterpasswordPlaceholder: 'Neues Passwort wiederholen',
      passwordSecurityText:
        'Mindestens ${passwordLength} Zeichen. Gut geeignet sind einige Wörter ohne Zusammenhang.',
      signOutEverywhereText: 'Auf allen Geräten abmelden',
      buttonText: 'Passwort ändern',
      'no-password': 'Wählen Sie ein neues Passwort.',
      'no-re-enter-password': 'Geben Sie das neue Passwort ein zweites Mal ein.',
      'password-mismatch': 'Die beiden Passwörter unterscheiden sich.',
    },
    'reset-password-prove': {
      pageTitle: 'Neues Passwort wählen',
      title: 'Bestätigen Sie zuerst, dass Sie es sind',
      description:
        'Ihr Konto hat einen zweiten Schritt. Bestätigen Sie ihn hier, dann wählen Sie Ihr neues Passwort.',
      buttonText: 'Weiter',
    },
    'reset-password-success': {
      pageTitle: 'Passwort geändert',
      eventTitle: 'Passwort geändert',
      signedOutText: 'Sie wurden auf allen Geräten abgemeldet.',
      description:
        'Kehren Sie zur Anwendung zurück und melden Sie sich mit dem neuen Passwort an. Hat Ihr Konto einen zweiten Schritt, wird er wie gewohnt abgefragt.',
    },
    'reset-password-error': {
      pageTitle: 'Link nicht mehr gültig',
      eventTitleExpired: 'Dieser Link ist abgelaufen',
      descriptionExpired:
        'Links zum Zurücksetzen gelten einmal und nur kurze Zeit. Fordern Sie auf der Anmeldeseite einen neuen an.',
    },
  },
  'email-verification': {
    'email-verification-result': {
      pageTitle: 'E-Mail-Adresse bestätigen',
      title: 'E-Mail-Adresse bestätigen',
      description: 'Ein Klick genügt, dann wissen wir, dass dieses Postfach Ihnen gehört.',
      buttonText: 'Adresse bestätigen',
      verifiedTitle: 'Adresse bestätigt',
      verifiedDescription:
        'Vielen Dank. Sie können diese Seite schließen, dorthin zurückkehren, wo Sie herkamen, und sich anmelden.',
      errorTitle: 'Dieser Link ist abgelaufen',
      invalidAccountOrCodeDescription:
        'Bestätigungslinks gelten einmal und nur kurze Zeit. Ist Ihre Adresse schon bestätigt, müssen Sie nichts weiter tun.',
    },
  },
  'undo-change': {
    'undo-change': {
      pageTitle: 'Waren Sie das nicht? · ${companyName}',
      title: 'Waren Sie das nicht?',
      addedDescription: '${time}: Das wurde Ihrem Konto als zweiter Schritt hinzugefügt: ${factor}.',
      removedDescription: '${time}: Das wurde aus Ihrem Konto entfernt: ${factor}.',
      signOutText: 'Alle werden von Ihrem Konto abgemeldet, auf allen Geräten.',
      takeText: 'Was hinzugefügt wurde, gilt nicht mehr.',
      putBackText: 'Was entfernt wurde, gilt wieder.',
      passwordText: 'Ihr Passwort gilt nicht mehr, und wir senden Ihnen einen Link für ein neues.',
      leaveText: 'Wenn Sie es waren, schließen Sie diese Seite. Dann geschieht nichts.',
      buttonText: 'Das war ich nicht',
    },
    'undo-change-result': {
      pageTitle: 'Alle sind abgemeldet · ${companyName}',
      title: 'Alle sind abgemeldet',
      takenText: 'Was Ihrem Konto hinzugefügt wurde, ist entfernt.',
      putBackText: 'Was aus Ihrem Konto entfernt wurde, gilt wieder.',
      keptText:
        'Was hinzugefügt wurde, ist jetzt der einzige zweite Schritt Ihres Kontos. Er bleibt, bis der Support ihn entfernt: Ein Link in einer Nachricht darf Ihr Konto nicht ohne Schutz lassen. Bitte wenden Sie sich an den Support.',
      nothingText: 'Es gab nichts mehr zurückzunehmen.',
      passwordText:
        'Wir haben Ihnen eine E-Mail gesendet. Wählen Sie mit deren Link jetzt ein neues Passwort, denn vielleicht kennt jemand Ihres.',
      errorTitle: 'Dieser Link ist abgelaufen',
      errorDescription:
        'Solche Links gelten einmal und einen Tag lang. Wenn in Ihrem Konto noch etwas nicht von Ihnen ist, wenden Sie sich an den Support.',
    },
  },
  consent: {
    consent: {
      pageTitle: 'Zugriff erlauben · ${clientName}',
      title: '${clientName} Zugriff geben?',
      messageSingleTenant: '${clientName} möchte Ihr Konto bei ${companyName} verwenden und könnte dann:',
      acceptButtonText: 'Erlauben',
      declineButtonText: 'Nicht erlauben',
      scopeOpenid: 'wissen, wer Sie sind',
      scopeProfile: 'Ihr Profil sehen: Name, Spitzname und Bild',
      scopeEmail: 'Ihre E-Mail-Adresse sehen',
      scopePhone: 'Ihre Telefonnummer sehen',
      scopeAddress: 'Ihre Postanschrift sehen',
      scopeOfflineAccess: 'diesen Zugriff auch in Ihrer Abwesenheit behalten',
    },
  },
  mfa: {
    'mfa-login-options': {
      pageTitle: 'Verfahren wählen · ${clientName}',
      title: 'Wie möchten Sie sich ausweisen?',
      description: 'Eines davon genügt.',
      backText: 'Zurück',
    },
    'mfa-begin-enroll-options': {
      pageTitle: 'Konto schützen · ${clientName}',
      title: 'Wählen Sie einen zweiten Schritt',
      description: 'Ein Passwort allein öffnet Ihr Konto dann nicht mehr.',
      backText: 'Zurück',
      strengthResistantText: 'Am stärksten.',
      strengthStrongText: 'Stark.',
      strengthRestrictedText: 'Schwächer.',
      strengthBasicText: 'Einfach.',
    },
    'mfa-enroll-replacement': {
      pageTitle: 'Neue Methode einrichten · ${clientName}',
      title: 'Bisherige Methode verloren?',
      description:
        'Sie haben sich ohne Ihre gewohnte Methode angemeldet. Richten Sie jetzt eine neue ein, damit das beim nächsten Mal nicht nötig ist.',
      removeLostText: 'Die alte habe ich nicht mehr: entfernen',
      skipButtonText: 'Nicht jetzt',
    },
    'mfa-enroll-invitation': {
      pageTitle: 'Zweiten Schritt einrichten · ${companyName}',
      title: 'Zweiten Schritt einrichten',
      description:
        'Sie sind eingeladen, Ihr Konto bei ${companyName} zu schützen: Nach dem Passwort bestätigen Sie, dass wirklich Sie es sind. Das Einrichten dauert ein bis zwei Minuten.',
      enrolledHint: 'Hat Ihr Konto schon einen zweiten Schritt, wird zuerst danach gefragt.',
      buttonText: 'Los geht’s',
    },
    'mfa-enroll-result': {
      pageTitle: 'Zweiter Schritt · ${companyName}',
      enrolledTitle: 'Ihr zweiter Schritt ist eingerichtet',
      enrolledDescription:
        'Ab jetzt werden Sie beim Anmelden danach gefragt. Sie können diese Seite schließen.',
      invalidTicketTitle: 'Dieser Link funktioniert nicht',
      invalidTicketDescription:
        'Vielleicht ist er unvollständig, oder ein neuerer hat ihn ersetzt. Öffnen Sie den Link in der neuesten Nachricht, oder bitten Sie um eine neue Einladung.',
      expiredTicketTitle: 'Diese Einladung ist abgelaufen',
      expiredTicketDescription: 'Einladungen gelten fünf Tage. Bitten Sie um eine neue.',
      alreadyUsedTitle: 'Diese Einladung wurde schon benutzt',
      alreadyUsedDescription:
        'Jede Einladung gilt einmal. Waren Sie es nicht, wenden Sie sich sofort an den Support.',
      alreadyEnrolledTitle: 'Bei Ihnen ist schon alles eingerichtet',
      alreadyEnrolledDescription:
        'Ihr Konto hat einen zweiten Schritt, und diese Einladung ist für Personen ohne einen.',
    },
    'mfa-blocked': {
      pageTitle: 'Es geht nicht weiter · ${clientName}',
      title: 'Ein zweiter Schritt ist nötig',
      switchedOffText:
        'Ihr Konto ist durch einen zweiten Schritt geschützt, der abgeschaltet wurde: ${methods}.',
      passwordText:
        'Ihr Passwort allein kann ihn nicht ersetzen. So bleibt draußen, wer es vielleicht kennt.',
      unreachedText: 'An die Nummer oder Adresse, mit der Sie sich ausweisen, lässt sich nichts mehr senden.',
      nothingText:
        'Diese Anmeldung braucht einen zweiten Schritt, für Ihr Konto lässt sich aber zurzeit keiner nutzen oder einrichten.',
      contactText:
        'Bitten Sie den Betreiber von ${clientName} um Hilfe: Er kann die Einstellungen ändern oder Sie mit einem befristeten Zugangscode einmal einlassen.',
      contactLinkText: 'Support kontaktieren',
      tryAgainButtonText: 'Noch einmal versuchen',
      leaveButtonText: 'Zurück zu ${clientName}',
    },
    'mfa-detect-browser-capabilities': {
      pageTitle: 'Einen Moment · ${clientName}',
      title: 'Einen Moment',
      waitingText: 'Wir sehen nach, was dieser Browser kann …',
      noJSErrorDescription:
        'Sie sehen diese Seite immer noch? Dann ist JavaScript ausgeschaltet oder wurde nicht geladen. Sie können ohne fortfahren, mit den Verfahren, die in jedem Browser gehen.',
      buttonText: 'Ohne JavaScript fortfahren',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-not-available-error': {
      pageTitle: 'Hier nicht möglich · ${clientName}',
      errorTitle: 'Das kann dieser Browser nicht',
      errorDescription:
        'Diese Anmeldung verlangt einen Sicherheitsschlüssel oder die Bildschirmsperre eines Geräts. Dieser Browser kann damit nicht umgehen, oder JavaScript ist darin ausgeschaltet. Schalten Sie es ein, oder öffnen Sie ${clientName} in einem aktuellen Browser.',
      tryAgainLinkText: 'Noch einmal versuchen',
      otherMethodsText: 'Oder weisen Sie sich so aus:',
      contactText: 'Kein anderer Browser zur Hand? Bitten Sie den Betreiber von ${clientName} um Hilfe.',
      contactLinkText: 'Support kontaktieren',
    },
  },
  logout: {
    logout: {
      pageTitle: 'Abmelden',
      title: 'Abmelden?',
      description: 'Sie werden in diesem Browser von ${companyName} abgemeldet.',
      acceptButtonText: 'Abmelden',
      declineButtonText: 'Angemeldet bleiben',
    },
    'logout-complete': {
      pageTitle: 'Abgemeldet',
      eventTitle: 'Sie sind abgemeldet',
      description: 'An einem gemeinsam genutzten Computer schließen Sie bitte auch das Browserfenster.',
    },
  },
  status: {
    status: {
      pageTitle: 'Anmeldung · ${companyName}',
      expiredTitle: 'Diese Seite ist abgelaufen',
      expiredDescription:
        'Zu Ihrer Sicherheit bleibt dieser Vorgang nur kurz offen und gilt nur in einem Browser. Kehren Sie zur Anwendung zurück, oder öffnen Sie den Link in Ihrer Nachricht noch einmal, und beginnen Sie von vorn.',
      errorTitle: 'Etwas ist schiefgegangen',
      errorDescription:
        'Die Anfrage ließ sich nicht abschließen. Kehren Sie zur Anwendung zurück und versuchen Sie es noch einmal.',
      unavailableTitle: 'Gleich geht es weiter',
      unavailableDescription:
        'Die Anmeldung ist gerade nicht möglich. Warten Sie einen Moment und laden Sie diese Seite dann neu.',
      homeTitle: 'Anmeldung bei ${companyName}',
      homeDescription:
        'Unter dieser Adresse selbst gibt es nichts zu tun. Öffnen Sie die Anwendung, die Sie nutzen möchten: Sie bringt Sie zum Anmelden hierher.',
      notFoundTitle: 'Hier gibt es keine Seite',
      notFoundDescription: 'Die Adresse ist vielleicht falsch geschrieben oder veraltet.',
      lockedTitle: 'Zu Ihrem Schutz angehalten',
      lockedDescription:
        'Für dieses Konto kamen zu viele falsche Codes. Ihr Passwort war richtig, doch der zweite Schritt ist angehalten. Sie können es ${retryIn} wieder versuchen.',
      lockedAdvice:
        'Wenn nicht Sie es waren, kennt vielleicht jemand Ihr Passwort: Ändern Sie es so bald wie möglich.',
      lockedErrandDescription:
        'Für dieses Konto kamen zu viele falsche Codes, daher ist der zweite Schritt angehalten. Sie können es ${retryIn} wieder versuchen.',
      lockedErrandAdvice:
        'Wenn nicht Sie es waren, kann vielleicht jemand Ihre Nachrichten lesen: Ändern Sie das Passwort Ihres Postfachs so bald wie möglich.',
      rateLimitedTitle: 'Zu viele Versuche',
      rateLimitedDescription: 'Bitte warten Sie ein wenig. Sie können es ${retryIn} wieder versuchen.',
      errorDetailText: 'Für den Betreiber:',
      supportText: 'Brauchen Sie Hilfe?',
      supportLinkText: 'Support kontaktieren',
    },
  },
};
