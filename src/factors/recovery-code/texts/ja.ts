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

const shownCodesFields = {
  ...shownCodeFields,
  altText: 'リカバリーコード',
  checkboxText: 'これらのコードを安全に保管しました',
  'no-confirmation': 'すべてのコードを保管したら、チェックを入れてください。',
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
    'mfa-recovery-codes-enrollment': {
      pageTitle: 'リカバリーコード · ${clientName}',
      title: 'リカバリーコードを保管してください',
      description:
        'スマートフォンをなくしたときは、このうちのどのコードでもサインインできます。それぞれ一度だけ使えます。印刷するか、ご自分だけが見つけられる場所に保存してください。',
      ...shownCodesFields,
    },
    'mfa-recovery-code-challenge': {
      pageTitle: 'リカバリーコードの入力 · ${clientName}',
      title: 'リカバリーコードを使う',
      description:
        '2段階目の確認を設定したときに保管したコードを入力してください。複数ある場合は、まだ使っていないものならどれでも使えます。',
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
      newCodesText: '代わりに複数のコードの一覧を作成する',
    },
    'mfa-recovery-codes-new': {
      pageTitle: '新しいリカバリーコード · ${clientName}',
      title: '新しいリカバリーコード',
      description:
        '以前のコードはもう使えません。代わりにこれらを印刷するか、保存してください。それぞれ一度だけ使えます。',
      ...shownCodesFields,
    },
    'mfa-recovery-codes-few': {
      pageTitle: 'リカバリーコードが残りわずかです · ${clientName}',
      title: '残りのリカバリーコード：${remaining}個',
      description:
        '使ったコードは無効になりました。なくなる前に、今すぐ新しいコードを作成してください。作成すると、残っているコードは使えなくなります。',
      newCodesText: '新しいコードを作成する',
      buttonText: '今はしない',
    },
  },
};
