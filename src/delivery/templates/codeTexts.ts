import type { CodePurpose } from '../codePurpose.ts';

/** Liquid sources of the short messages in one language. */
interface CodeTexts {
  sms: Record<CodePurpose, string>;
  voice: Record<CodePurpose, string>;
}

const texts: Readonly<Record<string, CodeTexts>> = {
  en: {
    sms: {
      enrolment:
        '{{ code }} is your code to add this number to {{ friendly_name }}. Do not share it with anyone.',
      verification: '{{ code }} is your {{ friendly_name }} code. Do not share it with anyone.',
    },
    voice: {
      enrolment: call(
        'Hello. This is {{ friendly_name }} with your code to add this number.',
        'Your code is:',
        'Once more, your code is:',
        'Do not tell it to anyone. Goodbye.',
      ),
      verification: call(
        'Hello. This is {{ friendly_name }} with your code.',
        'Your code is:',
        'Once more, your code is:',
        'Do not tell it to anyone. Goodbye.',
      ),
    },
  },
  // Spanish and Portuguese words are chosen so that GSM-7 has their letters: ó, ã and ç would double the price.
  de: {
    sms: {
      enrolment:
        'Ihr Code, um diese Nummer bei {{ friendly_name }} hinzuzufügen: {{ code }}. Geben Sie ihn niemandem weiter.',
      verification: 'Ihr Code für {{ friendly_name }} lautet {{ code }}. Geben Sie ihn niemandem weiter.',
    },
    voice: {
      enrolment: call(
        'Guten Tag. Hier ist {{ friendly_name }} mit dem Code, um diese Nummer hinzuzufügen.',
        'Ihr Code lautet:',
        'Ich wiederhole, Ihr Code lautet:',
        'Sagen Sie ihn niemandem weiter. Auf Wiederhören.',
      ),
      verification: call(
        'Guten Tag. Hier ist {{ friendly_name }} mit Ihrem Code.',
        'Ihr Code lautet:',
        'Ich wiederhole, Ihr Code lautet:',
        'Sagen Sie ihn niemandem weiter. Auf Wiederhören.',
      ),
    },
  },
  es: {
    sms: {
      enrolment:
        '{{ code }} es su clave para añadir este teléfono a {{ friendly_name }}. No la comparta con nadie.',
      verification: '{{ code }} es su clave de {{ friendly_name }}. No la comparta con nadie.',
    },
    voice: {
      enrolment: call(
        'Hola. Le llama {{ friendly_name }} con el código para añadir este teléfono.',
        'Su código es:',
        'Repito, su código es:',
        'No se lo diga a nadie. Adiós.',
      ),
      verification: call(
        'Hola. Le llama {{ friendly_name }} con su código.',
        'Su código es:',
        'Repito, su código es:',
        'No se lo diga a nadie. Adiós.',
      ),
    },
  },
  fr: {
    sms: {
      enrolment:
        'Votre code pour ajouter ce numéro à {{ friendly_name }} : {{ code }}. Ne le communiquez à personne.',
      verification: 'Votre code {{ friendly_name }} est {{ code }}. Ne le communiquez à personne.',
    },
    voice: {
      enrolment: call(
        'Bonjour. Ici {{ friendly_name }}, avec le code pour ajouter ce numéro.',
        'Votre code est :',
        'Je répète, votre code est :',
        'Ne le communiquez à personne. Au revoir.',
      ),
      verification: call(
        'Bonjour. Ici {{ friendly_name }}, avec votre code.',
        'Votre code est :',
        'Je répète, votre code est :',
        'Ne le communiquez à personne. Au revoir.',
      ),
    },
  },
  pt: {
    sms: {
      enrolment:
        'Use {{ code }} para adicionar este telefone a {{ friendly_name }}. Nunca compartilhe com outras pessoas.',
      verification:
        'Use {{ code }} para confirmar sua identidade em {{ friendly_name }}. Nunca compartilhe com outras pessoas.',
    },
    voice: {
      enrolment: call(
        'Olá. Aqui é {{ friendly_name }}, com o código para adicionar este telefone.',
        'Seu código é:',
        'Repetindo, seu código é:',
        'Não conte a ninguém. Até logo.',
      ),
      verification: call(
        'Olá. Aqui é {{ friendly_name }}, com seu código.',
        'Seu código é:',
        'Repetindo, seu código é:',
        'Não conte a ninguém. Até logo.',
      ),
    },
  },
  ja: {
    sms: {
      enrolment:
        '{{ friendly_name }} にこの番号を登録するコードは {{ code }} です。他人に教えないでください。',
      verification: '{{ friendly_name }} の認証コードは {{ code }} です。他人に教えないでください。',
    },
    voice: {
      enrolment: call(
        'こちらは {{ friendly_name }} です。この電話番号を登録するためのコードをお伝えします。',
        'コードは、',
        'もう一度お伝えします。コードは、',
        'コードは誰にも教えないでください。失礼いたします。',
      ),
      verification: call(
        'こちらは {{ friendly_name }} です。認証コードをお伝えします。',
        'コードは、',
        'もう一度お伝えします。コードは、',
        'コードは誰にも教えないでください。失礼いたします。',
      ),
    },
  },
};

/** Put at the end of every text message; empty where the message would need a second part for it. */
const autofill = '{% if autofill_line != "" %}\n{{ autofill_line }}{% endif %}';

/** Our own Liquid source for a text message or a call; English where there is none in the language. */
export function codeSource(channel: 'sms' | 'voice', purpose: CodePurpose, language: string): string {
  const words = texts[language] ?? (texts.en as CodeTexts);
  return channel === 'sms' ? words.sms[purpose] + autofill : words.voice[purpose];
}

/** The code twice, with time to write it down. */
function call(greeting: string, first: string, again: string, end: string): string {
  return [
    greeting,
    '{{ pause }}',
    first,
    '{{ pause }}{{ code }}.{{ pause }}{{ pause }}',
    again,
    '{{ pause }}{{ code }}.{{ pause }}',
    end,
  ].join('\n');
}
