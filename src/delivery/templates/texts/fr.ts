import type { EmailTexts } from '../emailTexts.ts';

const notMe =
  'Si ce n’était pas vous, choisissez tout de suite un nouveau mot de passe et contactez l’assistance.';

/** Instead, where the message brings a link that undoes what it tells of. */
const undo = {
  button: 'Ce n’était pas moi',
  notice:
    'Si ce n’était pas vous, appuyez sur « Ce n’était pas moi » : toutes les sessions sont fermées, la modification est annulée dans la mesure où c’est sûr, et vous recevez un lien pour choisir un nouveau mot de passe. Le lien fonctionne une fois et pendant {{ undo_lifetime }}.',
};

export const fr: EmailTexts = {
  templates: {
    verify_email: {
      subject: 'Confirmez votre adresse e-mail pour {{ friendly_name }}',
      heading: 'Confirmez votre adresse e-mail',
      paragraphs: [
        'Confirmez que cette adresse est la vôtre. Le lien fonctionne une seule fois, pendant {{ lifetime }}.',
      ],
      button: 'Confirmer l’adresse',
      notice: 'Si vous ne vous êtes pas inscrit à {{ friendly_name }}, ignorez ce message.',
    },
    reset_email: {
      subject: 'Choisissez un nouveau mot de passe pour {{ friendly_name }}',
      heading: 'Choisissez un nouveau mot de passe',
      paragraphs: [
        'Vous avez demandé un nouveau mot de passe pour votre compte {{ friendly_name }}. Le lien fonctionne une seule fois, pendant {{ lifetime }}.',
      ],
      button: 'Choisir un nouveau mot de passe',
      notice: 'Si vous n’avez rien demandé, ignorez ce message. Votre mot de passe ne change pas.',
    },
    account_exists: {
      subject: 'Vous avez déjà un compte {{ friendly_name }}',
      heading: 'Vous avez déjà un compte',
      paragraphs: [
        'Quelqu’un a voulu s’inscrire à {{ friendly_name }} avec cette adresse. Si c’était vous, connectez-vous avec votre mot de passe actuel.',
        'Si vous ne le connaissez plus, vous pouvez en choisir un nouveau. Le lien fonctionne une seule fois, pendant {{ lifetime }}.',
      ],
      button: 'Choisir un nouveau mot de passe',
      notice: 'Si ce n’était pas vous, ignorez ce message. Rien n’a changé dans votre compte.',
    },
    password_changed: {
      subject: 'Votre mot de passe {{ friendly_name }} a été modifié',
      heading: 'Votre mot de passe a été modifié',
      paragraphs: ['Le mot de passe de votre compte {{ friendly_name }} vient d’être modifié.'],
      notice: notMe,
    },
    mfa_enrolled: {
      subject: 'Une seconde étape a été ajoutée à votre compte {{ friendly_name }}',
      heading: 'Une seconde étape a été ajoutée',
      paragraphs: ['Vous pouvez désormais confirmer votre identité avec : {{ factor_name }}.'],
      notice: notMe,
      undo,
    },
    mfa_removed: {
      subject: 'Une seconde étape a été retirée de votre compte {{ friendly_name }}',
      heading: 'Une seconde étape a été retirée',
      paragraphs: ['Votre identité ne peut plus être confirmée avec : {{ factor_name }}.'],
      notice: notMe,
      undo,
    },
    recovery_code_used: {
      subject: 'Votre code de récupération {{ friendly_name }} a été utilisé',
      heading: 'Votre code de récupération a été utilisé',
      paragraphs: [
        'Un code de récupération a servi à se connecter à votre compte {{ friendly_name }}. Il n’est plus valable. {% if codes_left == "" %}Un nouveau code a été affiché à sa place.{% else %}Codes de récupération restants : {{ codes_left }}. Créez-en de nouveaux avant d’utiliser le dernier.{% endif %}',
        'Si vous avez perdu votre autre appareil, configurez-en un nouveau maintenant.',
      ],
      notice: notMe,
    },
    mfa_reset: {
      subject: 'La seconde étape de votre compte {{ friendly_name }} a été réinitialisée',
      heading: 'Votre seconde étape a été réinitialisée',
      paragraphs: [
        'L’assistance a retiré tous les moyens de confirmer votre identité lors d’une seconde étape. Vous pourrez en configurer un nouveau à votre prochaine connexion.',
      ],
      notice: 'Si vous n’avez rien demandé, contactez l’assistance.',
    },
    mfa_change_undone: {
      subject: 'Votre compte {{ friendly_name }} : choisissez un nouveau mot de passe',
      heading: 'Choisissez maintenant un nouveau mot de passe',
      paragraphs: [
        'Vous avez indiqué qu’une modification de la seconde étape de votre compte {{ friendly_name }} ne venait pas de vous. Toutes les sessions ont été fermées.',
        'Quelqu’un connaît peut-être votre mot de passe. Choisissez-en un nouveau maintenant. Le lien fonctionne une fois et pendant {{ lifetime }}.',
      ],
      button: 'Choisir un nouveau mot de passe',
      notice: 'Si vous n’avez rien indiqué de tel, contactez l’assistance.',
    },
    temporary_pass_issued: {
      subject: 'L’assistance a délivré un laissez-passer temporaire pour votre compte {{ friendly_name }}',
      heading: 'Un laissez-passer temporaire a été délivré',
      paragraphs: [
        'Jusqu’à son utilisation ou sa fin, il remplace votre seconde étape à la connexion. Votre mot de passe reste nécessaire.',
        'Ne le communiquez à personne, pas même à l’assistance.',
      ],
      notice: notMe,
      undo: {
        button: undo.button,
        notice:
          'Si vous ne l’avez pas demandé, appuyez sur « Ce n’était pas moi » : le laissez-passer prend fin, toutes les sessions sont fermées et vous recevez un lien pour choisir un nouveau mot de passe. Le lien fonctionne une fois et pendant {{ undo_lifetime }}.',
      },
    },
    temporary_pass_used: {
      subject: 'Un laissez-passer temporaire a été utilisé pour votre compte {{ friendly_name }}',
      heading: 'Un laissez-passer temporaire a été utilisé',
      paragraphs: [
        'Un laissez-passer temporaire délivré par l’assistance vient de remplacer votre seconde étape.',
        'Si vous avez perdu votre appareil, configurez-en un nouveau maintenant.',
      ],
      notice: notMe,
    },
    failed_second_factors: {
      subject: 'Échecs de connexion à votre compte {{ friendly_name }}',
      heading: 'Quelqu’un connaît votre mot de passe',
      paragraphs: [
        'Quelqu’un a saisi votre mot de passe sans erreur, mais a échoué {{ failures }} fois à la seconde étape. Votre compte n’a pas été ouvert.',
      ],
      notice: 'Si ce n’était pas vous, choisissez maintenant un nouveau mot de passe.',
    },
    push_denied: {
      subject: 'Vous avez refusé une demande de connexion à votre compte {{ friendly_name }}',
      heading: 'Quelqu’un connaît votre mot de passe',
      paragraphs: [
        'Vous avez indiqué qu’une demande de connexion ne venait pas de vous. Quelqu’un avait saisi votre mot de passe sans erreur. Votre compte n’a pas été ouvert.',
        'Choisissez maintenant un nouveau mot de passe que vous n’utilisez nulle part ailleurs.',
      ],
      notice: 'Si vous avez refusé la demande par erreur, vous pouvez réessayer de vous connecter.',
    },
    enrollment_email: {
      subject: 'Configurez une deuxième étape pour votre compte {{ friendly_name }}',
      heading: 'Configurez une deuxième étape',
      paragraphs: [
        'Vous êtes invité à protéger votre compte {{ friendly_name }} par une deuxième étape : après le mot de passe, vous confirmez qu’il s’agit bien de vous. Cela prend une ou deux minutes.',
        'Le lien fonctionne une seule fois et pendant {{ lifetime }}.',
      ],
      button: 'Configurer une deuxième étape',
      notice:
        'Si vous ne vous y attendiez pas, ignorez ce message et interrogez l’assistance. Rien n’a changé sur votre compte.',
    },
    mfa_oob_code: {
      subject: 'Votre code {{ friendly_name }}',
      heading: 'Votre code',
      paragraphs: [
        "{% if purpose == 'enrolment' %}Saisissez ce code pour confirmer que cette adresse est la vôtre.{% else %}Saisissez ce code pour confirmer votre identité.{% endif %} Il fonctionne une seule fois, pendant {{ lifetime }}.",
      ],
      showsCode: true,
      notice:
        'Si vous n’avez pas demandé ce code, ne le communiquez à personne. Quelqu’un connaît peut-être votre mot de passe : choisissez-en un nouveau.',
    },
  },
  labels: {
    application: 'Application',
    place: 'Lieu',
    time: 'Heure',
    address: 'Adresse IP',
    browser: 'Navigateur',
    browserOnSystem: '{{ browser }} sur {{ system }}',
    unknownBrowser: 'Inconnu',
    writtenLink: 'Si le bouton ne fonctionne pas, ouvrez cette adresse :',
    account: 'Votre manière de vous connecter : {{ account_url }}',
    footer: 'Envoyé par {{ friendly_name }} pour la sécurité de votre compte.',
    support: 'Assistance : {{ support }}',
  },
};
