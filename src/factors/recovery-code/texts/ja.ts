import type { RecoveryCodeTexts } from './en.ts';

const shownCodeFields = {
  altText: 'リカバリーコード',
  copyCodeButtonText: 'コピー',
  downloadButtonText: 'ダウンロード',
  printButtonText: '印刷',
  checkboxText: 'このコードを安全に保管しました',
  buttonText: '続ける',
  'no-confirmation': 'コードを保管したら、チェックを入れてください。',
};

/** Japanese texts of the recovery-code screens. */
export const ja: RecoveryCodeTexts = {
  mfa: {
    'mfa-login-options': {
      authenticatorNamesRecoveryCode: 'リカバリーコード',
    },
  },
  'mfa-recovery-code': {
    'mfa-recovery-code-enrollment': {
      pageTitle: 'リカバリーコード · ${clientName}',
      title: 'リカバリーコードを保管してください',
      description:
        'スマートフォンをなくしたときは、このコードでサインインできます。使えるのは一度だけです。書き留めるか、ご自分だけが見つけられる場所に保存してください。',
      ...shownCodeFields,
    },
    'mfa-recovery-code-challenge': {
      pageTitle: 'リカバリーコードの入力 · ${clientName}',
      title: 'リカバリーコードを使う',
      description: '2段階目の確認を設定したときに保管したコードを入力してください。',
      placeholder: 'リカバリーコード',
      buttonText: '続ける',
      pickAuthenticatorText: '別の方法を試す',
      'no-code': 'リカバリーコードを入力してください。',
      'invalid-code-format': 'リカバリーコードは24文字の英数字です。',
      'invalid-code': 'リカバリーコードが正しくありません。ご確認のうえ、もう一度お試しください。',
    },
    'mfa-recovery-code-challenge-new-code': {
      pageTitle: '新しいリカバリーコード · ${clientName}',
      title: '新しいリカバリーコード',
      description:
        '前のコードは使用済みです。代わりにこのコードを保管してください。次に必要になったとき、一度だけ使えます。',
      ...shownCodeFields,
    },
  },
};
