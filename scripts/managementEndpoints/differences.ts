/** In which way calls that are served differ from Auth0's, by their address. */
export const differences: Readonly<Record<string, string>> = {
  '/guardian/enrollments/ticket':
    '`send_email` is taken as well as `send_mail`; `email` and, alone, `webauthn-platform` are refused',
  '/guardian/enrollments/{id}': 'an unknown one is 404; `dev_…` alone names it too',
  '/guardian/factors/{name}':
    'a factor that can’t be a person’s only one is refused while no other is on; takes `settings` as the list has them',
  '/guardian/policies':
    '`confidence-score` alone is refused, and `all-applications` while no factor is on for it',
  '/guardian/settings': 'whole days only',
  '/guardian/factors/phone/settings': 'six digits, 60 to 600 seconds',
  '/guardian/factors/email/settings': 'six digits, 60 to 600 seconds',
  '/guardian/factors/phone/message-types': 'at least one: a factor that sends nothing is switched off',
  '/guardian/factors/duo/settings': 'the secret key is masked for who may not set it',
  '/guardian/factors/phone/selected-provider': phoneProvider(),
  '/guardian/factors/sms/selected-provider': phoneProvider(),
  '/guardian/factors/phone/providers/twilio': twilio(),
  '/guardian/factors/sms/providers/twilio': twilio(),
  '/guardian/factors/phone/templates': templates(),
  '/guardian/factors/sms/templates': templates(),
  '/guardian/factors/push-notification/selected-provider':
    '`guardian` wakes this server’s authenticator alone; setting a provider up chooses it too',
  '/guardian/factors/push-notification/providers/sns': 'the region has to be that of the applications',
  '/guardian/factors/push-notification/providers/apns': 'a certificate has to open without a password',
  '/guardian/factors/push-notification/providers/fcm': 'a key is refused: Google has ended the service',
  '/guardian/factors/webauthn-roaming/settings': 'an identifier that isn’t used is not kept',
  '/guardian/factors/webauthn-platform/settings': 'an identifier that isn’t used is not kept',
};

function phoneProvider(): string {
  return '`phone-message-hook` stands for a provider set at the command line; setting Twilio up chooses it';
}

function twilio(): string {
  return 'values are checked; the auth token is masked for who may not set it';
}

function templates(): string {
  return 'of text messages in all languages; checked when they are set';
}
