import type { OtpTexts } from './en.ts';

const codeFields = {
  placeholder: 'アプリのコード',
  buttonText: '続ける',
  pickAuthenticatorText: '別の方法を試す',
  'no-code': 'アプリのコードを入力してください。',
  'invalid-otp-code-format': 'コードは数字だけです。アプリに表示されているとおりに入力してください。',
};

const enrolmentFields = {
  pageTitle: '認証アプリの設定 · ${clientName}',
  title: 'アカウントを保護する',
  'invalid-code':
    'コードが正しくありません。現在表示されているものを入力し、スマートフォンの時刻が自動設定になっているかご確認ください。',
};

/** Japanese texts of the one-time-password screens. */
export const ja: OtpTexts = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesOTP: '認証アプリ',
    },
    'mfa-begin-enroll-options': {
      explanationText: 'スマートフォンのアプリがコードを表示します。圏外でも使えます。',
      authenticatorNamesOTP: '認証アプリ',
    },
  },
  'mfa-otp': {
    'mfa-otp-enrollment-qr': {
      description:
        'スマートフォンの認証アプリでこのコードを読み取り、アプリに表示されたコードを入力してください。',
      altText:
        '認証アプリを設定するためのQRコード。読み取れない場合は、下の「キーを文字で表示」を選んでください。',
      codeEnrollmentText: '読み取れませんか？キーを文字で表示',
      ...codeFields,
      ...enrolmentFields,
    },
    'mfa-otp-enrollment-code': {
      description: 'このキーを認証アプリに追加し、アプリに表示されたコードを入力してください。',
      altText: '認証アプリ用のキー',
      copyCodeButtonText: 'キーをコピー',
      backText: 'QRコードを表示する',
      ...codeFields,
      ...enrolmentFields,
    },
    'mfa-otp-challenge': {
      pageTitle: 'コードの入力 · ${clientName}',
      title: 'ご本人の確認',
      description: '認証アプリに現在表示されているコードを入力してください。',
      rememberMeText: 'このブラウザーでは${rememberDays}日間確認しない',
      'invalid-code':
        'コードが正しくありません。コードは短い間隔で変わります。現在表示されているものを入力してください。',
      ...codeFields,
    },
  },
};
