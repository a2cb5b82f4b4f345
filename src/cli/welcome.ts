import type { OperatorInvitation } from '../accounts/operators.ts';
import { databaseTarget, type Settings } from '../config/settings.ts';

/** What TLS is served with; of a development certificate, whom clients must trust. */
export interface ServedCertificate {
  cert: string;
  key: string;
  authorityFile?: string;
}

interface Welcome {
  settings: Settings;
  tls?: ServedCertificate | undefined;
  invitation?: OperatorInvitation | undefined;
}

/** What `serve` tells a person once it accepts connections: in development, where to go next. */
export function welcome({ settings, tls, invitation }: Welcome): string {
  const { publicUrl, dev } = settings;
  const ready = `Countersign is ready: ${publicUrl}`;
  if (!dev) return ready;
  const target = databaseTarget(settings);
  const places: [string, string | undefined][] = [
    ['Demo application', `${publicUrl}demo`],
    ['Sign up', `${publicUrl}demo/sign-up`],
    ['Outbox (messages)', `${publicUrl}dev/outbox`],
    ['Account page', `${publicUrl}account`],
    ['Authenticator', `${publicUrl}authenticator/`],
    ['API description', `${publicUrl}docs`],
    ['Operator console', `${publicUrl}operator`],
    ['Your data', 'file' in target ? target.file : 'PostgreSQL'],
    ['First operator', invitation && `${invitation.user.email}, one-time sign-in link:`],
    ['', invitation?.url],
    ['Trust its TLS with', tls?.authorityFile && `NODE_EXTRA_CA_CERTS=${tls.authorityFile}`],
  ];
  const lines = places
    .filter((place): place is [string, string] => place[1] !== undefined)
    .map(([name, place]) => `  ${name.padEnd(20)}${place}`);
  const hint = tls ? [] : ['', '  SDKs that insist on https: start with --https (npm start -- --https).'];
  return [ready, '', ...lines, ...hint, ''].join('\n');
}
