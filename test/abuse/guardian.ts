import { defaultTenantSettings } from '../../src/tenant/tenantSettings.ts';
import { makePushDevice, type PushDevice } from '../support/pushDevice.ts';
import type { Answer, Call } from './httpClient.ts';
import type { Application, Person, Target } from './target.ts';

/** A login at its second factor, on a page of the application's own. */
export interface Flow {
  mfaToken: string;
  requestToken: string;
  /** Bearer of the page. */
  token: string;
  /** Answer of `start-flow`. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the endpoint answered
  started: any;
}

/** A device that is somebody's. */
export interface Owned {
  device: PushDevice;
  person: Person;
  id: string;
  token: string;
  /** RFC 4648 base32, of the codes that it makes. */
  secret: string;
}

/** A request as the device sees it. */
export interface Waiting {
  transaction_token: string;
  challenge: string;
  consent_id: string;
  number_choices?: string[];
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** What pages and devices do at the Guardian API, over the wire. */
export class GuardianScene {
  readonly target: Target;
  readonly application: Application;

  constructor(target: Target, application: Application) {
    this.target = target;
    this.application = application;
  }

  /** Also phones that compare no numbers; as many requests as a test likes. */
  async allowEverything(): Promise<void> {
    const budgets = { sendsPerUser: 1000, sendsPerDevice: 1000, sendsPerIpAddress: 100_000 };
    const settings = { allowDevicesWithoutNumberMatching: true, ...budgets };
    const phone = { messageTypes: ['sms'], allowedCountries: ['DE'] };
    await this.target.setTenant({
      factors: {
        ...defaultTenantSettings.factors,
        'push-notification': { enabled: true, settings },
        phone: { enabled: true, settings: phone },
      },
    });
  }

  address(path: string): string {
    return `${this.target.issuer}appliance-mfa/api/${path}`;
  }

  call(path: string, token: string, call: Call = {}): Promise<Answer> {
    return this.target.send(`/appliance-mfa/api/${path}`, {
      method: 'POST',
      ...call,
      headers: { ...bearer(token), ...call.headers },
    });
  }

  async begin(person: Person): Promise<Flow> {
    const mfaToken = await this.target.mfaToken(this.application, person, { scope: 'openid' });
    const exchanged = await this.target.send('/mfa/guardian-token', {
      method: 'POST',
      headers: bearer(mfaToken),
    });
    const requestToken: string = exchanged.body.request_token;
    const { body: started } = await this.call('start-flow', requestToken);
    return { mfaToken, requestToken, token: started.transaction_token, started };
  }

  async state(token: string): Promise<Answer['body']> {
    return (await this.call('transaction-state', token)).body;
  }

  enroll(ticket: string, body: unknown): Promise<Answer> {
    const headers = { authorization: `Ticket id="${ticket}"` };
    return this.target.send('/appliance-mfa/api/enroll', { json: body, headers });
  }

  /** Somebody who has just this device, and its codes. */
  async deviceOwner(kind: PushDevice['kind'] = 'ios'): Promise<Owned> {
    const person = await this.target.person();
    const device = makePushDevice({ kind, clock: this.target.house.clock });
    const { token, started } = await this.begin(person);
    const { body, text } = await this.enroll(started.enrollment_tx_id, device.presented());
    const { enrollment } = await this.state(token);
    if (!enrollment) throw new Error(`The device was not enrolled: ${text}`);
    return { device, person, id: body.id, token: body.token, secret: body.totp.secret };
  }

  /** A login that waits for the device. */
  async ask({ person }: Pick<Owned, 'person'>): Promise<Flow> {
    const flow = await this.begin(person);
    const { status, text } = await this.call('send-push-notification', flow.token);
    if (status !== 204) throw new Error(`The device was not asked: ${text}`);
    return flow;
  }

  asDevice(path: string, { id, token }: Pick<Owned, 'id' | 'token'>, call: Call = {}): Promise<Answer> {
    return this.call(`device-accounts/${id}${path}`, token, { method: 'GET', ...call });
  }

  async waiting(owned: Owned): Promise<Waiting> {
    const { body, text } = await this.asDevice('/request', owned);
    if (!body?.request) throw new Error(`Nothing waits: ${text}`);
    return body.request;
  }

  /** Hands in a signed answer. */
  resolve(requestToken: string, jws: unknown): Promise<Answer> {
    return this.call('resolve-transaction', requestToken, { json: { challenge_response: jws } });
  }

  /** The answer that the device gives to what waits for it. */
  answer(
    { device }: Pick<Owned, 'device'>,
    { challenge }: Waiting,
    isAccepted = true,
    claims: Record<string, unknown> = {},
  ): string {
    return device.answer({ challenge, audience: this.address('resolve-transaction'), isAccepted, claims });
  }

  redeem(flow: Pick<Flow, 'mfaToken'>, signature: string): Promise<Answer> {
    return this.target.token(this.application, {
      grant_type: 'http://auth0.com/oauth/grant-type/mfa-oob',
      mfa_token: flow.mfaToken,
      oob_code: signature,
    });
  }
}
