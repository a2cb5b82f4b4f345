import type { EmailTexts } from '../emailTexts.ts';

const notMe =
  'Wenn Sie das nicht waren, wählen Sie sofort ein neues Passwort und wenden Sie sich an den Support.';

/** Instead, where the message brings a link that undoes what it tells of. */
const undo = {
  button: 'Das war ich nicht',
  notice:
    'Wenn Sie das nicht waren, drücken Sie „Das war ich nicht“: Alle werden abgemeldet, die Änderung wird zurückgenommen, soweit das sicher ist, und Sie erhalten einen Link für ein neues Passwort. Der Link gilt einmal und {{ undo_lifetime }} lang.',
};

export const de: EmailTexts = {
  templates: {
    verify_email: {
      subject: 'Bestätigen Sie Ihre E-Mail-Adresse für {{ friendly_name }}',
      heading: 'E-Mail-Adresse bestätigen',
      paragraphs: [
        'Bitte bestätigen Sie, dass diese Adresse Ihnen gehört. Der Link gilt einmal und {{ lifetime }} lang.',
      ],
      button: 'Adresse bestätigen',
      notice:
        'Wenn Sie sich nicht bei {{ friendly_name }} registriert haben, ignorieren Sie diese Nachricht.',
    },
    reset_email: {
      subject: 'Neues Passwort für {{ friendly_name }}',
      heading: 'Neues Passwort wählen',
      paragraphs: [
        'Sie haben ein neues Passwort für Ihr Konto bei {{ friendly_name }} angefordert. Der Link gilt einmal und {{ lifetime }} lang.',
      ],
      button: 'Neues Passwort wählen',
      notice:
        'Wenn Sie das nicht angefordert haben, ignorieren Sie diese Nachricht. Ihr Passwort bleibt, wie es ist.',
    },
    account_exists: {
      subject: 'Sie haben bereits ein Konto bei {{ friendly_name }}',
      heading: 'Sie haben bereits ein Konto',
      paragraphs: [
        'Jemand wollte sich mit dieser Adresse bei {{ friendly_name }} registrieren. Wenn Sie das waren, melden Sie sich mit Ihrem bisherigen Passwort an.',
        'Wenn Sie es nicht mehr wissen, können Sie ein neues wählen. Der Link gilt einmal und {{ lifetime }} lang.',
      ],
      button: 'Neues Passwort wählen',
      notice:
        'Wenn Sie das nicht waren, ignorieren Sie diese Nachricht. An Ihrem Konto hat sich nichts geändert.',
    },
    password_changed: {
      subject: 'Ihr Passwort bei {{ friendly_name }} wurde geändert',
      heading: 'Ihr Passwort wurde geändert',
      paragraphs: ['Das Passwort Ihres Kontos bei {{ friendly_name }} wurde soeben geändert.'],
      notice: notMe,
    },
    mfa_enrolled: {
      subject: 'Ihr Konto bei {{ friendly_name }} hat einen weiteren Bestätigungsschritt',
      heading: 'Bestätigungsschritt hinzugefügt',
      paragraphs: ['Ab jetzt können Sie Ihre Identität so bestätigen: {{ factor_name }}.'],
      notice: notMe,
      undo,
    },
    mfa_removed: {
      subject: 'Ein Bestätigungsschritt Ihres Kontos bei {{ friendly_name }} wurde entfernt',
      heading: 'Bestätigungsschritt entfernt',
      paragraphs: ['Ihre Identität kann nicht mehr so bestätigt werden: {{ factor_name }}.'],
      notice: notMe,
      undo,
    },
    recovery_code_used: {
      subject: 'Ihr Wiederherstellungscode bei {{ friendly_name }} wurde verwendet',
      heading: 'Ihr Wiederherstellungscode wurde verwendet',
      paragraphs: [
        'Für die Anmeldung an Ihrem Konto bei {{ friendly_name }} wurde ein Wiederherstellungscode verwendet. Er gilt nicht mehr. {% if codes_left == "" %}An seiner Stelle wurde ein neuer angezeigt.{% else %}Verbleibende Wiederherstellungscodes: {{ codes_left }}. Erstellen Sie neue, bevor der letzte verbraucht ist.{% endif %}',
        'Wenn Sie Ihr anderes Gerät verloren haben, richten Sie jetzt ein neues ein.',
      ],
      notice: notMe,
    },
    mfa_reset: {
      subject: 'Die Bestätigungsschritte Ihres Kontos bei {{ friendly_name }} wurden zurückgesetzt',
      heading: 'Bestätigungsschritte zurückgesetzt',
      paragraphs: [
        'Der Support hat alle Wege entfernt, Ihre Identität in einem zweiten Schritt zu bestätigen. Bei der nächsten Anmeldung können Sie einen neuen einrichten.',
      ],
      notice: 'Wenn Sie darum nicht gebeten haben, wenden Sie sich an den Support.',
    },
    mfa_change_undone: {
      subject: 'Ihr Konto bei {{ friendly_name }}: Wählen Sie ein neues Passwort',
      heading: 'Wählen Sie jetzt ein neues Passwort',
      paragraphs: [
        'Sie haben angegeben, dass eine Änderung der Bestätigungsschritte Ihres Kontos bei {{ friendly_name }} nicht von Ihnen stammt. Alle sind jetzt abgemeldet.',
        'Vielleicht kennt jemand Ihr Passwort. Wählen Sie jetzt ein neues. Der Link gilt einmal und {{ lifetime }} lang.',
      ],
      button: 'Neues Passwort wählen',
      notice: 'Wenn Sie das nicht angegeben haben, wenden Sie sich an den Support.',
    },
    temporary_pass_issued: {
      subject: 'Der Support hat einen Übergangscode für Ihr Konto bei {{ friendly_name }} ausgegeben',
      heading: 'Ein Übergangscode wurde ausgegeben',
      paragraphs: [
        'Bis er verwendet wird oder abläuft, ersetzt dieser Code bei der Anmeldung Ihren zweiten Schritt. Ihr Passwort ist weiterhin nötig.',
        'Nennen Sie ihn niemandem, auch nicht dem Support.',
      ],
      notice: notMe,
      undo: {
        button: undo.button,
        notice:
          'Wenn Sie nicht darum gebeten haben, drücken Sie „Das war ich nicht“: Der Code verfällt, alle werden abgemeldet, und Sie erhalten einen Link für ein neues Passwort. Der Link gilt einmal und {{ undo_lifetime }} lang.',
      },
    },
    temporary_pass_used: {
      subject: 'Ein Übergangscode wurde für Ihr Konto bei {{ friendly_name }} verwendet',
      heading: 'Ein Übergangscode wurde verwendet',
      paragraphs: [
        'Ein Übergangscode, den der Support ausgegeben hat, hat soeben Ihren zweiten Schritt ersetzt.',
        'Wenn Sie Ihr Gerät verloren haben, richten Sie jetzt ein neues ein.',
      ],
      notice: notMe,
    },
    failed_second_factors: {
      subject: 'Fehlgeschlagene Anmeldungen an Ihrem Konto bei {{ friendly_name }}',
      heading: 'Jemand kennt Ihr Passwort',
      paragraphs: [
        'Jemand hat Ihr Passwort richtig eingegeben und ist {{ failures }}-mal am zweiten Schritt gescheitert. Ihr Konto wurde nicht geöffnet.',
      ],
      notice: 'Wenn Sie das nicht waren, wählen Sie jetzt ein neues Passwort.',
    },
    push_denied: {
      subject: 'Sie haben eine Anmeldung an Ihrem Konto bei {{ friendly_name }} abgelehnt',
      heading: 'Jemand kennt Ihr Passwort',
      paragraphs: [
        'Sie haben angegeben, dass eine Anmeldeanfrage nicht von Ihnen kam. Jemand hatte Ihr Passwort richtig eingegeben. Ihr Konto wurde nicht geöffnet.',
        'Wählen Sie jetzt ein neues Passwort, das Sie sonst nirgends verwenden.',
      ],
      notice:
        'Wenn Sie die Anfrage aus Versehen abgelehnt haben, können Sie die Anmeldung noch einmal versuchen.',
    },
    enrollment_email: {
      subject: 'Richten Sie einen zweiten Schritt für Ihr Konto bei {{ friendly_name }} ein',
      heading: 'Zweiten Schritt einrichten',
      paragraphs: [
        'Sie sind eingeladen, Ihr Konto bei {{ friendly_name }} mit einem zweiten Schritt zu schützen: Nach dem Passwort bestätigen Sie, dass wirklich Sie es sind. Das Einrichten dauert ein bis zwei Minuten.',
        'Der Link funktioniert einmal und {{ lifetime }} lang.',
      ],
      button: 'Zweiten Schritt einrichten',
      notice:
        'Falls Sie damit nicht gerechnet haben, ignorieren Sie diese Nachricht und fragen Sie den Support. An Ihrem Konto hat sich nichts geändert.',
    },
    mfa_oob_code: {
      subject: 'Ihr Code für {{ friendly_name }}',
      heading: 'Ihr Code',
      paragraphs: [
        "{% if purpose == 'enrolment' %}Geben Sie diesen Code ein, um zu bestätigen, dass diese Adresse Ihnen gehört.{% else %}Geben Sie diesen Code ein, um Ihre Identität zu bestätigen.{% endif %} Er gilt einmal und {{ lifetime }} lang.",
      ],
      showsCode: true,
      notice:
        'Wenn Sie diesen Code nicht angefordert haben, geben Sie ihn niemandem weiter. Vielleicht kennt jemand Ihr Passwort: Wählen Sie ein neues.',
    },
  },
  labels: {
    application: 'Anwendung',
    place: 'Ort',
    time: 'Zeit',
    address: 'IP-Adresse',
    browser: 'Browser',
    browserOnSystem: '{{ browser }} auf {{ system }}',
    unknownBrowser: 'Unbekannt',
    writtenLink: 'Wenn die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse:',
    account: 'Wie Sie sich anmelden: {{ account_url }}',
    footer: 'Gesendet von {{ friendly_name }} zum Schutz Ihres Kontos.',
    support: 'Support: {{ support }}',
  },
};
