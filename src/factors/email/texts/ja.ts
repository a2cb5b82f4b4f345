import type { EmailTexts } from './en.ts';

/** Japanese texts of the e-mail screens. */
export const ja: EmailTexts = {
  mfa: {
    'mfa-login-options': { authenticatorNamesEmail: 'メールで届くコード' },
    'mfa-begin-enroll-options': {
      explanationText: '安全性はメールボックスと同じです。ほかに必要なものはありません。',
      authenticatorNamesEmail: 'メールで届くコード',
    },
  },
  'mfa-email': {
    'mfa-email-challenge': {
      pageTitle: 'コードの入力 · ${clientName}',
      title: 'メールのコードを入力',
      description: '${email} にメールをお送りしました。',
      placeholder: '6桁のコード',
      buttonText: '続ける',
      changeEmailText: '登録済みの別のアドレスを使う',
      rememberMeText: 'このブラウザーでは${rememberDays}日間確認しない',
      resendText: '届きませんか？迷惑メールのフォルダーもご確認ください。',
      resendActionText: '新しいコードを送信',
      resendWaitText: '${seconds}秒後に新しいコードを送信できます。',
      pickAuthenticatorText: '別の方法を試す',
      'no-code': 'メールのコードを入力してください。',
      'invalid-otp-code-format': 'コードは6桁の数字です。メールのとおりに入力してください。',
      'invalid-code': 'コードが正しくありません。最新のコードだけが有効です。',
      'invalid-expired-code': 'コードの有効期限が切れました。新しいコードを送信してください。',
      'too-many-email':
        'コードの送信回数が多すぎます。しばらく待ってから次のコードを送信するか、別の方法をお使いください。',
    },
    'mfa-email-list': {
      pageTitle: 'アドレスの選択 · ${clientName}',
      title: 'どのアドレスにコードを送りますか？',
      backText: '戻る',
    },
  },
};
