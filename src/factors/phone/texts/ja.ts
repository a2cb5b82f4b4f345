import type { PhoneTexts } from './en.ts';

const names = {
  authenticatorNamesSMS: 'SMSで届くコード',
  authenticatorNamesVoice: '電話で聞くコード',
  authenticatorNamesPhone: '電話番号に届くコード',
};

const restrictedText = '電話に届くコードは盗み見られることがあります。認証アプリのほうが安全です。';

const tooMany = {
  sms: {
    'too-many-sms':
      'コードの送信回数が多すぎます。しばらく待ってから次のコードを送信するか、別の方法をお使いください。',
  },
  voice: {
    'too-many-voice': '電話の回数が多すぎます。しばらく待ってからもう一度試すか、別の方法をお使いください。',
  },
};

const numberFields = {
  countryPlaceholder: '国・地域',
  placeholder: '電話番号',
  restrictedText,
  pickAuthenticatorText: '別の方法を試す',
  'no-phone': '電話番号を入力してください。',
  'invalid-phone': 'この電話番号は存在しません。番号と国・地域をご確認ください。',
  'phone-not-allowed':
    'この番号にはコードを送信できません。一覧にある国・地域の、ご自身の電話番号をお使いください。',
};

const codeFields = {
  placeholder: '6桁のコード',
  buttonText: '続ける',
  editText: '番号を変更',
  changePhoneText: '登録済みの別の番号を使う',
  rememberMeText: 'このブラウザーでは${rememberDays}日間確認しない',
  resendWaitText: '${seconds}秒後に新しいコードを送信できます。',
  pickAuthenticatorText: '別の方法を試す',
  'invalid-code': 'コードが正しくありません。最新のコードだけが有効です。',
  'invalid-expired-code': 'コードの有効期限が切れました。新しいコードを送信してください。',
};

/** Japanese texts of the phone screens. */
export const ja: PhoneTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'メッセージは盗み見られることがあります。電話番号が必要です。',
    },
  },
  'mfa-phone': {
    'mfa-phone-enrollment': {
      pageTitle: '電話番号に届くコードの設定 · ${clientName}',
      title: 'アカウントを保護する',
      description: '電話番号を入力してください。サインインのときに、この番号へコードをお届けします。',
      chooseMessageTypeText: 'コードの受け取り方を選んでください',
      smsButtonText: 'SMS',
      voiceButtonText: '電話',
      continueButtonText: 'コードを送信',
      ...numberFields,
      ...tooMany.sms,
    },
  },
  'mfa-sms': {
    'mfa-sms-enrollment': {
      pageTitle: 'SMSで届くコードの設定 · ${clientName}',
      title: 'アカウントを保護する',
      description: '携帯電話の番号を入力してください。サインインのときに、SMSでコードをお送りします。',
      buttonText: 'コードを送信',
      ...numberFields,
      ...tooMany.sms,
    },
    'mfa-sms-challenge': {
      pageTitle: 'コードの入力 · ${clientName}',
      title: 'SMSのコードを入力',
      description: '${phone_number}にSMSを送信しました。',
      ...codeFields,
      ...tooMany.sms,
      'sms-authenticator-error':
        '現在SMSを送信できません。時間をおいてもう一度試すか、別の方法をお使いください。',
      resendText: '届きませんか？',
      resendActionText: '新しいコードを送信',
      resendVoiceActionSeparatorTextBefore: 'または',
      resendVoiceActionText: '電話で受け取る',
      'no-code': 'SMSのコードを入力してください。',
      'invalid-otp-code-format': 'コードは6桁の数字です。SMSのとおりに入力してください。',
    },
    'mfa-sms-list': {
      pageTitle: '電話番号の選択 · ${clientName}',
      title: 'どの番号にコードを送りますか？',
      backText: '戻る',
    },
  },
  'mfa-voice': {
    'mfa-voice-enrollment': {
      pageTitle: '電話で聞くコードの設定 · ${clientName}',
      title: 'アカウントを保護する',
      description: '電話番号を入力してください。サインインのときに、お電話でコードを読み上げます。',
      buttonText: '電話を受ける',
      ...numberFields,
      ...tooMany.voice,
    },
    'mfa-voice-challenge': {
      pageTitle: 'コードの入力 · ${clientName}',
      title: '電話で聞いたコードを入力',
      description: '${phone_number}に電話をかけています。コードを2回読み上げます。',
      ...codeFields,
      ...tooMany.voice,
      'voice-authenticator-error':
        '現在電話をかけられません。時間をおいてもう一度試すか、別の方法をお使いください。',
      resendText: '電話がありませんか？',
      resendActionText: 'もう一度電話を受ける',
      resendSmsActionSeparatorTextBefore: 'または',
      resendSmsActionText: 'SMSで受け取る',
      'no-code': '電話で聞いたコードを入力してください。',
      'invalid-otp-code-format': 'コードは6桁の数字です。聞こえたとおりに入力してください。',
    },
  },
};
