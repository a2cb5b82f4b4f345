import type { PageTexts } from './en.ts';

/** Japanese texts of the hosted pages (polite style). */
export const ja: PageTexts = {
  common: {
    common: {
      logoAltText: '${companyName}',
      alertListTitle: '次の点をご確認ください',
      showPasswordText: 'パスワードを表示',
      hidePasswordText: 'パスワードを隠す',
      copiedText: 'コピーしました',
      continueTitle: 'サインインしました',
      leaveTitle: 'サインインしていません',
      continueDescription: '${clientName} に戻ります…',
      continueLinkText: '続ける',
      backToApplicationText: '${clientName} に戻る',
      ceremonyStuckText:
        'この手順には、JavaScriptと、セキュリティキーや画面ロックを扱えるブラウザーが必要です。',
      ceremonyStuckButtonText: '別の方法で続ける',
      'too-many-failures': 'コードの誤りが続きました。数分待ってから、もう一度お試しください。',
      'transaction-not-found': 'この手順の有効期限が切れました。最初からやり直してください。',
      'authenticator-error': '現在確認できません。少し待ってから、もう一度お試しください。',
      'invalid-code': 'コードが正しくありません。もう一度お試しください。',
      'user-already-enrolled': 'この方法はすでに設定されています。',
      'password-policy-length-at-least': '${passwordLength} 文字以上にしてください。',
      'password-policy-length-at-most': '256 文字以内にしてください。',
      'password-too-common': 'このパスワードはよく使われており、すぐに推測されます。別のものにしてください。',
      'password-policy-contains-user-information':
        'このパスワードはお名前やアドレスに似すぎています。ご自身と関係のないものにしてください。',
    },
  },
  login: {
    login: {
      pageTitle: 'サインイン · ${clientName}',
      title: 'サインイン',
      description: '${clientName} に進みます',
      usernamePlaceholder: 'メールアドレス',
      passwordPlaceholder: 'パスワード',
      buttonText: '続ける',
      forgotPasswordText: 'パスワードをお忘れですか？',
      signupActionText: '初めてご利用ですか？',
      signupActionLinkText: 'アカウントを作成',
      passkeyText: 'パスキーでサインイン',
      'wrong-credentials': 'メールアドレスまたはパスワードが正しくありません。',
      'no-username': 'メールアドレスを入力してください。',
      'no-password': 'パスワードを入力してください。',
    },
    'login-passkey': {
      pageTitle: 'パスキーでサインイン · ${clientName}',
      title: 'パスキーでサインイン',
      description: 'お使いの端末が指紋、顔、または PIN の確認を求めます。パスワードやコードは要りません。',
      buttonText: 'パスキーを使う',
      waitingText: 'ブラウザーの確認をお待ちしています…',
      cancelledText: 'パスキーは使われませんでした。もう一度試すか、パスワードでサインインしてください。',
      failedText:
        'このパスキーではサインインできませんでした。もう一度試すか、パスワードでサインインしてください。',
      usePasswordText: 'パスワードを使う',
    },
  },
  signup: {
    signup: {
      pageTitle: 'アカウントの作成 · ${clientName}',
      title: 'アカウントを作成',
      description: '1分ほどで終わり、そのまま ${clientName} に進めます',
      emailPlaceholder: 'メールアドレス',
      passwordPlaceholder: 'パスワードを決める',
      passwordSecurityText:
        '${passwordLength} 文字以上。関連のない単語をいくつか組み合わせるのがおすすめです。',
      buttonText: 'アカウントを作成',
      loginActionText: 'すでにアカウントをお持ちですか？',
      loginActionLinkText: 'サインイン',
      'no-email': 'メールアドレスを入力してください。',
      'invalid-email-format': 'name@example.com のような形式でメールアドレスを入力してください。',
      'no-password': 'パスワードを決めてください。',
    },
    'signup-email': {
      pageTitle: 'メールをご確認ください · ${clientName}',
      title: 'メールをご確認ください',
      emailDescription:
        '${email} にメールをお送りしました。メール内のリンクを開いてアカウントの作成を完了し、ここに戻ってサインインしてください。',
      buttonText: 'サインインに進む',
      resendText: '届きませんか？',
      resendLinkText: 'もう一度試す',
    },
  },
  'reset-password': {
    'reset-password-request': {
      pageTitle: 'パスワードの再設定 · ${clientName}',
      title: 'パスワードをお忘れですか？',
      descriptionEmail:
        'メールアドレスを入力してください。新しいパスワードを決めるためのリンクをお送りします。',
      placeholderEmail: 'メールアドレス',
      buttonText: 'リンクを送信',
      backToLoginLinkText: 'サインインに戻る',
      'no-email': 'メールアドレスを入力してください。',
      'invalid-email-format': 'name@example.com のような形式でメールアドレスを入力してください。',
    },
    'reset-password-email': {
      pageTitle: 'メールをご確認ください · ${clientName}',
      title: 'メールをご確認ください',
      emailDescription:
        '${email} のアカウントがあれば、新しいパスワードを決めるためのリンクをお送りしています。リンクは短時間だけ、一度だけ使えます。',
      resendText: '届きませんか？',
      resendLinkText: 'もう一度試す',
      backToLoginLinkText: 'サインインに戻る',
    },
    'reset-password': {
      pageTitle: '新しいパスワードの設定',
      title: '新しいパスワードを決める',
      description: '次回のサインインから使います。',
      passwordPlaceholder: '新しいパスワード',
      reEnterpasswordPlaceholder: '新しいパスワード（確認）',
      passwordSecurityText:
        '${passwordLength} 文字以上。関連のない単語をいくつか組み合わせるのがおすすめです。',
      signOutEverywhereText: 'すべての端末でサインアウトする',
      buttonText: 'パスワードを変更',
      'no-password': '新しいパスワードを決めてください。',
      'no-re-enter-password': '新しいパスワードをもう一度入力してください。',
      'password-mismatch': '2つのパスワードが一致しません。',
    },
    'reset-password-prove': {
      pageTitle: '新しいパスワードの設定',
      title: 'まず、ご本人であることを確認します',
      description:
        'このアカウントには2段階目の確認があります。ここで確認してから、新しいパスワードを決めてください。',
      buttonText: '続ける',
    },
    'reset-password-success': {
      pageTitle: 'パスワードを変更しました',
      eventTitle: 'パスワードを変更しました',
      signedOutText: 'すべての端末でサインアウトしました。',
      description:
        'アプリケーションに戻り、新しいパスワードでサインインしてください。アカウントに2段階目の確認がある場合は、これまでどおり求められます。',
    },
    'reset-password-error': {
      pageTitle: 'リンクは無効です',
      eventTitleExpired: 'リンクの有効期限が切れています',
      descriptionExpired:
        '再設定のリンクは短時間だけ、一度だけ使えます。サインインのページで新しいリンクを請求してください。',
    },
  },
  'email-verification': {
    'email-verification-result': {
      pageTitle: 'メールアドレスの確認',
      title: 'メールアドレスの確認',
      description: 'ボタンを押すと、このメールアドレスがご本人のものだと確認できます。',
      buttonText: 'アドレスを確認する',
      verifiedTitle: 'アドレスを確認しました',
      verifiedDescription: 'ありがとうございます。このページを閉じ、元の画面に戻ってサインインしてください。',
      errorTitle: 'リンクの有効期限が切れています',
      invalidAccountOrCodeDescription:
        '確認のリンクは短時間だけ、一度だけ使えます。すでに確認済みの場合、ほかに必要な操作はありません。',
    },
  },
  'undo-change': {
    'undo-change': {
      pageTitle: 'お心当たりがありませんか · ${companyName}',
      title: 'お心当たりがありませんか',
      addedDescription: '${time}、アカウントに二段階目の確認方法として追加されました：${factor}',
      removedDescription: '${time}、アカウントから削除されました：${factor}',
      signOutText: 'すべての端末でアカウントからログアウトします。',
      takeText: '追加されたものは使えなくなります。',
      putBackText: '削除されたものは再び使えるようになります。',
      passwordText: '現在のパスワードは使えなくなり、新しいパスワードを設定するリンクをお送りします。',
      leaveText: 'ご自身による操作の場合は、このページを閉じてください。何も変わりません。',
      buttonText: '自分ではありません',
    },
    'undo-change-result': {
      pageTitle: 'すべての端末からログアウトしました · ${companyName}',
      title: 'すべての端末からログアウトしました',
      takenText: 'アカウントに追加されたものを取り除きました。',
      putBackText: 'アカウントから削除されたものが再び使えるようになりました。',
      keptText:
        '追加されたものが、現在このアカウントの唯一の二段階目の確認方法です。メッセージのリンクだけでアカウントの保護をなくすことはできないため、サポートが削除するまで残ります。サポートにご連絡ください。',
      nothingText: '取り消すものは残っていませんでした。',
      passwordText:
        'メールをお送りしました。パスワードが他人に知られている可能性があるため、今すぐメールのリンクから新しいパスワードを設定してください。',
      errorTitle: 'リンクの有効期限が切れています',
      errorDescription:
        'このリンクは一日の間、一度だけ使えます。アカウントにまだ心当たりのないものがある場合は、サポートにご連絡ください。',
    },
  },
  consent: {
    consent: {
      pageTitle: 'アクセスの許可 · ${clientName}',
      title: '${clientName} にアクセスを許可しますか？',
      messageSingleTenant:
        '${clientName} が ${companyName} のアカウントの利用を求めています。許可すると、次のことができるようになります。',
      acceptButtonText: '許可する',
      declineButtonText: '許可しない',
      scopeOpenid: 'あなたが誰であるかを知る',
      scopeProfile: 'プロフィール（名前、ニックネーム、写真）を見る',
      scopeEmail: 'メールアドレスを見る',
      scopePhone: '電話番号を見る',
      scopeAddress: '住所を見る',
      scopeOfflineAccess: 'あなたが利用していない間もアクセスを続ける',
    },
  },
  mfa: {
    'mfa-login-options': {
      pageTitle: '方法の選択 · ${clientName}',
      title: '本人確認の方法を選ぶ',
      description: 'どれか1つで確認できます。',
      backText: '戻る',
    },
    'mfa-begin-enroll-options': {
      pageTitle: 'アカウントの保護 · ${clientName}',
      title: '2段階目の確認方法を選ぶ',
      description: '今後は、パスワードだけではアカウントを開けなくなります。',
      backText: '戻る',
      strengthResistantText: '最も安全。',
      strengthStrongText: '安全。',
      strengthRestrictedText: 'やや弱い。',
      strengthBasicText: '基本。',
    },
    'mfa-enroll-replacement': {
      pageTitle: '新しい方法の設定 · ${clientName}',
      title: 'いつもの方法を失くしましたか？',
      description:
        'いつもの方法を使わずにサインインしました。次回に備えて、今すぐ新しい方法を設定してください。',
      removeLostText: '以前のものは手元にないので削除する',
      skipButtonText: '今はしない',
    },
    'mfa-enroll-invitation': {
      pageTitle: '2段階目の確認の設定 · ${companyName}',
      title: '2段階目の確認を設定する',
      description:
        '${companyName} のアカウントを守るためのご案内です。パスワードの後に、ご本人であることを確認するようになります。設定は1、2分で終わります。',
      enrolledHint: 'すでに2段階目の確認がある場合は、先にその確認を求めます。',
      buttonText: '始める',
    },
    'mfa-enroll-result': {
      pageTitle: '2段階目の確認 · ${companyName}',
      enrolledTitle: '2段階目の確認を設定しました',
      enrolledDescription: '次回からサインインのときに確認を求めます。このページは閉じてかまいません。',
      invalidTicketTitle: 'このリンクは使えません',
      invalidTicketDescription:
        'リンクが途中で切れているか、新しいリンクに置き換えられています。最新のメッセージのリンクを開くか、新しい招待を依頼してください。',
      expiredTicketTitle: 'この招待は期限が切れています',
      expiredTicketDescription: '招待の有効期間は5日間です。新しい招待を依頼してください。',
      alreadyUsedTitle: 'この招待はすでに使われています',
      alreadyUsedDescription:
        '招待は一度だけ使えます。使った覚えがない場合は、すぐにサポートにお知らせください。',
      alreadyEnrolledTitle: 'すでに設定が済んでいます',
      alreadyEnrolledDescription:
        'このアカウントには2段階目の確認があります。この招待は、まだ設定していない方のためのものです。',
    },
    'mfa-blocked': {
      pageTitle: '続行できません · ${clientName}',
      title: '2段階目の確認が必要です',
      switchedOffText: 'アカウントを保護している2段階目の確認が無効にされています：${methods}。',
      passwordText:
        'パスワードだけでは代わりになりません。パスワードを知っているかもしれない他人を防ぐためです。',
      unreachedText: '本人確認に使っている番号またはアドレスに、送信できなくなっています。',
      nothingText:
        'このサインインには2段階目の確認が必要ですが、現在お使いのアカウントで使える、または設定できる方法がありません。',
      contactText:
        '${clientName}の運営者にお問い合わせください。設定を変更するか、一時パスで一度だけサインインできるようにしてもらえます。',
      contactLinkText: 'サポートに問い合わせる',
      tryAgainButtonText: 'もう一度試す',
      leaveButtonText: '${clientName}に戻る',
    },
    'mfa-detect-browser-capabilities': {
      pageTitle: 'お待ちください · ${clientName}',
      title: 'お待ちください',
      waitingText: 'このブラウザーでできることを確認しています…',
      noJSErrorDescription:
        'この画面のままですか。JavaScriptがオフになっているか、読み込まれていません。JavaScriptなしでも、どのブラウザーでも使える方法で続けられます。',
      buttonText: 'JavaScriptなしで続ける',
    },
  },
  'mfa-webauthn': {
    'mfa-webauthn-not-available-error': {
      pageTitle: 'ここでは使えません · ${clientName}',
      errorTitle: 'このブラウザーでは使えません',
      errorDescription:
        'このサインインには、セキュリティキーまたは端末の画面ロックが必要です。このブラウザーでは使えないか、JavaScriptがオフになっています。オンにするか、${clientName}を最新のブラウザーで開いてください。',
      tryAgainLinkText: 'もう一度試す',
      otherMethodsText: 'または、次の方法で本人確認ができます。',
      contactText: 'ほかのブラウザーが使えない場合は、${clientName}の運営者にご相談ください。',
      contactLinkText: 'サポートに連絡する',
    },
  },
  logout: {
    logout: {
      pageTitle: 'サインアウト',
      title: 'サインアウトしますか？',
      description: 'このブラウザーで ${companyName} からサインアウトします。',
      acceptButtonText: 'サインアウト',
      declineButtonText: 'サインインしたままにする',
    },
    'logout-complete': {
      pageTitle: 'サインアウト完了',
      eventTitle: 'サインアウトしました',
      description: '共用のコンピューターでは、ブラウザーのウィンドウも閉じてください。',
    },
  },
  status: {
    status: {
      pageTitle: 'サインイン · ${companyName}',
      expiredTitle: 'このページの有効期限が切れています',
      expiredDescription:
        '安全のため、この手続きは短い時間だけ、1つのブラウザーでのみ有効です。アプリケーションに戻るか、メッセージのリンクをもう一度開き、最初からやり直してください。',
      errorTitle: '問題が発生しました',
      errorDescription: 'リクエストを完了できませんでした。アプリケーションに戻り、もう一度お試しください。',
      unavailableTitle: 'しばらくお待ちください',
      unavailableDescription:
        '現在サインインできません。少し待ってから、このページを再読み込みしてください。',
      homeTitle: '${companyName} のサインイン',
      homeDescription:
        'このアドレス自体には操作するものがありません。お使いになるアプリケーションを開いてください。サインインが必要になると、こちらに案内されます。',
      notFoundTitle: 'ページが見つかりません',
      notFoundDescription: 'アドレスが間違っているか、古くなっている可能性があります。',
      lockedTitle: '保護のため一時停止しています',
      lockedDescription:
        'このアカウントでコードの誤りが続きました。パスワードは正しく入力されましたが、2段階目の確認は一時停止しています。${retryIn}にもう一度お試しいただけます。',
      lockedAdvice:
        'お心当たりがない場合は、パスワードを知られているおそれがあります。できるだけ早く変更してください。',
      lockedErrandDescription:
        'このアカウントでコードの誤りが続いたため、2段階目の確認を一時停止しています。${retryIn}にもう一度お試しいただけます。',
      lockedErrandAdvice:
        'お心当たりがない場合は、メールを読まれているおそれがあります。できるだけ早くメールのパスワードを変更してください。',
      rateLimitedTitle: '試行回数が多すぎます',
      rateLimitedDescription: 'しばらくお待ちください。${retryIn}にもう一度お試しいただけます。',
      errorDetailText: '管理者向けの情報:',
      supportText: 'お困りですか？',
      supportLinkText: 'サポートに連絡',
    },
  },
};
