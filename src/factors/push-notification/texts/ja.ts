import type { PushTexts } from './en.ts';

const names = { authenticatorNamesPushNotification: 'スマートフォンで確認' };

const enrolmentFields = {
  pageTitle: 'スマートフォンの設定 · ${clientName}',
  title: 'アカウントを保護する',
  waitingText: 'デバイスの設定を待っています。終わると自動で次へ進みます。',
  buttonText: '設定しました',
  renewText: 'はじめからやり直す',
  pickAuthenticatorText: '別の方法を試す',
  'enrollment-transaction-pending':
    'デバイスの設定がまだ終わっていません。デバイスで設定を終えてから、こちらで続けてください。',
  'transaction-replaced': '別のウィンドウで操作が進められたため、この画面はもう使えません。',
  'transaction-not-found': 'デバイスの設定が時間切れになりました。',
  'polling-interval-exceeded': '少々お待ちください。数秒おいてから続けてください。',
};

/** Japanese texts of the screens of requests to a device. */
export const ja: PushTexts = {
  mfa: {
    'mfa-login-options': names,
    'mfa-begin-enroll-options': {
      ...names,
      explanationText: 'スマートフォンで承認します。アプリが必要です。',
    },
  },
  'mfa-push': {
    'mfa-push-enrollment-qr': {
      ...enrolmentFields,
      description: '今後サインインするときに、ご本人かどうかをスマートフォンで確認します。',
      cameraText: 'スマートフォンのカメラをこのコードに向け、リンクを開いてください。',
      confirmText: '開いた認証アプリで確認してください。',
      openAppText: 'スマートフォンで ${appAddress} または組織のアプリを開いてください。',
      scanText: 'そこでこのコードを読み取ってください。',
      altText:
        'スマートフォンを設定するためのQRコード。読み取れない場合は、下の「このデバイスを使う」で続けてください。',
      codeEnrollmentText: 'スマートフォンがお手元にない場合は、このデバイスを使う',
    },
    'mfa-push-enrollment-code': {
      ...enrolmentFields,
      description:
        '今後サインインするときに、ご本人かどうかを認証アプリで確認します。アプリは別のタブで開きます。そこで設定して、この画面に戻ってください。',
      appLinkText: '認証アプリを開く',
      linkText: '別のブラウザーやアプリで設定するには、そこに次のリンクを貼り付けてください。',
      copyLinkText: 'リンクをコピー',
      backText: '別のデバイスを使う（QRコードを表示）',
    },
    'mfa-push-challenge-push': {
      pageTitle: 'デバイスで確認 · ${clientName}',
      title: 'ご本人の確認',
      description:
        '${deviceName}に確認のリクエストを送りました。サインインしているのがご本人なら、そちらで承認してください。',
      numberText: 'この番号をたずねられます',
      notWokenText:
        '${deviceName}には通知が届きません。リクエストを見るには、そちらで認証アプリを開いてください。',
      waitingText: '回答を待っています',
      buttonText: '回答しました',
      rememberMeText: 'このブラウザーでは${rememberDays}日間確認しない',
      resendText: '何も表示されませんか？',
      resendActionText: 'もう一度送る',
      resendWaitText: 'あと${time}でもう一度送れます。',
      separatorText: 'オフラインですか？',
      enterOtpCode: 'アプリのコードを入力する',
      pickDeviceText: '登録済みの別のデバイスに送る',
      pickAuthenticatorText: '別の方法を試す',
      'challenge-transaction-pending':
        '${deviceName}からの回答がまだありません。そちらでリクエストに答えてから、こちらで続けてください。',
      'transaction-rejected':
        '${deviceName}でリクエストが拒否されました。間違いだった場合は、もう一度送ってください。',
      'wrong-number':
        '${deviceName}で別の番号が選ばれたため、リクエストは終了しました。もう一度送り、この画面に表示される番号を選んでください。',
      'transaction-replaced':
        '新しいサインインが始まったため、このリクエストは終了しました。心当たりがない場合は、パスワードが知られているおそれがあります。早めに変更してください。',
      'transaction-not-found':
        '回答がないままリクエストの期限が切れました。${deviceName}を用意して、もう一度送ってください。',
      'polling-interval-exceeded': '少々お待ちください。数秒おいてから続けてください。',
      'too-many-push':
        'リクエストが多かったか、拒否されたため、しばらく送信を停止しています。お待ちいただくか、別の方法をお使いください。',
      'mfa-push-challenge-authenticator-error':
        'このデバイスにはもうリクエストを送れません。別の方法をお使いください。',
    },
    'mfa-push-list': {
      pageTitle: 'デバイスの選択 · ${clientName}',
      title: 'どのデバイスに送りますか？',
      backText: '戻る',
    },
  },
};
