import type { DuoTexts } from './en.ts';

const names = { authenticatorNamesDUO: 'Cisco Duo' };

const commonFields = {
  buttonText: 'Duoへ進む',
  leavingTitle: 'Duoへ移動します',
  leavingText: 'Cisco Duoのページへ移動しています…',
  pickAuthenticatorText: '別の方法を試す',
  'duo-unavailable': '現在Duoに接続できません。数分後にもう一度お試しください。',
};

/** Japanese texts of the screens before and after Duo's page. */
export const ja: DuoTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': { ...names, explanationText: '組織が用意したDuoで承認します。' },
  },
  'mfa-duo': {
    'mfa-duo-enrollment': {
      pageTitle: 'Duoの設定 · ${clientName}',
      title: 'アカウントを保護する',
      description:
        'ここではCisco Duoでサインインを確認します。Duoのページで設定したあと、このページに戻ります。',
      'duo-denied':
        'Duoで設定を確認できませんでした。もう一度お試しください。解決しない場合はサポートにお問い合わせください。',
      ...commonFields,
    },
    'mfa-duo-challenge': {
      pageTitle: 'Duoで確認 · ${clientName}',
      title: 'ご本人の確認',
      description: 'Cisco Duoのページで確認したあと、このページに戻ります。',
      'duo-denied':
        'Duoでこのサインインを確認できませんでした。もう一度お試しください。解決しない場合はサポートにお問い合わせください。',
      ...commonFields,
    },
  },
};
