import { decodeJwt } from 'jose';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { grantTypes } from '../../src/applications/client.ts';
import type { Answer } from './httpClient.ts';
import {
  associateSent,
  challengeSent,
  codeSentTo,
  numberOf,
  phoneOwner,
  redeemSent,
  switchOnSentCodes,
} from './sentCodes.ts';
import {
  type Application,
  authorizationRequest,
  type Person,
  password,
  type Target,
  targetStarter,
} from './target.ts';
import type { WebBrowser } from './webBrowser.ts';

const start = targetStarter();
let target: Target;
let strict: Application;
let victim: Person & { number: string };
let mallory: Person & { number: string };

beforeAll(async () => {
  target = await start();
  strict = await target.application({ mfaPolicy: 'always' });
  await switchOnSentCodes(target);
  victim = await phoneOwner(target, strict, numberOf(1));
  mallory = await phoneOwner(target, strict, numberOf(2));
});

beforeEach(async () => {
  const { db } = target.house.database;
  for (const table of ['throttles', 'second_factor_locks'] as const) await db.deleteFrom(table).execute();
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const plain = ({ status, text }: Answer) => ({ status, text });
const told = ({ status, body }: Answer) => [status, body?.error, body?.error_description];
const wrongCode = [403, 'invalid_grant', 'Invalid binding_code.'];
const wrongChallenge = [400, 'invalid_request', "The oob_code doesn't match the mfa_token"];

const listOf = async (token: string): Promise<{ id: string; type: string; name?: string }[]> =>
  (await target.send('/mfa/authenticators', { headers: bearer(token) })).body;

/** A challenge that waits for its code, at the API. */
async function openChallenge(who: Person & { number: string }, prefix: 'sms' | 'voice' | 'email') {
  const mfaToken = await target.mfaToken(strict, who);
  const chosen = (await listOf(mfaToken)).find(({ id }) => id.startsWith(`${prefix}|`));
  const { body } = await challengeSent(target, strict, mfaToken, { authenticator_id: chosen?.id ?? '' });
  const code = await codeSentTo(target, prefix === 'email' ? who.email : who.number);
  return { who, mfaToken, oobCode: body.oob_code as string, code };
}

/** A code that is none of these. */
function otherThan(...codes: string[]): string {
  const found = ['000000', '111111', '222222', '333333', '444444', '555555', '666666'].find(
    (code) => !codes.includes(code),
  );
  return found as string;
}

describe('S-09 S-11 a code that was sent answers its own challenge of its own person, and', () => {
  it('no other one at the API, whosever and by whichever channel', async () => {
    const challenges = [
      await openChallenge(victim, 'sms'),
      await openChallenge(victim, 'voice'),
      await openChallenge(victim, 'email'),
      await openChallenge(mallory, 'sms'),
      await openChallenge(mallory, 'email'),
    ];
    for (const mine of challenges) {
      for (const other of challenges) {
        if (mine === other) continue;
        const crossed = await redeemSent(target, strict, mine.mfaToken, other.oobCode, other.code);
        expect(told(crossed)).toEqual(wrongChallenge);
        const swapped = await redeemSent(target, strict, mine.mfaToken, other.oobCode, mine.code);
        expect(told(swapped)).toEqual(wrongChallenge);
        if (other.code === mine.code) continue;
        const borrowed = await redeemSent(target, strict, mine.mfaToken, mine.oobCode, other.code);
        expect(told(borrowed)).toEqual(wrongCode);
        await target.house.database.db.deleteFrom('second_factor_locks').execute();
      }
      const unknown = await redeemSent(target, strict, mine.mfaToken, 'A'.repeat(43), mine.code);
      expect(told(unknown)).toEqual(wrongChallenge);
    }
    for (const { mfaToken, oobCode, code } of challenges) {
      expect((await redeemSent(target, strict, mfaToken, oobCode, code)).status).toBe(200);
    }
  });

  it('no other factor’s, and no other application’s', async () => {
    const { mfaToken, oobCode, code } = await openChallenge(victim, 'sms');
    const asApp = await target.redeem(strict, mfaToken, code);
    expect(told(asApp)).toEqual([403, 'invalid_grant', 'Invalid otp_code.']);
    const recovery = { grant_type: grantTypes.mfaRecoveryCode, mfa_token: mfaToken, recovery_code: code };
    expect((await target.token(strict, recovery)).status).toBe(400);
    const other = await target.application({ mfaPolicy: 'always' });
    const foreign = await redeemSent(target, other, mfaToken, oobCode, code);
    expect(told(foreign)).toEqual([400, 'invalid_request', 'mfa_token not issued to this client']);
    expect((await redeemSent(target, strict, mfaToken, oobCode, code)).status).toBe(200);
  });

  it('nobody else’s authenticator is challenged or removed: it is as unknown as any', async () => {
    const theirs = await listOf(await target.mfaToken(strict, victim));
    const mfaToken = await target.mfaToken(strict, mallory);
    const before = (await target.send('/dev/outbox.json')).body.length;
    const lax = await target.application();
    const asked = { audience: `${target.issuer}mfa/`, scope: 'remove:authenticators' };
    const mfa = await target.mfaToken(lax, mallory, asked);
    const { body } = await challengeSent(target, lax, mfa);
    const proved = await redeemSent(
      target,
      lax,
      mfa,
      body.oob_code,
      await codeSentTo(target, mallory.number),
    );
    const remove = (id: string) =>
      target.send(`/mfa/authenticators/${encodeURIComponent(id)}`, {
        method: 'DELETE',
        headers: bearer(proved.body.access_token),
      });
    for (const { id } of theirs) {
      const unknown = `${id.split('|')[0]}|dev_${'A'.repeat(16)}`;
      const challenge = (authenticator_id: string) =>
        challengeSent(target, strict, mfaToken, { authenticator_id });
      expect(plain(await challenge(id))).toEqual(plain(await challenge(unknown)));
      expect(plain(await remove(id)), id).toEqual(plain(await remove(unknown)));
      expect((await remove(id)).status).toBe(404);
    }
    expect((await target.send('/dev/outbox.json')).body).toHaveLength(before + 1);
    expect(await listOf(await target.mfaToken(strict, victim))).toEqual(theirs);
  });

  it('no other one at the pages, nor the one before it', async () => {
    const [browser, ofMallory] = [await atChallenge(victim), await atChallenge(mallory)];
    const first = await codeSentTo(target, victim.number);
    const foreign = await codeSentTo(target, mallory.number);
    const atApi = await openChallenge(victim, 'sms');
    await browser.submit({ action: 'resend-code' }, 'aside');
    const latest = await codeSentTo(target, victim.number);
    await browser.submit({ code: otherThan(first, foreign, atApi.code, latest) });
    const refused = withoutForm(browser);
    for (const code of [first, foreign, atApi.code]) {
      if (code === latest) continue;
      await browser.submit({ code });
      expect(withoutForm(browser)).toBe(refused);
    }
    const atOther = await redeemSent(target, strict, atApi.mfaToken, atApi.oobCode, otherThan(atApi.code));
    expect(told(atOther)).toEqual(wrongCode);
    expect((await browser.submit({ code: latest })).headers.location).toContain('code=');
    expect((await ofMallory.submit({ code: foreign })).headers.location).toContain('code=');
  });
});

describe('S-84 where codes go is told to their own person only, and masked', () => {
  /** Anything of a number but its last four digits, or of an address but its first letters. */
  const secretsOf = ({ number, email }: { number: string; email: string }) => [number.slice(1, 9), email];

  it('at the API after the password, and nothing of it before', async () => {
    const mfaToken = await target.mfaToken(strict, victim);
    const listed = await target.send('/mfa/authenticators', { headers: bearer(mfaToken) });
    const challenged = await challengeSent(target, strict, mfaToken);
    for (const { text } of [listed, challenged]) {
      for (const secret of secretsOf(victim)) expect(text).not.toContain(secret);
    }
    expect(listed.body[0].name).toBe(`XXXXXXXXXX${victim.number.slice(-4)}`);
    for (const wrong of ['nonsense', victim.id]) {
      const { text } = await target.send('/mfa/authenticators', { headers: bearer(wrong) });
      expect(text).not.toMatch(/XXX|sms|voice|email/);
    }
    const failed = await target.login(strict, victim, { password: 'wrong' });
    expect(failed.text).not.toMatch(/XXX|sms|voice|oob/);
  });

  it('at the pages of a challenge', async () => {
    const browser = await atChallenge(victim);
    expect(browser.page?.text).toContain(victim.number.slice(-4));
    for (const action of ['resend-code', 'switch-to-voice', 'pick-authenticator']) {
      for (const secret of secretsOf(victim)) expect(browser.page?.text).not.toContain(secret);
      await browser.submit({ action }, 'aside');
    }
    for (const secret of secretsOf(victim)) expect(browser.page?.text).not.toContain(secret);
  });
});

describe('S-32 the mailbox that chose the password', () => {
  it('is no second factor until another one was proved', async () => {
    const person = await phoneOwner(target, strict, numberOf(3));
    const before = await openChallenge(person, 'email');
    await resetByLink(person, 'another password 7');

    const stale = await redeemSent(target, strict, before.mfaToken, before.oobCode, before.code);
    expect(stale.status).toBeGreaterThanOrEqual(400);

    const login = await target.login(strict, person, { password: 'another password 7' });
    expect(login.body.mfa_requirements).toEqual({
      challenge: [{ type: 'phone' }, { type: 'recovery-code' }],
    });
    const mfaToken = login.body.mfa_token;
    const [email] = (await listOf(mfaToken)).filter(({ type }) => type === 'email');
    for (const [field, value] of [
      ['authenticator_id', email?.id ?? ''],
      ['oob_channel', 'email'],
    ] as const) {
      const refused = await challengeSent(target, strict, mfaToken, { [field]: value });
      expect(refused.body.error).toBe('unsupported_challenge_type');
    }
    const browser = await atChallenge(person, 'another password 7');
    await browser.submit({ action: 'pick-authenticator' }, 'aside');
    expect(browser.page?.text).not.toMatch(/value="email"|mfa-email/);

    const { body } = await challengeSent(target, strict, mfaToken);
    const code = await codeSentTo(target, person.number);
    expect((await redeemSent(target, strict, mfaToken, body.oob_code, code)).status).toBe(200);
    const again = await target.login(strict, person, { password: 'another password 7' });
    expect(again.body.mfa_requirements.challenge).toContainEqual({ type: 'email' });
  });

  async function resetByLink(person: Person & { number: string }, chosen: string): Promise<void> {
    const browser = target.browser();
    await browser.open(authorizationRequest(strict).path);
    await browser.open(browser.at.replace('/u/login', '/u/reset-password/request'));
    await browser.submit({ email: person.email });
    const { body } = await target.send(`/dev/outbox.json?to=${encodeURIComponent(person.email)}`);
    const link = body
      .flatMap(({ links }: { links: string[] }) => links)
      .find((url: string) => url.includes('/u/reset-password/change?ticket='));
    await browser.open(link.slice(target.issuer.length - 1));
    await browser.submit({ action: 'prove' });
    await browser.submit({ code: await codeSentTo(target, person.number) });
    expect((await browser.submit({ password: chosen, 're-password': chosen })).status).toBe(200);
  }
});

describe('S-48 what a sent code is worth is told as it is', () => {
  it.each([
    ['sms', ['mfa', 'pwd', 'sms']],
    ['voice', ['mfa', 'pwd', 'tel']],
    ['email', ['mfa', 'pwd']],
  ] as const)('by %s: amr %j', async (prefix, amr) => {
    const { mfaToken, oobCode, code } = await openChallenge(victim, prefix);
    const { body } = await redeemSent(target, strict, mfaToken, oobCode, code);
    expect(decodeJwt(body.id_token).amr).toEqual(amr);
  });

  it('a phone is restricted, and e-mail is never level 2', () => {
    const table = target.house.engine.registry.all.map(({ name, assurance }) => [
      name,
      assurance.level,
      assurance.isRestricted ?? false,
    ]);
    expect(Object.fromEntries(table.map(([name, ...rest]) => [name, rest]))).toMatchObject({
      phone: [2, true],
      email: [1, false],
      otp: [2, false],
    });
    expect(target.house.engine.registry.all[0]?.assurance.isRestricted).toBeUndefined();
  });
});

describe('S-96 a refusal to send tells a stranger nothing', () => {
  it('neither whose budget was spent nor whether a number is somebody’s', async () => {
    await switchOnSentCodes(target, { sendsPerNumber: 1, sendsPerUser: 3 });
    const attempt = async (number: string) =>
      associateSent(target, await target.mfaToken(strict, await target.person()), 'sms', {
        phone_number: number,
      });
    // Somebody’s and nobody’s: the first code leaves, the second is refused in the same words.
    const seen = [];
    for (const number of [victim.number, numberOf(77)]) {
      const [first, second] = [await attempt(number), await attempt(number)];
      expect(first.status).toBe(200);
      seen.push([...told(second), second.headers['x-ratelimit-limit']]);
    }
    expect(seen[0]).toEqual([429, 'too_many_sms', expect.any(String), '1']);
    expect(seen[1]).toEqual(seen[0]);
    // Nor does it use up what the number’s owner signs in with.
    expect((await openChallenge(victim, 'sms')).code).toMatch(/^\d{6}$/);
    await switchOnSentCodes(target);
  });
});

/** A browser at the challenge of a phone, whose code was sent. */
async function atChallenge(person: Person, typed = password): Promise<WebBrowser> {
  const browser = target.browser();
  await browser.open(authorizationRequest(strict).path);
  await browser.submit({ username: person.email, password: typed });
  expect(browser.at).toMatch(/^\/u\/mfa-sms-challenge/);
  return browser;
}

/** A page without what differs between any two. */
function withoutForm({ page }: WebBrowser): string {
  return (page?.text ?? '').replace(/<input[^>]*>|data-resend-in="\d+"|state=[\w-]+/g, '');
}
