import { grantTypes } from '../../src/applications/client.ts';
import { defaultTenantSettings } from '../../src/tenant/tenantSettings.ts';
import type { Answer } from './httpClient.ts';
import type { Application, Person, Target } from './target.ts';

/** A number that may be sent to; each `i` is another one. */
export const numberOf = (i: number) => `+49151123${45_000 + i}`;

/** Switches phone, by message and by call, and e-mail on. */
export function switchOnSentCodes(target: Target, phone: Record<string, unknown> = {}): Promise<void> {
  const settings = { messageTypes: ['sms', 'voice'], allowedCountries: ['DE'], ...phone };
  return target.setTenant({
    factors: {
      ...defaultTenantSettings.factors,
      phone: { enabled: true, settings },
      email: { enabled: true },
    },
  });
}

/** The code of the latest message to a number or address. */
export async function codeSentTo(target: Target, to: string): Promise<string> {
  const { body } = await target.send(`/dev/outbox.json?to=${encodeURIComponent(to)}`);
  const latest = body.find((message: { code?: string }) => message.code !== undefined);
  if (!latest) throw new Error(`No code was sent to ${to}.`);
  return latest.code;
}

/** Begins to enrol a phone or an address; `bearer` as the MFA API takes it. */
export function associateSent(
  target: Target,
  bearer: string,
  channel: string,
  where: Record<string, unknown>,
): Promise<Answer> {
  return target.send('/mfa/associate', {
    json: { authenticator_types: ['oob'], oob_channels: [channel], ...where },
    headers: { authorization: `Bearer ${bearer}` },
  });
}

export function challengeSent(
  target: Target,
  { credentials }: Application,
  mfaToken: string,
  fields: Record<string, string> = {},
): Promise<Answer> {
  return target.send('/mfa/challenge', {
    json: { mfa_token: mfaToken, ...credentials, challenge_type: 'oob', ...fields },
  });
}

/** The grant that answers what was sent. */
export function redeemSent(
  target: Target,
  application: Application,
  mfaToken: string,
  oobCode: string,
  bindingCode: string,
): Promise<Answer> {
  return target.token(application, {
    grant_type: grantTypes.mfaOob,
    mfa_token: mfaToken,
    oob_code: oobCode,
    binding_code: bindingCode,
  });
}

/** Somebody whose only enrolled factor is a phone with this number. */
export async function phoneOwner(
  target: Target,
  application: Application,
  number: string,
): Promise<Person & { number: string }> {
  const person = await target.person();
  const mfaToken = await target.mfaToken(application, person);
  const { body, text } = await associateSent(target, mfaToken, 'sms', { phone_number: number });
  if (!body?.oob_code) throw new Error(`The enrolment was refused: ${text}`);
  const confirmed = await redeemSent(
    target,
    application,
    mfaToken,
    body.oob_code,
    await codeSentTo(target, number),
  );
  if (confirmed.status !== 200) throw new Error(`The enrolment failed: ${confirmed.text}`);
  return { ...person, recoveryCode: body.recovery_codes?.[0] ?? '', number };
}
