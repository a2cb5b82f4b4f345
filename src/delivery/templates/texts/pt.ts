import type { EmailTexts } from '../emailTexts.ts';

const notMe = 'Se não foi você, escolha uma nova senha imediatamente e fale com o suporte.';

/** Instead, where the message brings a link that undoes what it tells of. */
const undo = {
  button: 'Não fui eu',
  notice:
    'Se não foi você, toque em “Não fui eu”: todas as sessões são encerradas, a alteração é desfeita até onde for seguro e você recebe um link para escolher uma nova senha. O link vale uma vez e por {{ undo_lifetime }}.',
};

export const pt: EmailTexts = {
  templates: {
    verify_email: {
      subject: 'Confirme seu e-mail para {{ friendly_name }}',
      heading: 'Confirme seu e-mail',
      paragraphs: ['Confirme que este endereço é seu. O link funciona uma única vez e por {{ lifetime }}.'],
      button: 'Confirmar endereço',
      notice: 'Se você não se cadastrou em {{ friendly_name }}, ignore esta mensagem.',
    },
    reset_email: {
      subject: 'Escolha uma nova senha para {{ friendly_name }}',
      heading: 'Escolha uma nova senha',
      paragraphs: [
        'Você pediu uma nova senha para sua conta {{ friendly_name }}. O link funciona uma única vez e por {{ lifetime }}.',
      ],
      button: 'Escolher nova senha',
      notice: 'Se você não fez esse pedido, ignore esta mensagem. Sua senha continua a mesma.',
    },
    account_exists: {
      subject: 'Você já tem uma conta {{ friendly_name }}',
      heading: 'Você já tem uma conta',
      paragraphs: [
        'Alguém tentou se cadastrar em {{ friendly_name }} com este endereço. Se foi você, entre com sua senha atual.',
        'Se não lembra mais dela, você pode escolher uma nova. O link funciona uma única vez e por {{ lifetime }}.',
      ],
      button: 'Escolher nova senha',
      notice: 'Se não foi você, ignore esta mensagem. Nada mudou na sua conta.',
    },
    password_changed: {
      subject: 'Sua senha de {{ friendly_name }} foi alterada',
      heading: 'Sua senha foi alterada',
      paragraphs: ['A senha da sua conta {{ friendly_name }} acaba de ser alterada.'],
      notice: notMe,
    },
    mfa_enrolled: {
      subject: 'Uma segunda etapa foi adicionada à sua conta {{ friendly_name }}',
      heading: 'Uma segunda etapa foi adicionada',
      paragraphs: ['A partir de agora você pode confirmar sua identidade com: {{ factor_name }}.'],
      notice: notMe,
      undo,
    },
    mfa_removed: {
      subject: 'Uma segunda etapa foi removida da sua conta {{ friendly_name }}',
      heading: 'Uma segunda etapa foi removida',
      paragraphs: ['Sua identidade não pode mais ser confirmada com: {{ factor_name }}.'],
      notice: notMe,
      undo,
    },
    recovery_code_used: {
      subject: 'Seu código de recuperação de {{ friendly_name }} foi usado',
      heading: 'Seu código de recuperação foi usado',
      paragraphs: [
        'Um código de recuperação foi usado para entrar na sua conta {{ friendly_name }}. Ele não vale mais. {% if codes_left == "" %}Um novo foi exibido no lugar.{% else %}Códigos de recuperação restantes: {{ codes_left }}. Crie novos antes de usar o último.{% endif %}',
        'Se você perdeu seu outro dispositivo, configure um novo agora.',
      ],
      notice: notMe,
    },
    mfa_reset: {
      subject: 'A segunda etapa da sua conta {{ friendly_name }} foi redefinida',
      heading: 'Sua segunda etapa foi redefinida',
      paragraphs: [
        'O suporte removeu todas as formas de confirmar sua identidade em uma segunda etapa. Você pode configurar uma nova no próximo acesso.',
      ],
      notice: 'Se você não fez esse pedido, fale com o suporte.',
    },
    mfa_change_undone: {
      subject: 'Sua conta {{ friendly_name }}: escolha uma nova senha',
      heading: 'Escolha agora uma nova senha',
      paragraphs: [
        'Você informou que uma alteração na segunda etapa da sua conta {{ friendly_name }} não foi sua. Todas as sessões foram encerradas.',
        'Alguém pode saber a sua senha. Escolha agora uma nova. O link vale uma vez e por {{ lifetime }}.',
      ],
      button: 'Escolher uma nova senha',
      notice: 'Se você não informou isso, fale com o suporte.',
    },
    temporary_pass_issued: {
      subject: 'O suporte emitiu um passe temporário para sua conta {{ friendly_name }}',
      heading: 'Um passe temporário foi emitido',
      paragraphs: [
        'Até ser usado ou expirar, este passe substitui a sua segunda etapa no acesso. A senha continua sendo necessária.',
        'Não o informe a ninguém, nem ao suporte.',
      ],
      notice: notMe,
      undo: {
        button: undo.button,
        notice:
          'Se você não o pediu, toque em “Não fui eu”: o passe perde a validade, todas as sessões são encerradas e você recebe um link para escolher uma nova senha. O link vale uma vez e por {{ undo_lifetime }}.',
      },
    },
    temporary_pass_used: {
      subject: 'Um passe temporário foi usado na sua conta {{ friendly_name }}',
      heading: 'Um passe temporário foi usado',
      paragraphs: [
        'Um passe temporário emitido pelo suporte acaba de substituir a sua segunda etapa.',
        'Se você perdeu seu dispositivo, configure um novo agora.',
      ],
      notice: notMe,
    },
    failed_second_factors: {
      subject: 'Tentativas malsucedidas de entrar na sua conta {{ friendly_name }}',
      heading: 'Alguém conhece sua senha',
      paragraphs: [
        'Alguém digitou sua senha corretamente, mas errou a segunda etapa {{ failures }} vezes. Sua conta não foi aberta.',
      ],
      notice: 'Se não foi você, escolha uma nova senha agora.',
    },
    push_denied: {
      subject: 'Você recusou um pedido de acesso à sua conta {{ friendly_name }}',
      heading: 'Alguém conhece sua senha',
      paragraphs: [
        'Você informou que um pedido de acesso não era seu. Alguém tinha digitado sua senha corretamente. Sua conta não foi aberta.',
        'Escolha agora uma nova senha, que você não use em nenhum outro lugar.',
      ],
      notice: 'Se você recusou o pedido por engano, pode tentar entrar de novo.',
    },
    enrollment_email: {
      subject: 'Configure uma segunda etapa para a sua conta {{ friendly_name }}',
      heading: 'Configure uma segunda etapa',
      paragraphs: [
        'Você foi convidado a proteger a sua conta {{ friendly_name }} com uma segunda etapa: depois da senha, você confirma que é mesmo você. Leva um ou dois minutos.',
        'O link funciona uma única vez e por {{ lifetime }}.',
      ],
      button: 'Configurar uma segunda etapa',
      notice:
        'Se você não esperava por isso, ignore esta mensagem e pergunte ao suporte. Nada mudou na sua conta.',
    },
    mfa_oob_code: {
      subject: 'Seu código de {{ friendly_name }}',
      heading: 'Seu código',
      paragraphs: [
        "{% if purpose == 'enrolment' %}Digite este código para confirmar que este endereço é seu.{% else %}Digite este código para confirmar sua identidade.{% endif %} Ele funciona uma única vez e por {{ lifetime }}.",
      ],
      showsCode: true,
      notice:
        'Se você não pediu este código, não o informe a ninguém. Alguém pode saber sua senha: escolha uma nova.',
    },
  },
  labels: {
    application: 'Aplicativo',
    place: 'Local',
    time: 'Horário',
    address: 'Endereço IP',
    browser: 'Navegador',
    browserOnSystem: '{{ browser }} em {{ system }}',
    unknownBrowser: 'Desconhecido',
    writtenLink: 'Se o botão não funcionar, abra este endereço:',
    account: 'Como você entra: {{ account_url }}',
    footer: 'Enviado por {{ friendly_name }} para a segurança da sua conta.',
    support: 'Suporte: {{ support }}',
  },
};
