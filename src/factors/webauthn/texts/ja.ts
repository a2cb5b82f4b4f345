import type { CommonWebauthnTexts } from './en.ts';

/** Japanese texts that the screens of keys and of devices have in common. */
export const ja: CommonWebauthnTexts = {
  ceremony: {
    awaitingConfirmation: 'ブラウザーの案内に従って操作してください。',
    pickAuthenticatorText: '別の方法を試す',
    'transaction-not-found': '時間切れになりました。もう一度ボタンを押してください。',
  },
  challenge: {
    pageTitle: 'ご本人の確認 · ${clientName}',
    title: 'ご本人の確認',
    rememberMeText: 'このブラウザーでは${rememberDays}日間確認しない',
  },
};
