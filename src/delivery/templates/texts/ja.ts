import type { EmailTexts } from '../emailTexts.ts';

const notMe = '心当たりがない場合は、すぐに新しいパスワードを設定し、サポートにご連絡ください。';

/** Instead, where the message brings a link that undoes what it tells of. */
const undo = {
  button: '自分ではありません',
  notice:
    'お心当たりがない場合は「自分ではありません」を押してください。すべての端末からログアウトし、安全な範囲で変更を取り消し、新しいパスワードを設定するリンクをお送りします。リンクは一度だけ、{{ undo_lifetime }}有効です。',
};

export const ja: EmailTexts = {
  templates: {
    verify_email: {
      subject: '{{ friendly_name }} のメールアドレスの確認',
      heading: 'メールアドレスの確認',
      paragraphs: [
        'このアドレスがご本人のものであることを確認してください。リンクの有効期間は {{ lifetime }} で、一度だけ使えます。',
      ],
      button: 'アドレスを確認',
      notice: '{{ friendly_name }} に登録した覚えがない場合は、このメールを無視してください。',
    },
    reset_email: {
      subject: '{{ friendly_name }} の新しいパスワードの設定',
      heading: '新しいパスワードの設定',
      paragraphs: [
        '{{ friendly_name }} のアカウントについて、新しいパスワードの設定が依頼されました。リンクの有効期間は {{ lifetime }} で、一度だけ使えます。',
      ],
      button: '新しいパスワードを設定',
      notice: '依頼した覚えがない場合は、このメールを無視してください。パスワードは変わりません。',
    },
    account_exists: {
      subject: '{{ friendly_name }} のアカウントはすでにあります',
      heading: 'アカウントはすでにあります',
      paragraphs: [
        'このアドレスで {{ friendly_name }} への登録が試みられました。ご本人の場合は、これまでのパスワードでログインしてください。',
        'パスワードを忘れた場合は、新しく設定できます。リンクの有効期間は {{ lifetime }} で、一度だけ使えます。',
      ],
      button: '新しいパスワードを設定',
      notice: '心当たりがない場合は、このメールを無視してください。アカウントに変更はありません。',
    },
    password_changed: {
      subject: '{{ friendly_name }} のパスワードが変更されました',
      heading: 'パスワードが変更されました',
      paragraphs: ['{{ friendly_name }} のアカウントのパスワードが変更されました。'],
      notice: notMe,
    },
    mfa_enrolled: {
      subject: '{{ friendly_name }} のアカウントに二段階目の確認方法が追加されました',
      heading: '二段階目の確認方法が追加されました',
      paragraphs: ['今後は次の方法で本人確認ができます：{{ factor_name }}'],
      notice: notMe,
      undo,
    },
    mfa_removed: {
      subject: '{{ friendly_name }} のアカウントから二段階目の確認方法が削除されました',
      heading: '二段階目の確認方法が削除されました',
      paragraphs: ['次の方法では本人確認ができなくなりました：{{ factor_name }}'],
      notice: notMe,
      undo,
    },
    recovery_code_used: {
      subject: '{{ friendly_name }} のリカバリーコードが使われました',
      heading: 'リカバリーコードが使われました',
      paragraphs: [
        '{{ friendly_name }} のアカウントへのログインにリカバリーコードが使われました。このコードは無効になりました。{% if codes_left == "" %}代わりに新しいコードが表示されました。{% else %}残りのリカバリーコード：{{ codes_left }}個。使い切る前に新しいコードを作成してください。{% endif %}',
        'ほかの端末を紛失した場合は、新しい端末を設定してください。',
      ],
      notice: notMe,
    },
    mfa_reset: {
      subject: '{{ friendly_name }} のアカウントの二段階目の確認がリセットされました',
      heading: '二段階目の確認がリセットされました',
      paragraphs: [
        'サポートが二段階目の確認方法をすべて削除しました。次回のログイン時に新しく設定できます。',
      ],
      notice: '依頼した覚えがない場合は、サポートにご連絡ください。',
    },
    mfa_change_undone: {
      subject: '{{ friendly_name }} のアカウント：新しいパスワードを設定してください',
      heading: '今すぐ新しいパスワードを設定してください',
      paragraphs: [
        '{{ friendly_name }} のアカウントの二段階目の確認方法の変更について、ご自身によるものではないとのお知らせを受けました。すべての端末からログアウトしました。',
        'パスワードが他人に知られている可能性があります。今すぐ新しいパスワードを設定してください。リンクは一度だけ、{{ lifetime }}有効です。',
      ],
      button: '新しいパスワードを設定',
      notice: 'お知らせいただいた覚えがない場合は、サポートにご連絡ください。',
    },
    temporary_pass_issued: {
      subject: 'サポートが {{ friendly_name }} のアカウントに一時パスを発行しました',
      heading: '一時パスが発行されました',
      paragraphs: [
        '使用されるか期限が切れるまで、この一時パスがログイン時の二段階目の確認の代わりになります。パスワードも引き続き必要です。',
        'サポートを含め、誰にも教えないでください。',
      ],
      notice: notMe,
      undo: {
        button: undo.button,
        notice:
          '依頼した覚えがない場合は「自分ではありません」を押してください。一時パスを無効にし、すべての端末からログアウトし、新しいパスワードを設定するリンクをお送りします。リンクは一度だけ、{{ undo_lifetime }}有効です。',
      },
    },
    temporary_pass_used: {
      subject: '{{ friendly_name }} のアカウントに一時パスが使われました',
      heading: '一時パスが使われました',
      paragraphs: [
        'サポートが発行した一時パスが、二段階目の確認の代わりに使われました。',
        '端末を紛失した場合は、新しい端末を設定してください。',
      ],
      notice: notMe,
    },
    failed_second_factors: {
      subject: '{{ friendly_name }} のアカウントへのログイン失敗のお知らせ',
      heading: 'パスワードが他人に知られている可能性があります',
      paragraphs: [
        '正しいパスワードが入力されましたが、二段階目の確認に {{ failures }} 回失敗しました。アカウントへのログインは行われていません。',
      ],
      notice: '心当たりがない場合は、すぐに新しいパスワードを設定してください。',
    },
    push_denied: {
      subject: '{{ friendly_name }} のアカウントへのログイン要求を拒否しました',
      heading: 'パスワードが他人に知られている可能性があります',
      paragraphs: [
        'ご自身によるものではないログイン要求が拒否されました。その際、正しいパスワードが入力されていました。アカウントへのログインは行われていません。',
        'ほかで使っていない新しいパスワードを今すぐ設定してください。',
      ],
      notice: '誤って拒否した場合は、もう一度ログインをお試しください。',
    },
    enrollment_email: {
      subject: '{{ friendly_name }} のアカウントに二段階目の確認を設定してください',
      heading: '二段階目の確認の設定',
      paragraphs: [
        '{{ friendly_name }} のアカウントを二段階目の確認で保護するようご案内しています。パスワードの後に、ご本人であることを確認します。設定は1、2分で終わります。',
        'リンクは一度だけ、{{ lifetime }}間有効です。',
      ],
      button: '二段階目の確認を設定する',
      notice:
        'お心当たりがない場合は、このメッセージを無視し、サポートにお問い合わせください。アカウントは何も変わっていません。',
    },
    mfa_oob_code: {
      subject: '{{ friendly_name }} の認証コード',
      heading: '認証コード',
      paragraphs: [
        "{% if purpose == 'enrolment' %}このアドレスがご本人のものであることを確認するため、次のコードを入力してください。{% else %}ご本人であることを確認するため、次のコードを入力してください。{% endif %}有効期間は {{ lifetime }} で、一度だけ使えます。",
      ],
      showsCode: true,
      notice:
        '依頼した覚えがない場合は、このコードを誰にも教えないでください。パスワードが知られている可能性があります。新しいパスワードを設定してください。',
    },
  },
  labels: {
    application: 'アプリケーション',
    place: '場所',
    time: '日時',
    address: 'IP アドレス',
    browser: 'ブラウザー',
    browserOnSystem: '{{ system }} の {{ browser }}',
    unknownBrowser: '不明',
    writtenLink: 'ボタンが使えない場合は、次のアドレスを開いてください：',
    account: 'サインインの方法：{{ account_url }}',
    footer: 'アカウントを守るため {{ friendly_name }} から送信しています。',
    support: 'サポート：{{ support }}',
  },
};
