import type { EmailText, EmailTexts } from './emailTexts.ts';

/** Liquid source of the HTML part. The words are ours; every value is escaped when it is put in. */
export function htmlSource(text: EmailText, labels: EmailTexts['labels']): string {
  return `<!doctype html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{{ subject }}</title>
<style>${styles}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#eaf0ed;">
<div style="display:none;max-height:0;overflow:hidden;">${text.paragraphs[0]}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="page" style="background:#eaf0ed;">
<tr><td align="center" class="edge" style="padding:32px 16px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;">
<tr><td class="ink" style="padding:0 8px 16px;${font}font-size:15px;font-weight:600;color:#16211f;">{{ friendly_name }}</td></tr>
<tr><td class="card" style="background:#ffffff;border:1px solid #d5dfdb;border-radius:12px;padding:32px;">
<h1 class="ink" style="margin:0 0 16px;${font}font-size:22px;line-height:1.3;font-weight:650;color:#16211f;">${text.heading}</h1>
${text.paragraphs.map(paragraph).join('\n')}
${text.showsCode ? code : ''}
{% if facts.size > 0 %}<table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 16px;">
{% for fact in facts %}<tr><td class="muted" style="padding:4px 16px 4px 0;${font}font-size:14px;color:#485955;vertical-align:top;">{{ fact.label }}</td><td class="ink" style="padding:4px 0;${font}font-size:14px;color:#16211f;">{{ fact.value }}</td></tr>
{% endfor %}</table>{% endif %}
${text.button === undefined ? '' : link(text.button, labels)}
${undoOr(text.undo, text.notice === undefined ? '' : notice(text.notice))}
</td></tr>
<tr><td class="muted" style="padding:16px 8px 0;${font}font-size:13px;line-height:1.5;color:#485955;">${tellsOfAccount(text) ? `${accountLink(labels)}<br>` : ''}${labels.footer}{% if support != '' %}<br>${labels.support}{% endif %}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

/** Liquid source of the plain text part: the same words, the link on a line of its own. */
export function textSource(text: EmailText, labels: EmailTexts['labels']): string {
  return [
    text.heading,
    ...text.paragraphs,
    text.showsCode ? '    {{ code }}' : '',
    '{% for fact in facts %}{{ fact.label }}: {{ fact.value }}\n{% endfor %}',
    text.button === undefined ? '' : `${text.button}:\n{{ url }}`,
    text.undo === undefined
      ? (text.notice ?? '')
      : `{% if undo_url != '' %}${text.undo.notice}\n\n${text.undo.button}:\n{{ undo_url }}{% else %}${text.notice ?? ''}{% endif %}`,
    `--\n${tellsOfAccount(text) ? `${labels.account}\n` : ''}${labels.footer}{% if support != '' %}\n${labels.support}{% endif %}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;";

/** Only what a style attribute can't say; mail programs that drop it show the light colours. */
const styles = `
@media (max-width: 400px) {
  .edge { padding: 16px 8px !important; }
  .card { padding: 20px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background: #0b1211 !important; }
  .card { background: #15201e !important; border-color: #2b3a37 !important; }
  .ink { color: #e9f0ee !important; }
  .muted { color: #adbcb8 !important; }
  .rule { border-color: #2b3a37 !important; }
  .written { color: #82d7c9 !important; }
  .outlined { border-color: #82d7c9 !important; }
  .code { background: #0b1211 !important; }
}
`;

function paragraph(words: string): string {
  return `<p class="ink" style="margin:0 0 16px;${font}font-size:16px;line-height:1.55;color:#16211f;">${words}</p>`;
}

/** Large and evenly spaced, in one piece, so that it can be read across a room and copied by a double click. */
const code = `<p style="margin:24px 0;"><span class="ink code" style="display:inline-block;padding:12px 18px;border-radius:8px;background:#eaf0ed;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:30px;line-height:1.2;font-weight:600;letter-spacing:5px;color:#16211f;">{{ code }}</span></p>`;

function link(label: string, labels: EmailTexts['labels']): string {
  return `<p style="margin:24px 0;"><a href="{{ url }}" style="display:inline-block;background:#11645c;color:#ffffff;${font}font-size:16px;font-weight:600;text-decoration:none;padding:13px 22px;border-radius:8px;">${label}</a></p>
<p class="muted" style="margin:0 0 16px;${font}font-size:13px;line-height:1.5;color:#485955;">${labels.writtenLink}<br><a class="written" href="{{ url }}" style="color:#11645c;word-break:break-all;">{{ url }}</a></p>`;
}

/** Not the button that catches the eye: most readers made the change themselves. */
function undoOr(undo: EmailText['undo'], otherwise: string): string {
  if (!undo) return otherwise;
  return `{% if undo_url != '' %}${notice(undo.notice)}
<p style="margin:16px 0 0;"><a class="written outlined" href="{{ undo_url }}" style="display:inline-block;border:1px solid #11645c;color:#11645c;${font}font-size:15px;font-weight:600;text-decoration:none;padding:10px 18px;border-radius:8px;">${undo.button}</a></p>{% else %}${otherwise}{% endif %}`;
}

/** A message that brings a code or a link of its own has one thing to do; no other link stands beside it. */
function tellsOfAccount({ button, showsCode }: EmailText): boolean {
  return button === undefined && !showsCode;
}

function accountLink({ account }: EmailTexts['labels']): string {
  return account.replace(
    '{{ account_url }}',
    '<a class="written" href="{{ account_url }}" style="color:#11645c;">{{ account_url }}</a>',
  );
}

function notice(words: string): string {
  return `<p class="muted rule" style="margin:24px 0 0;padding-top:16px;border-top:1px solid #d5dfdb;${font}font-size:14px;line-height:1.5;color:#485955;">${words}</p>`;
}
