import type { StartServer } from '../../support/server.ts';
import { type Application, Deployment, type Person } from '../deployment.ts';
import { type Answer, postJson } from '../wireCalls.ts';
import type { LoginInput } from './widget.ts';

/** A login at its second factor, whose application draws its own page. */
export interface Interrupted {
  mfaToken: string;
  input: LoginInput;
}

const oobGrant = 'http://auth0.com/oauth/grant-type/mfa-oob';

/** A deployment with an application that draws its second factor with auth0-guardian-js. */
export class GuardianDeployment {
  readonly deployment: Deployment;
  readonly application: Application;

  private constructor(deployment: Deployment, application: Application) {
    this.deployment = deployment;
    this.application = application;
  }

  static async start(start: StartServer): Promise<GuardianDeployment> {
    const deployment = await Deployment.start(start, { sentCodes: true, push: true });
    const grants = 'password,mfa-oob,mfa-otp';
    const application = await deployment.application('--grant-types', grants, '--mfa-policy', 'always');
    return new GuardianDeployment(deployment, application);
  }

  get #credentials() {
    return { client_id: this.application.clientId, client_secret: this.application.clientSecret };
  }

  /** The password, and the exchange of the `mfa_token` for what the page needs. */
  async signIn({ email, password }: Person): Promise<Interrupted> {
    const login = { grant_type: 'password', username: email, password, scope: 'openid' };
    const { body } = await this.deployment.token({ ...login, ...this.#credentials });
    const mfaToken: string = body.mfa_token;
    const begun = await postJson(`${this.deployment.issuer}mfa/guardian-token`, undefined, {
      authorization: `Bearer ${mfaToken}`,
    });
    const { request_token: requestToken, service_url: serviceUrl } = begun.body;
    return { mfaToken, input: { serviceUrl, requestToken } };
  }

  /** What the application does with the page's signature. */
  redeem(mfaToken: string, signature: string | null, application = this.application): Promise<Answer> {
    return this.deployment.token({
      grant_type: oobGrant,
      client_id: application.clientId,
      client_secret: application.clientSecret,
      mfa_token: mfaToken,
      oob_code: signature ?? '',
    });
  }
}
