import type { PhoneTexts } from './en.ts';

const names = {
  authenticatorNamesSMS: 'Code per SMS',
  authenticatorNamesVoice: 'Code per Anruf',
  authenticatorNamesPhone: 'Code an Ihr Telefon',
};

const restrictedText = 'Codes per Telefon lassen sich abfangen: Eine Authenticator-App schützt Sie besser.';

const tooMany = {
  sms: {
    'too-many-sms':
      'Sie haben viele Codes angefordert. Warten Sie eine Weile bis zum nächsten oder wählen Sie ein anderes Verfahren.',
  },
  voice: {
    'too-many-voice':
      'Sie haben viele Anrufe angefordert. Warten Sie eine Weile bis zum nächsten oder wählen Sie ein anderes Verfahren.',
  },
};

const numberFields = {
  countryPlaceholder: 'Land',
  placeholder: 'Telefonnummer',
  restrictedText,
  pickAuthenticatorText: 'Anderes Verfahren wählen',
  'no-phone': 'Geben Sie Ihre Telefonnummer ein.',
  'invalid-phone': 'Diese Nummer gibt es nicht. Bitte prüfen Sie die Ziffern und das Land.',
  'phone-not-allowed':
    'An diese Nummer können wir keine Codes senden. Nehmen Sie die Nummer Ihres eigenen Telefons aus einem der Länder in der Liste.',
};

const codeFields = {
  placeholder: 'Sechsstelliger Code',
  buttonText: 'Weiter',
  editText: 'Nummer ändern',
  changePhoneText: 'Eine andere Ihrer Nummern nehmen',
  rememberMeText: 'In diesem Browser ${rememberDays} Tage lang nicht mehr fragen',
  resendWaitText: 'In ${seconds} s können Sie einen neuen Code anfordern.',
  pickAuthenticatorText: 'Anderes Verfahren wählen',
  'invalid-code': 'Dieser Code stimmt nicht. Nur der neueste Code gilt.',
  'invalid-expired-code': 'Dieser Code ist abgelaufen. Fordern Sie einen neuen an.',
};

/** German texts of the phone screens. */
export const de: PhoneTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'Nachrichten lassen sich abfangen. Sie brauchen eine Telefonnummer.',
    },
  },
  'mfa-phone': {
    'mfa-phone-enrollment': {
      pageTitle: 'Codes an Ihr Telefon einrichten · ${clientName}',
      title: 'Schützen Sie Ihr Konto',
      description: 'Geben Sie Ihre Telefonnummer ein. Wir senden einen Code dorthin, wenn Sie sich anmelden.',
      chooseMessageTypeText: 'Wie möchten Sie den Code bekommen?',
      smsButtonText: 'SMS',
      voiceButtonText: 'Anruf',
      continueButtonText: 'Code senden',
      ...numberFields,
      ...tooMany.sms,
    },
  },
  'mfa-sms': {
    'mfa-sms-enrollment': {
      pageTitle: 'Codes per SMS einrichten · ${clientName}',
      title: 'Schützen Sie Ihr Konto',
      description:
        'Geben Sie Ihre Handynummer ein. Wir senden Ihnen einen Code per SMS, wenn Sie sich anmelden.',
      buttonText: 'Code senden',
      ...numberFields,
      ...tooMany.sms,
    },
    'mfa-sms-challenge': {
      pageTitle: 'Code eingeben · ${clientName}',
      title: 'Geben Sie den Code aus der SMS ein',
      description: 'Wir haben eine SMS an ${phone_number} gesendet.',
      ...codeFields,
      ...tooMany.sms,
      'sms-authenticator-error':
        'Wir können gerade keine SMS senden. Versuchen Sie es später noch einmal oder wählen Sie ein anderes Verfahren.',
      resendText: 'Nichts angekommen?',
      resendActionText: 'Neuen Code senden',
      resendVoiceActionSeparatorTextBefore: 'oder',
      resendVoiceActionText: 'Stattdessen anrufen lassen',
      'no-code': 'Geben Sie den Code aus der SMS ein.',
      'invalid-otp-code-format': 'Der Code hat sechs Ziffern. Geben Sie ihn so ein, wie er in der SMS steht.',
    },
    'mfa-sms-list': {
      pageTitle: 'Nummer wählen · ${clientName}',
      title: 'An welche Nummer soll der Code gehen?',
      backText: 'Zurück',
    },
  },
  'mfa-voice': {
    'mfa-voice-enrollment': {
      pageTitle: 'Codes per Anruf einrichten · ${clientName}',
      title: 'Schützen Sie Ihr Konto',
      description:
        'Geben Sie Ihre Telefonnummer ein. Wir rufen Sie an und lesen einen Code vor, wenn Sie sich anmelden.',
      buttonText: 'Anrufen lassen',
      ...numberFields,
      ...tooMany.voice,
    },
    'mfa-voice-challenge': {
      pageTitle: 'Code eingeben · ${clientName}',
      title: 'Geben Sie den Code ein, den Sie hören',
      description: 'Wir rufen ${phone_number} an. Der Code wird zweimal vorgelesen.',
      ...codeFields,
      ...tooMany.voice,
      'voice-authenticator-error':
        'Wir können gerade nicht anrufen. Versuchen Sie es später noch einmal oder wählen Sie ein anderes Verfahren.',
      resendText: 'Kein Anruf?',
      resendActionText: 'Noch einmal anrufen lassen',
      resendSmsActionSeparatorTextBefore: 'oder',
      resendSmsActionText: 'Stattdessen eine SMS senden',
      'no-code': 'Geben Sie den Code aus dem Anruf ein.',
      'invalid-otp-code-format': 'Der Code hat sechs Ziffern. Geben Sie sie so ein, wie Sie sie hören.',
    },
  },
};
