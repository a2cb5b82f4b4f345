/** German texts. @type {import('./en.js').Texts} */
export const de = {
  productName: 'Authenticator',
  back: 'Zurück',
  cancel: 'Abbrechen',
  close: 'Fertig',
  settings: 'Einstellungen',
  addAccount: 'Konto hinzufügen',
  failed: 'Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
  unreachable: '${host} ist nicht erreichbar. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
  tooOften: 'Das war zu oft. Warten Sie ein paar Minuten und versuchen Sie es dann noch einmal.',

  cannotTitle: 'Diese App kann hier nicht arbeiten',
  cannotInsecure:
    'Browser lassen eine App nur über https Schlüssel erzeugen. Öffnen Sie diese Seite über https.',
  cannotStore:
    'Ihr Browser lässt diese Seite nichts aufbewahren, wie in manchen privaten Fenstern. Öffnen Sie sie in einem gewöhnlichen.',

  emptyTitle: 'Niemand meldet sich ohne Sie an',
  emptyText:
    'Fügen Sie ein Konto hinzu, und dieses Gerät fragt Sie, wenn sich jemand damit anmeldet. Ihre Schlüssel verlassen dieses Gerät nie.',
  emptySteps:
    'Wählen Sie dort, wo Sie sich anmelden, „Auf Ihrem Handy bestätigen“. Die Seite zeigt dann einen QR-Code, oder einen Link, falls Sie auf diesem Gerät sind.',
  scanCode: 'QR-Code scannen',
  pasteLink: 'Link einfügen',
  accountsTitle: 'Ihre Konten',
  listening: 'Wartet auf Anfragen',
  connecting: 'Verbindung wird aufgebaut …',
  lineUnreachable: '${host} ist nicht erreichbar. Es wird weiter versucht.',
  lineOff: '${issuer} fragt zurzeit keine Geräte.',
  offline: 'Keine Verbindung. Codes gehen trotzdem.',
  codesOnly: 'Nur Codes',
  details: 'Einzelheiten',
  copyCode: 'Code für ${issuer}, ${account} kopieren',
  copied: 'Kopiert',
  codeExpires: 'Alle ${seconds} Sekunden ein neuer Code',
  notConfirmed: 'Noch nicht fertig. Machen Sie in dem Browser weiter, in dem Sie begonnen haben.',
  refused: 'Der Server kennt dieses Gerät nicht mehr.',
  unfinished: 'Die Einrichtung wurde nicht abgeschlossen.',

  notifyTitle: 'Sofort Bescheid wissen',
  notifyOff: 'Ohne Benachrichtigungen kommen Anfragen nur an, solange diese App offen ist.',
  notifyOn: 'Benachrichtigungen sind an: Eine Anfrage weckt dieses Gerät.',
  notifyButton: 'Benachrichtigungen einschalten',
  notifyDenied:
    'Ihr Browser sperrt Benachrichtigungen dieser App, deshalb kommen Anfragen nur an, solange sie offen ist. In den Browser-Einstellungen für diese Website können Sie sie erlauben.',
  notifyUnsupported:
    'Dieser Browser kann die App nicht wecken. Anfragen kommen an, solange sie offen ist. Auf iPhone und iPad legen Sie die App zuerst auf den Home-Bildschirm.',
  notifyFailed:
    'Benachrichtigungen ließen sich mit ${host} nicht einrichten. Anfragen kommen an, solange die App offen ist; beim nächsten Öffnen wird es wieder versucht.',
  installTitle: 'Diese App installieren',
  installText: 'Installiert hat diese App ein eigenes Symbol und öffnet sich ohne Browser drumherum.',
  installButton: 'Installieren',
  installByHand: 'Auf iPhone und iPad: erst „Teilen“, dann „Zum Home-Bildschirm“ antippen.',
  updateText: 'Eine neue Version dieser App ist bereit.',
  updateButton: 'Jetzt verwenden',
  clockOff:
    'Die Uhr dieses Geräts geht um etwa ${minutes} Min. falsch. Codes werden vielleicht abgelehnt, bis sie stimmt: Lassen Sie sie automatisch stellen.',

  addLead:
    'Scannen Sie den QR-Code auf dem anderen Bildschirm. Wenn Sie sich auf diesem Gerät anmelden, fügen Sie stattdessen den Link ein.',
  scanTitle: 'QR-Code scannen',
  scanLead: 'Halten Sie die Kamera so, dass der ganze Code im Rahmen liegt.',
  cameraStarting: 'Die Kamera wird gestartet …',
  cameraDenied:
    'Diese App darf die Kamera nicht benutzen. Erlauben Sie es in den Browser-Einstellungen für diese Website, oder nehmen Sie einen anderen Weg.',
  cameraMissing: 'Es wurde keine Kamera gefunden. Nehmen Sie einen anderen Weg.',
  choosePicture: 'Bild des Codes auswählen',
  pictureEmpty: 'In diesem Bild ist kein QR-Code.',
  otherCode: 'Dieser QR-Code ist nicht für einen Authenticator.',
  linkTitle: 'Link einfügen',
  linkLead: 'Kopieren Sie den Link auf der Seite, auf der Sie sich anmelden, und fügen Sie ihn hier ein.',
  linkLabel: 'Link',
  linkHint: 'Er beginnt mit otpauth://',
  fromClipboard: 'Einfügen',
  goOn: 'Weiter',
  'not-a-link': 'Das ist kein Link für einen Authenticator. Er beginnt mit otpauth://',
  unsupported: 'Konten dieser Art kennt diese App nicht.',
  'insecure-server':
    'Der Link führt zu einem Server ohne Verschlüsselung, deshalb nutzt diese App ihn nicht.',

  confirmTitle: 'Dieses Konto hinzufügen?',
  confirmLead: 'Machen Sie nur weiter, wenn Sie diesen Code oder Link gerade selbst geöffnet haben.',
  factOrganisation: 'Von',
  factAccount: 'Konto',
  factServer: 'Server',
  deviceNameLabel: 'Name dieses Geräts',
  deviceNameHint: 'Damit Sie es in der Liste Ihrer Geräte wiedererkennen.',
  nameMissing: 'Geben Sie ihm einen Namen.',
  confirmButton: 'Konto hinzufügen',
  adding: 'Das Konto wird hinzugefügt …',
  ticketOver:
    'Dieser Code oder Link wurde schon benutzt oder ist zu alt. Lassen Sie einen neuen anzeigen und versuchen Sie es noch einmal.',
  deviceRefused: '${host} nimmt dieses Gerät nicht an.',
  doneTitle: 'Dieses Gerät ist bereit',
  doneWaiting: 'Gehen Sie zurück zur Seite mit dem Code. Sie geht von selbst weiter.',
  doneConfirmed: 'Alles fertig. Ab jetzt werden Sie hier gefragt.',
  codesTitle: 'Ihre Codes sind bereit',
  codesText: 'Geben Sie den Code unten dort ein, wo Sie sich gerade anmelden.',

  requestTitle: 'Melden Sie sich gerade an?',
  factApplication: 'Bei',
  factPlace: 'Von',
  factBrowser: 'Mit',
  factTime: 'Wann',
  browserOnSystem: '${browser} auf ${system}',
  unknown: 'Unbekannt',
  timeLeft: 'noch ${time}',
  halfMinuteLeft: 'Noch 30 Sekunden für Ihre Antwort.',
  chooseNumber: 'Tippen Sie auf die Zahl der Anmeldeseite',
  approveNumber: 'Mit der Zahl ${number} bestätigen',
  typeNumber: 'Geben Sie die Zahl der Anmeldeseite ein',
  numberFault: 'Die Zahl hat ${length} Stellen.',
  approve: 'Bestätigen',
  approveLead: 'Bestätigen Sie nur, wenn Sie diese Anmeldung selbst begonnen haben.',
  deny: 'Nein, ablehnen',
  checking: 'Bestätigen Sie mit Finger, Gesicht oder PIN …',
  sending: 'Ihre Antwort wird gesendet …',
  checkRefused:
    'Dieses Gerät hat Sie nicht erkannt, deshalb wurde nichts gesendet. Versuchen Sie es noch einmal, oder lehnen Sie die Anfrage ab.',
  replaced: 'Eine neuere Anmeldung hat die vorige ersetzt. Sehen Sie genau hin.',
  moreOne: 'Eine weitere Anfrage wartet.',
  moreMany: '${count} weitere Anfragen warten.',

  denyTitle: 'Waren Sie das?',
  denyLead: 'Jemand meldet sich als ${account} an.',
  denyNo: 'Nein, das war ich nicht',
  denyNoHint: 'Sie wird abgelehnt und als Angriff gemeldet.',
  denyYes: 'Ja, das war ich',
  denyYesHint: 'Sie wird abgelehnt, weiter nichts.',

  approvedTitle: 'Bestätigt',
  approvedText: 'Sie sind bei ${application} angemeldet.',
  deniedTitle: 'Abgelehnt',
  deniedText: 'Niemand wurde bei ${application} angemeldet.',
  foreignTitle: 'Abgelehnt und gemeldet',
  foreignText:
    'Niemand wurde bei ${application} angemeldet. Aber jemand kennt Ihr Passwort: Ändern Sie es so bald wie möglich.',
  mismatchTitle: 'Das war eine andere Zahl',
  mismatchText:
    'Niemand wurde angemeldet. Wenn Sie selbst sich anmelden, beginnen Sie dort noch einmal und nehmen Sie die Zahl, die die Seite zeigt.',
  expiredTitle: 'Zu spät',
  expiredText: 'Niemand hat rechtzeitig geantwortet, also wurde niemand angemeldet.',
  overTitle: 'Diese Anfrage ist vorbei',
  overText: 'Sie wurde anderswo beantwortet oder abgebrochen.',
  notAcceptedTitle: 'Ihre Antwort wurde nicht angenommen',
  notAcceptedText:
    'Der Server hat die Antwort dieses Geräts nicht erkannt. Prüfen Sie, ob die Uhr automatisch gestellt wird, und melden Sie sich noch einmal an.',

  factAdded: 'Seit',
  saveName: 'Speichern',
  saved: 'Gespeichert.',
  accountNameLabel: 'Name dieses Kontos',
  removeButton: 'Dieses Konto entfernen',
  removeTitle: '${issuer} entfernen?',
  removeDeviceText:
    'Dieses Gerät beantwortet dann keine Anfragen mehr und macht keine Codes für ${account}. Stellen Sie sicher, dass Sie sich noch auf andere Art anmelden können.',
  removeCodesText:
    'Die Codes lassen sich nicht zurückholen. Schalten Sie sie zuerst bei ${issuer} aus, sonst sperren Sie sich vielleicht aus.',
  removeConfirm: 'Entfernen',
  removedText: '${issuer} wurde entfernt.',
  forgetTitle: '${host} ist nicht erreichbar',
  forgetText:
    'Sie können das Konto auf diesem Gerät vergessen. Der Server erfährt davon nichts und führt das Gerät in der Liste, bis Sie es dort entfernen.',
  forgetConfirm: 'Hier vergessen',
  refusedText:
    'Es wurde dort entfernt. Wenn Sie das überrascht, prüfen Sie zuerst, ob die Uhr dieses Geräts automatisch gestellt wird.',
  unfinishedText:
    'Die Anmeldung, zu der sie gehörte, wurde nicht rechtzeitig beendet; der Server hat das Gerät verworfen.',
  setUpAgain: 'Neu einrichten',
  forget: 'Dieses Konto vergessen',

  language: 'Sprache',
  languageOfBrowser: 'Wie im Browser',
  checkTitle: 'Vor einer Bestätigung',
  checkOn: 'Dieses Gerät fragt nach Finger, Gesicht oder PIN.',
  checkOff:
    'Dieser Browser kann nicht nach Finger, Gesicht oder PIN fragen. Wer dieses Gerät entsperrt in der Hand hat, kann bestätigen.',
  aboutTitle: 'Was hier aufbewahrt wird',
  aboutText:
    'Schlüssel und Konten liegen nur in diesem Browser; es gibt keine Kopie. Wer die Daten dieser Website löscht, entfernt sie.',
  version: 'Version ${version}',
};
