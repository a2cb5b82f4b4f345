import type { EmailTexts } from '../emailTexts.ts';

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
    },
    mfa_removed: {
      subject: 'A second step was removed from your {{ friendly_name }} account',
      heading: 'A second step was removed',
      paragraphs: ['Your identity can no longer be confirmed with: {{ factor_name }}.'],
      notice: 'If it was not you, choose a new password at once and get in touch with support.',
    },
    recovery_code_used: {
      subject: 'Your {{ friendly_name }} recovery code was used',
      heading: 'Your recovery code was used',
      paragraphs: [
        'A recovery code was used to log in to your {{ friendly_name }} account. It no longer works; a new one was shown in its place.',
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
    footer: 'Sent by {{ friendly_name }} for the safety of your account.',
    support: 'Support: {{ support }}',
  },
};
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
