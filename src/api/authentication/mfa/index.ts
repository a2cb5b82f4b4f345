import type { App } from '../../../http/createApp.ts';
import { registerAssociate } from './associate.ts';
import { registerAuthenticators } from './authenticators.ts';
import { registerChallenge } from './challenge.ts';
import type { MfaApiDependencies } from './dependencies.ts';

/** The MFA API: `/mfa/associate`, `/mfa/challenge` and `/mfa/authenticators`. */
export function registerMfaApi(app: App, dependencies: MfaApiDependencies): void {
  registerAssociate(app, dependencies);
  registerChallenge(app, dependencies);
  registerAuthenticators(app, dependencies);
}
