import { Type } from 'typebox';
import { senderOf } from '../senderOf.ts';
import { mailFrom, secret } from './fields.ts';
import { DeliveryError, type ProviderDefinition } from './provider.ts';
import { createSmtpProvider } from './smtpProvider.ts';

const settings = Type.Object(
  {
    host: Type.String({
      pattern: '^[0-9A-Za-z.:_-]{1,253}$',
      description: 'Name or address of the mail server.',
    }),
    port: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 65_535, description: 'Default 587, with security tls 465.' }),
    ),
    security: Type.Optional(
      Type.Union([Type.Literal('starttls'), Type.Literal('tls'), Type.Literal('none')], {
        description: 'starttls, tls from the start, or none for a trusted network. Default starttls.',
      }),
    ),
    user: Type.Optional(Type.String({ minLength: 1, maxLength: 320, description: 'User to sign in as.' })),
    from: mailFrom,
  },
  { additionalProperties: false },
);
const credentials = Type.Object(
  { password: Type.Optional(secret('Password of the user.')) },
  { additionalProperties: false },
);

/** E-mails through a mail server (RFC 5321). */
export const smtp: ProviderDefinition<'email', typeof settings, typeof credentials> = {
  name: 'smtp',
  title: 'SMTP',
  channel: 'email',
  settings,
  credentials,
  create(config, { concurrency }) {
    const { host, port, security = 'starttls', user, from } = config.settings;
    const { password } = config.credentials;
    const sender = senderOf(from);
    if (!sender) throw new DeliveryError('configuration', 'sender');
    const server = { host, port: port ?? (security === 'tls' ? 465 : 587), security, user, password };
    return createSmtpProvider(server, sender, concurrency);
  },
};
