import type { EmailTexts } from '../emailTexts.ts';

/** Instead, where the message brings a link that undoes what it tells of. */
const undo = {
  button: 'It was not me',
  notice:
    'If it was not you, press “It was not me”: everyone is signed out, the change is taken back as far as that is safe, and you get a link for a new password. The link works once and for {{ undo_lifetime }}.',
};

export const en: EmailTexts = {
  templates: {
    verify_email: {
      subject: 'Confirm your e-mail address for {{ friendly_name }}',
      heading: 'Confirm your e-mail address',
      paragraphs: ['Please confirm that this address is yours. The link works once and for {{ lifetime }}.'],
      button: 'Confirm address',
      notice: 'If you have not signed up for {{ friendly_name }}, ignore this message.',
    },
    reset_email: {
      subject: 'Choose a new password for {{ friendly_name }}',
      heading: 'Choose a new password',
      paragraphs: [
        'You asked for a new password for your {{ friendly_name }} account. The link works once and for {{ lifetime }}.',
      ],
      button: 'Choose a new password',
      notice: 'If you did not ask for this, ignore this message. Your password stays as it is.',
    },
    account_exists: {
      subject: 'You already have an account at {{ friendly_name }}',
      heading: 'You already have an account',
      paragraphs: [
        'Someone tried to sign up for {{ friendly_name }} with this address. If it was you, log in with your existing password.',
        'If you no longer know it, you can choose a new one. The link works once and for {{ lifetime }}.',
      ],
      button: 'Choose a new password',
      notice: 'If it was not you, ignore this message. Nothing about your account has changed.',
    },
    password_changed: {
      subject: 'Your {{ friendly_name }} password was changed',
      heading: 'Your password was changed',
      paragraphs: ['The password of your {{ friendly_name }} account has just been changed.'],
      notice: 'If it was not you, choose a new password at once and get in touch with support.',
    },
    mfa_enrolled: {
      subject: 'A second step was added to your {{ friendly_name }} account',
      heading: 'A second step was added',
      paragraphs: ['From now on you can confirm your identity with: {{ factor_name }}.'],
      notice: 'If it was not you, choose a new password at once and get in touch with support.',
      undo,
    },
    mfa_removed: {
      subject: 'A second step was removed from your {{ friendly_name }} account',
      heading: 'A second step was removed',
      paragraphs: ['Your identity can no longer be confirmed with: {{ factor_name }}.'],
      notice: 'If it was not you, choose a new password at once and get in touch with support.',
      undo,
    },
    recovery_code_used: {
      subject: 'Your {{ friendly_name }} recovery code was used',
      heading: 'Your recovery code was used',
      paragraphs: [
        'A recovery code was used to log in to your {{ friendly_name }} account. It no longer works. {% if codes_left == "" %}A new one was shown in its place.{% else %}Recovery codes left: {{ codes_left }}. Make new ones before the last one is used.{% endif %}',
        'If you have lost your other device, set up a new one now.',
      ],
      notice: 'If it was not you, choose a new password at once and get in touch with support.',
    },
    mfa_reset: {
      subject: 'The second step of your {{ friendly_name }} account was reset',
      heading: 'Your second step was reset',
      paragraphs: [
        'Support removed all ways to confirm your identity with a second step. You can set up a new one at your next login.',
      ],
      notice: 'If you did not ask for this, get in touch with support.',
    },
    mfa_change_undone: {
      subject: 'Your {{ friendly_name }} account: choose a new password',
      heading: 'Choose a new password now',
      paragraphs: [
        'You said that a change of the second step of your {{ friendly_name }} account was not yours. Everyone has been signed out.',
        'Someone may know your password. Choose a new one now. The link works once and for {{ lifetime }}.',
      ],
      button: 'Choose a new password',
      notice: 'If you did not say so, get in touch with support.',
    },
    temporary_pass_issued: {
      subject: 'Support gave out a temporary pass for your {{ friendly_name }} account',
      heading: 'A temporary pass was given out',
      paragraphs: [
        'Until it is used or ends, this pass stands in for your second step at login. Your password is needed as well.',
        'Never tell it to anybody, not even to support.',
      ],
      notice: 'If it was not you, choose a new password at once and get in touch with support.',
      undo: {
        button: undo.button,
        notice:
          'If you did not ask for it, press “It was not me”: the pass ends, everyone is signed out, and you get a link for a new password. The link works once and for {{ undo_lifetime }}.',
      },
    },
    temporary_pass_used: {
      subject: 'A temporary pass was used for your {{ friendly_name }} account',
      heading: 'A temporary pass was used',
      paragraphs: [
        'A temporary pass that support gave out has just stood in for your second step.',
        'If you have lost your device, set up a new one now.',
      ],
      notice: 'If it was not you, choose a new password at once and get in touch with support.',
    },
    failed_second_factors: {
      subject: 'Failed attempts to log in to your {{ friendly_name }} account',
      heading: 'Someone knows your password',
      paragraphs: [
        'Someone entered your password correctly, but failed the second step {{ failures }} times. Your account was not opened.',
      ],
      notice: 'If it was not you, choose a new password now.',
    },
    push_denied: {
      subject: 'You refused a request to log in to your {{ friendly_name }} account',
      heading: 'Someone knows your password',
      paragraphs: [
        'You said that a request to log in was not yours. Someone had entered your password correctly. Your account was not opened.',
        'Choose a new password now, one that you use nowhere else.',
      ],
      notice: 'If you refused the request by mistake, you can try to log in again.',
    },
    enrollment_email: {
      subject: 'Set up a second step for your {{ friendly_name }} account',
      heading: 'Set up a second step',
      paragraphs: [
        'You are invited to protect your {{ friendly_name }} account with a second step: after your password, you confirm that it is really you. It takes a minute or two.',
        'The link works once and for {{ lifetime }}.',
      ],
      button: 'Set up a second step',
      notice:
        'If you do not expect this, ignore this message and ask support. Nothing about your account has changed.',
    },
    mfa_oob_code: {
      subject: 'Your {{ friendly_name }} code',
      heading: 'Your code',
      paragraphs: [
        "{% if purpose == 'enrolment' %}Enter this code to confirm that this address is yours.{% else %}Enter this code to confirm that it is you.{% endif %} It works once and for {{ lifetime }}.",
      ],
      showsCode: true,
      notice:
        'If you did not ask for this code, tell it to nobody. Someone may know your password: choose a new one.',
    },
  },
  labels: {
    application: 'Application',
    place: 'Place',
    time: 'Time',
    address: 'IP address',
    browser: 'Browser',
    browserOnSystem: '{{ browser }} on {{ system }}',
    unknownBrowser: 'Unknown',
    writtenLink: 'If the button does not work, open this address:',
    account: 'How you sign in: {{ account_url }}',
    footer: 'Sent by {{ friendly_name }} for the safety of your account.',
    support: 'Support: {{ support }}',
  },
};
