import { beforeAll, expect, it } from 'vitest';
import { makePushDevice } from '../../support/pushDevice.ts';
import { forEachServer } from '../../support/server.ts';
import { AuthenticatorApp } from '../authenticatorApp.ts';
import type { Person } from '../deployment.ts';
import { type Answer, call, get, postJson } from '../wireCalls.ts';
import {
  credentials,
  expectRefusal,
  mfaTokenOf,
  oobGrant,
  otpGrant,
  startWireDeployment,
  type WireDeployment,
} from './wireDeployment.ts';

const pending = [
  400,
  'authorization_pending',
  'Authorization pending: please repeat the request in a few seconds.',
] as const;

forEachServer((_engine, start) => {
  let deployment: WireDeployment;

  beforeAll(async () => {
    deployment = await startWireDeployment(start, { push: true });
  });

  const mfa = (path: string) => `${deployment.issuer}mfa/${path}`;
  const device = (path: string) => `${deployment.issuer}appliance-mfa/api/${path}`;
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const poll = (mfa_token: string, oob_code: string): Promise<Answer> =>
    deployment.token({ grant_type: oobGrant, ...credentials(deployment.strict), mfa_token, oob_code });

  /** Enrols the app on a device by what the MFA API hands out. */
  async function enrolled(person: Person) {
    const mfa_token = await mfaTokenOf(deployment, person);
    const associated = await postJson(
      mfa('associate'),
      { authenticator_types: ['oob'], oob_channels: ['auth0'] },
      bearer(mfa_token),
    );
    const { barcode_uri, oob_code } = associated.body;
    const ticket = new URL(barcode_uri).searchParams.get('enrollment_tx_id');
    expectRefusal(await poll(mfa_token, oob_code), pending);
    const phone = makePushDevice();
    const taken = await postJson(device('enroll'), phone.presented(), {
      authorization: `Ticket id="${ticket}"`,
    });
    expect(taken.status).toBe(200);
    return { associated, phone, own: taken.body, mfa_token, oob_code };
  }

  async function challenge(person: Person, chosen: Record<string, string> = {}) {
    const mfa_token = await mfaTokenOf(deployment, person);
    const fields = { mfa_token, client_id: deployment.strict.clientId, ...chosen };
    const { body } = await postJson(mfa('challenge'), fields);
    return { mfa_token, body };
  }

  it('push: associate, confirm, list, challenge, poll and remove with the members of the wire', async () => {
    const kim = await deployment.person();
    const { associated, phone, own, mfa_token, oob_code } = await enrolled(kim);
    expect(associated.body).toEqual({
      id: expect.stringMatching(/^push\|dev_[A-Za-z0-9]{16}$/),
      authenticator_type: 'oob',
      oob_channel: 'auth0',
      oob_code: expect.stringMatching(/^[\w-]{43}$/),
      barcode_uri: expect.stringMatching(/^otpauth:\/\/totp\//),
      recovery_codes: [expect.stringMatching(/^[A-Z1-9]{24}$/)],
    });
    const unconfirmed = await get(mfa('authenticators'), bearer(mfa_token));
    expect(unconfirmed.body.filter(({ active }: { active: boolean }) => active)).toEqual([]);
    const confirmed = await poll(mfa_token, oob_code);
    expect(confirmed.body).toMatchObject({ token_type: 'Bearer', id_token: expect.any(String) });

    const again = await challenge(kim);
    const listed = await get(mfa('authenticators'), bearer(again.mfa_token));
    const { id } = associated.body;
    expect(listed.body).toEqual([
      {
        ...{ id, authenticator_type: 'oob', oob_channel: 'auth0', active: true },
        ...{ type: 'push-notification', name: phone.name },
      },
      expect.objectContaining({ authenticator_type: 'recovery-code' }),
      { id: id.replace('push', 'totp'), authenticator_type: 'otp', type: 'otp', active: true },
    ]);
    expect(again.body).toEqual({
      challenge_type: 'oob',
      oob_code: expect.stringMatching(/^[\w-]{43}$/),
      number_matching: expect.stringMatching(/^[0-9]{2}$/),
    });
    expectRefusal(await poll(again.mfa_token, again.body.oob_code), pending);
    await answer(own, phone, { number: again.body.number_matching });
    const passed = await poll(again.mfa_token, again.body.oob_code);
    expect(passed.body).toMatchObject({ token_type: 'Bearer' });
    expectRefusal(await poll(again.mfa_token, again.body.oob_code), [
      401,
      'expired_token',
      'mfa_token is expired',
    ]);

    const { secret } = own.totp;
    const otp = await AuthenticatorApp.withKey(secret).nextCode();
    const next = await mfaTokenOf(deployment, kim);
    const byCode = { grant_type: otpGrant, ...credentials(deployment.strict), mfa_token: next, otp };
    expect((await deployment.token(byCode)).status).toBe(200);
  });

  it('push: what was denied, replaced or asked for too often is told so', async () => {
    const kim = await deployment.person();
    const { phone, own, mfa_token, oob_code } = await enrolled(kim);
    await poll(mfa_token, oob_code);
    const first = await challenge(kim, { challenge_type: 'oob', oob_channel: 'auth0' });
    const second = await challenge(kim);
    expectRefusal(await poll(first.mfa_token, first.body.oob_code), [
      400,
      'invalid_grant',
      'A newer request to the same user took the place of this one.',
    ]);
    const answers = [];
    for (let i = 0; i < 14; i += 1) answers.push(await poll(second.mfa_token, second.body.oob_code));
    expectRefusal(answers[0] as Answer, pending);
    expect(answers.at(-1)?.body.error).toBe('slow_down');
    await answer(own, phone, { isAccepted: false });
    expectRefusal(await poll(second.mfa_token, second.body.oob_code), [
      400,
      'invalid_grant',
      'MFA Authorization rejected.',
    ]);
    const third = await challenge(kim);
    expect(third.body).toMatchObject({ error: 'too_many_requests' });
    const removed = await call(device(`device-accounts/${own.id}`), {
      method: 'DELETE',
      headers: bearer(own.token),
    });
    expect(removed.status).toBe(204);
    expect((await get(mfa('authenticators'), bearer(third.mfa_token))).status).toBe(401);
  });

  /** Answers what waits for the device, as the app does. */
  async function answer(
    own: { id: string; token: string },
    phone: ReturnType<typeof makePushDevice>,
    how: { number?: string; isAccepted?: boolean },
  ): Promise<void> {
    const { body } = await get(device(`device-accounts/${own.id}/request`), bearer(own.token));
    const { challenge: text, transaction_token } = body.request;
    const audience = device('resolve-transaction');
    const challenge_response = phone.answer({ challenge: text, audience, ...how });
    const resolved = await postJson(audience, { challenge_response }, bearer(transaction_token));
    expect(resolved.status).toBe(204);
  }
});
