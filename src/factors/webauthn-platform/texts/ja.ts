import { ja as common } from '../../webauthn/texts/ja.ts';
import type { PlatformTexts } from './en.ts';

const names = { authenticatorNamesWebauthnPlatform: 'お使いの端末の指紋・顔・PIN' };

/** Japanese texts of the screens of people's own devices. */
export const ja: PlatformTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText:
        'フィッシングに強い方法です。この端末の指紋・顔・PINを使います。この端末でのみ使えます。',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-platform-enrollment': {
      ...common.ceremony,
      pageTitle: 'この端末でのサインインを簡単に · ${clientName}',
      title: 'この端末でのサインインを簡単に',
      description:
        'この端末のロックを解除するときと同じく、指紋、顔、PINのいずれかでご本人を確認できます。設定のため、今ここでブラウザーが一度だけ確認します。これらの情報が端末の外に出ることはありません。',
      continueButtonText: 'この端末を設定する',
      snoozeEnrollmentButtonText: '後で',
      refuseAddingDeviceText: 'この端末では設定しない',
      'webauthn-cancelled-error':
        '画面が閉じられたか時間切れになったため、設定されていません。もう一度お試しいただけます。',
      'webauthn-platform-associate-error': 'この端末を設定できませんでした。もう一度お試しいただけます。',
      'webauthn-platform-known-error': 'この端末はすでに設定されています。',
    },
    'mfa-webauthn-platform-challenge': {
      ...common.ceremony,
      ...common.challenge,
      description: 'ボタンを押すと、ブラウザーが指紋、顔、または端末のPINによる確認を求めます。',
      continueButtonText: 'この端末を使う',
      'webauthn-cancelled-error':
        '画面が閉じられたか時間切れになったため、端末から応答がありません。もう一度試すか、別の方法を選んでください。',
      'webauthn-platform-challenge-error':
        '確認できませんでした。もう一度お試しください。別の端末を設定した場合は、別の方法を選んでください。',
    },
    'mfa-webauthn-enrollment-success': {
      pageTitle: '端末を設定しました · ${clientName}',
      title: '端末を設定しました',
      description: '次回からは、指紋、顔、またはこの端末のPINで確認できます。',
      buttonText: '続ける',
    },
  },
};
