import { type Static, Type } from 'typebox';

/** How this server is known at Duo, and what becomes of sign-ins while Duo is down. */
export const duoSettings = Type.Object({
  ikey: Type.String({
    default: '',
    pattern: '^[A-Z0-9]{20}$',
    title: '20 capital letters and digits, as in DI…',
    description:
      'Client ID of the application in the Duo Admin Panel (Web SDK); there also “integration key”.',
  }),
  skey: Type.String({
    default: '',
    pattern: '^[A-Za-z0-9]{40}$',
    title: '40 letters and digits',
    description: 'Client secret of the application; there also “secret key”.',
    secret: true,
  }),
  host: Type.String({
    default: '',
    pattern: '^api-[a-z0-9-]+(?:\\.[a-z0-9-]+)+$',
    maxLength: 253,
    title: 'a host such as api-12ab34cd.duosecurity.com',
    description: 'API host name of the application, without https://.',
  }),
  username: Type.Union([Type.Literal('email'), Type.Literal('local-part')], {
    default: 'email',
    description:
      'By which name people are known at Duo: their address, or what stands before the @. The latter only where ' +
      'all addresses are of one domain: of two people with one name, Duo answers for the first who set it up.',
  }),
  failMode: Type.Union([Type.Literal('closed'), Type.Literal('open')], {
    default: 'closed',
    description:
      'While Duo can’t be reached, closed keeps people out; open lets those who have set it up in on their ' +
      'password, for five minutes and with a warning in the log. Whoever can keep this server from reaching Duo ' +
      'gets past it then.',
  }),
});

export type DuoSettings = Static<typeof duoSettings>;
