import type { TemporaryPassTexts } from './en.ts';

export const ja: TemporaryPassTexts = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesTemporaryPass: '一時パス',
    },
  },
  'mfa-temporary-pass': {
    'mfa-temporary-pass-challenge': {
      pageTitle: '一時パスの入力 · ${clientName}',
      title: '一時パスを使う',
      description: 'サポートから受け取った一時パスを入力してください。',
      placeholder: '一時パス',
      buttonText: '続ける',
      pickAuthenticatorText: 'ほかの方法を試す',
      'no-code': '一時パスを入力してください。',
      'invalid-code-format': '一時パスは12文字の英数字です。',
      'invalid-code':
        '一時パスが正しくないか、期限が切れています。確認するか、サポートに新しい一時パスを依頼してください。',
    },
  },
};
