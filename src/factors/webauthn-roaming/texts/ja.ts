import { ja as common } from '../../webauthn/texts/ja.ts';
import type { RoamingTexts } from './en.ts';

const names = { authenticatorNamesWebauthnRoaming: 'セキュリティキー' };

/** Japanese texts of the security-key screens. */
export const ja: RoamingTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'フィッシングに強い方法です。差し込むか、かざして使う小さなキーが必要です。',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-roaming-enrollment': {
      ...common.ceremony,
      pageTitle: 'セキュリティキーの設定 · ${clientName}',
      title: 'セキュリティキーの設定',
      description:
        'セキュリティキーは、触れるだけでご本人だと示せる小さな機器です。本物のサイトにしか応答しないので、偽のページには何も渡りません。',
      instructions1:
        'キーをご用意ください。差し込むタイプでも、スマートフォンにかざすタイプでもかまいません。',
      instructions2: 'ボタンを押すと、ブラウザーが専用の画面でキーを求めます。',
      instructions3: 'キーを差し込むかかざして、触れてください。PINを求められたら、それはキー自体のPINです。',
      continueButtonText: 'セキュリティキーを使う',
      'webauthn-cancelled-error':
        '画面が閉じられたか時間切れになったため、キーは設定されていません。キーを用意して、もう一度お試しください。',
      'webauthn-associate-error':
        'このキーは設定できませんでした。もう一度試すか、別のキーをお使いください。',
      'webauthn-known-error': 'このキーはすでに設定されています。別のキーをお使いください。',
    },
    'mfa-webauthn-roaming-challenge': {
      ...common.ceremony,
      ...common.challenge,
      description:
        'セキュリティキーを用意してボタンを押してください。ブラウザーの案内に従い、キーを差し込むかかざして、触れてください。',
      continueButtonText: 'セキュリティキーを使う',
      'webauthn-cancelled-error':
        '画面が閉じられたか、時間切れになったか、このアカウントに登録されていないキーのため、応答がありません。もう一度試すか、別の方法を選んでください。',
      'webauthn-challenge-error':
        '確認できませんでした。このアカウントに設定したキーを使い、ブラウザーの案内が出たら触れてください。',
    },
    'mfa-webauthn-change-key-nickname': {
      pageTitle: 'キーの名前 · ${clientName}',
      title: 'キーを設定しました',
      description:
        '見分けやすい名前を付けてください。2本目のキーを安全な場所に保管しておくと、このキーをなくしたときに役立ちます。',
      nickname: 'キーの名前',
      buttonText: '続ける',
      addAnotherText: '別のキーも設定する',
      'nickname-too-short': 'キーの名前を入力してください。',
      'nickname-too-long': '名前は50文字までです。',
    },
  },
};
