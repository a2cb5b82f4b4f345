import { beforeAll, describe, expect, it } from 'vitest';
import { grantTypes } from '../../src/applications/client.ts';
import { multiFactorAcr } from '../../src/mfa/authenticationContext.ts';
import { codeOf } from '../support/engine.ts';
import type { Answer, Call } from './httpClient.ts';
import {
  associateSent,
  challengeSent,
  codeSentTo,
  phoneOwner,
  redeemSent,
  switchOnSentCodes,
} from './sentCodes.ts';
import {
  type Application,
  apiAudience,
  authorizationRequest,
  callback,
  connection,
  type Target,
  targetStarter,
} from './target.ts';

const passwords = {
  chosen: 'canary-password-one',
  reset: 'canary-password-two',
  wrong: 'canary-password-wrong',
  inTheWrongField: 'canary-password-as-username',
  ofSignUp: 'canary-password-of-signup',
};

for (const engine of ['sqlite', 'postgres'] as const) {
  describe(engine, () => {
    const start = targetStarter(engine);
    let target: Target;
    /** Every secret that the flows met, by what it is. */
    const secrets = new Map<string, string>();
    /** Six digits each, which numbers elsewhere may contain by chance. */
    const codes = new Set<string>();
    /** Every answer to anybody, with what was asked. */
    const answers: (Answer & { path: string; call: Call })[] = [];
    let secretAnswers = 0;

    beforeAll(async () => {
      target = await start();
      const { send } = target;
      const recording = async (path: string, call: Call = {}) => {
        const answer = await send(path, call);
        answers.push({ ...answer, path, call });
        return answer;
      };
      Object.assign(target, { send: recording });
      await target.api();
      await runEverything();
      // Messages that were queued go out.
      await target.send('/dev/outbox.json');
    }, 60_000);

    function keep(what: string, secret: string | undefined): string {
      if (!secret) throw new Error(`The flow gave no ${what}.`);
      secrets.set(`${what} ${secrets.size}`, secret);
      return secret;
    }

    const keepTokens = (body: Record<string, string>) => {
      for (const name of ['access_token', 'id_token', 'refresh_token', 'recovery_code', 'mfa_token']) {
        const token = body[name];
        // Of a signed token the signature tells it from others.
        if (token) keep(name, token.split('.').at(-1));
      }
    };

    /** What a day in the life of a server brings, with mistakes. */
    async function runEverything(): Promise<void> {
      const application = await target.application();
      keep('client secret', application.credentials.client_secret);
      await byThePages(application);
      await byTheApi(application);
      await bySentCodes();
      await bySignUp(application);
      await byMistake(application);
    }

    async function byThePages(application: Application): Promise<void> {
      const person = await target.person();
      const link = await linkAfterReset(application, person.email);
      keep('ticket', new URL(link).searchParams.get('ticket') ?? undefined);
      const browser = target.browser();
      await browser.open(link.slice(target.issuer.length - 1));
      keep('form token', browser.hidden().csrf);
      await browser.submit({ password: passwords.chosen, 're-password': passwords.chosen });

      const request = authorizationRequest(application, {
        acr_values: multiFactorAcr,
        scope: 'openid offline_access read:account',
        audience: apiAudience,
        nonce: 'n-0S6_WzA2Mj',
      });
      keep('code verifier', request.verifier);
      await browser.open(request.path);
      await browser.submit({ username: person.email, password: passwords.wrong });
      await browser.submit({ username: passwords.inTheWrongField, password: passwords.chosen });
      for (const { name, value } of browser.cookies.values())
        if (name.startsWith('cs_i_')) keep('binding', value);
      await browser.submit({ username: person.email, password: passwords.chosen });
      await browser.open(browser.at.replace('enrollment-qr', 'enrollment-code'));
      const secret = keep('authenticator key', browser.shownCode);
      await browser.submit({ code: '135790' });
      const code = await codeOf(secret, Date.now() - 30_000);
      codes.add('135790').add(code);
      await browser.submit({ code, rememberBrowser: 'true' });
      keep('recovery code', browser.shownCode);
      secretAnswers = answers.length;
      const answer = await browser.submit({ saved: 'on' });
      keep('session', browser.cookies.get('countersign /')?.value);
      const received = keep(
        'authorization code',
        new URL(answer.headers.location ?? '').searchParams.get('code') ?? undefined,
      );
      const exchange = {
        grant_type: grantTypes.authorizationCode,
        code: received,
        redirect_uri: callback,
        code_verifier: request.verifier,
      };
      const { body } = await target.token(application, exchange);
      keepTokens(body);
      const again = await target.token(application, {
        grant_type: grantTypes.refreshToken,
        refresh_token: body.refresh_token,
      });
      keepTokens(again.body);
      const hinted = authorizationRequest(application, {
        id_token_hint: body.id_token,
        prompt: 'login',
      }).path;
      await browser.open(hinted);
      const pushed = Object.fromEntries(new URL(hinted, target.issuer).searchParams);
      await target.send('/oauth/par', { form: { ...application.credentials, ...pushed } });
      await browser.open(authorizationRequest(application, { prompt: 'none' }).path);
      await target.token(application, exchange);
      await target.send('/oauth/revoke', {
        form: { ...application.credentials, token: again.body.refresh_token ?? body.refresh_token },
      });
      await browser.open(`/oidc/logout?id_token_hint=${body.id_token}`);
    }

    async function byTheApi(application: Application): Promise<void> {
      const person = await target.person();
      const login = { grant_type: 'password', username: person.email, password: 'seven green apples' };
      await target.setTenant({ policy: 'always' });
      const { body: asked } = await target.token(application, { ...login, scope: 'openid offline_access' });
      keepTokens(asked);
      const { body: associated } = await target.associate(asked.mfa_token);
      keep('authenticator key', associated.secret);
      keep('recovery code', associated.recovery_codes[0]);
      const code = await codeOf(associated.secret, Date.now() - 30_000);
      codes.add(code);
      const confirmed = await target.redeem(application, asked.mfa_token, code);
      keepTokens(confirmed.body);
      const { body: again } = await target.token(application, login);
      keepTokens(again);
      await target.send('/mfa/authenticators', { headers: { authorization: `Bearer ${again.mfa_token}` } });
      await target.send('/mfa/challenge', {
        json: { mfa_token: again.mfa_token, ...application.credentials },
      });
      const recovery = { grant_type: grantTypes.mfaRecoveryCode, mfa_token: again.mfa_token };
      await target.token(application, {
        ...recovery,
        recovery_code: keep('wrong recovery code', 'CANARYCANARYCANARYCANARY'),
      });
      const recovered = await target.token(application, {
        ...recovery,
        recovery_code: associated.recovery_codes[0],
      });
      keepTokens(recovered.body);
      const machine = await target.token(application, {
        grant_type: grantTypes.clientCredentials,
        audience: apiAudience,
      });
      keepTokens(machine.body);
      const api = await target.token(application, {
        ...login,
        audience: `${target.issuer}mfa/`,
        scope: 'enroll remove:authenticators',
      });
      keepTokens(api.body);
      await target.setTenant({ policy: 'never' });
    }

    /** A phone and an address, with wrong codes and numbers that are none. */
    async function bySentCodes(): Promise<void> {
      await switchOnSentCodes(target);
      const strict = await target.application({ mfaPolicy: 'always' });
      const number = keep('phone number', '+4915112399887');
      const person = await phoneOwner(target, strict, number);
      codes.add(await codeSentTo(target, number));
      for (const [channel, to] of [
        ['sms', number],
        ['voice', number],
        ['email', person.email],
      ] as const) {
        const mfaToken = await target.mfaToken(strict, person);
        const { body } = await challengeSent(target, strict, mfaToken, { oob_channel: channel });
        const oobCode = keep('oob_code', body.oob_code);
        codes.add('246813').add(await codeSentTo(target, to));
        await redeemSent(target, strict, mfaToken, oobCode, '246813');
        await redeemSent(target, strict, mfaToken, `${oobCode}x`, '246813');
        keepTokens((await redeemSent(target, strict, mfaToken, oobCode, await codeSentTo(target, to))).body);
      }
      const mfaToken = await target.mfaToken(strict, await target.person());
      for (const wrong of [`${number} x`, `${number}ext9`, `${number}0000000`, `00${number}`]) {
        await associateSent(target, mfaToken, 'sms', { phone_number: wrong });
      }
      await associateSent(target, mfaToken, 'sms', { phone_number: [number] });
      await switchOnSentCodes(target, { sendsPerNumber: 1, conversionLeastSends: 1 });
      for (let i = 0; i < 3; i += 1) await associateSent(target, mfaToken, 'voice', { phone_number: number });
      await switchOnSentCodes(target);
    }

    async function bySignUp({ client }: Application): Promise<void> {
      const email = 'canary@example.com';
      const fields = { client_id: client.clientId, connection, email, password: passwords.ofSignUp };
      await target.send('/dbconnections/signup', { json: fields });
      await target.send('/dbconnections/signup', { json: { ...fields, password: passwords.wrong } });
      const { body } = await target.send(`/dev/outbox.json?to=${encodeURIComponent(email)}`);
      for (const { links } of body) {
        for (const link of links) {
          const ticket = new URL(link).searchParams.get('ticket');
          if (ticket) keep('ticket', ticket);
        }
      }
    }

    /** Secrets in places that may be logged or repeated. */
    async function byMistake(application: Application): Promise<void> {
      const stray = keep('stray secret', 'canary-stray-secret-0123456789');
      const paths = [
        `/nowhere?password=${stray}`,
        `/authorize?client_id=${application.client.clientId}&password=${stray}&code=${stray}&access_token=${stray}`,
        `/authorize/${stray}`,
        `/u/${stray}`,
        `/u/login?state=${stray}`,
        `/u/reset-password/change?ticket=${stray}`,
        `/userinfo?access_token=${stray}`,
        `/mfa/authenticators?mfa_token=${stray}`,
        `/oidc/logout?id_token_hint=${stray}`,
        `/docs/${stray}`,
        `/dev/outbox/${stray}`,
        `/operator/callback?state=${stray}`,
      ];
      for (const path of paths) {
        await target.send(path, {
          headers: {
            authorization: `Bearer ${stray}`,
            cookie: `countersign=${stray}; auth0-mf=${stray}; countersign_resume=${stray}`,
          },
        });
      }
      for (const grant_type of [...Object.values(grantTypes), 'unknown']) {
        const fields = {
          code: stray,
          refresh_token: stray,
          mfa_token: stray,
          otp: stray,
          recovery_code: stray,
          oob_code: stray,
          binding_code: stray,
          password: stray,
          username: 'x@example.com',
          code_verifier: stray,
          redirect_uri: callback,
          audience: apiAudience,
          realm: connection,
        };
        await target.token(application, { grant_type, ...fields });
        await target.send('/oauth/token', {
          form: { client_id: application.client.clientId, client_secret: stray, grant_type, ...fields },
        });
        await target.send('/oauth/token', {
          json: { grant_type, ...fields, client_assertion: stray, password: [stray] },
        });
      }
      await target.send('/oauth/token', {
        body: `{"password":"${stray}"`,
        headers: { 'content-type': 'application/json' },
      });
      await target.send('/mfa/challenge', {
        json: { mfa_token: stray, client_id: 'x', challenge_type: 'otp' },
      });
      await target.send('/mfa/associate', {
        json: { authenticator_types: [stray] },
        headers: { authorization: `Bearer ${stray}` },
      });
    }

    async function linkAfterReset(application: Application, email: string): Promise<string> {
      const { client } = application;
      await target.send('/dbconnections/change_password', {
        json: { client_id: client.clientId, connection, email },
      });
      const { body } = await target.send(`/dev/outbox.json?to=${encodeURIComponent(email)}`);
      return body[0].links.find((url: string) => url.includes('ticket='));
    }

    const everySecret = () => [...secrets, ...Object.entries(passwords)];

    /** Which secrets stand in a text, and where. */
    function foundIn(text: string): string[] {
      const whole = everySecret().filter(([, secret]) => text.includes(secret));
      const digits = [...codes].filter((code) => new RegExp(`(?<![\\d.])${code}(?!\\d)`).test(text));
      return [
        ...whole.map(([what, secret]) => `${what}: …${around(text, secret)}…`),
        ...digits.map((code) => `code: …${around(text, code)}…`),
      ];
    }

    it('S-105 the flows met secrets of every kind', () => {
      const kinds = new Set([...secrets.keys()].map((what) => what.replace(/ \d+$/, '')));
      for (const kind of [
        'access_token',
        'id_token',
        'refresh_token',
        'mfa_token',
        'recovery_code',
        'recovery code',
        'authenticator key',
        'authorization code',
        'session',
        'binding',
        'ticket',
        'client secret',
        'code verifier',
        'form token',
        'phone number',
        'oob_code',
      ]) {
        expect(kinds, kind).toContain(kind);
      }
      expect(target.log.length).toBeGreaterThan(50);
    });

    it('S-105 no secret stands in the log of the process, at its most talkative', () => {
      expect(foundIn(target.log.join(''))).toEqual([]);
    });

    it('S-105 no secret stands in the tenant log', async () => {
      const rows = await target.house.database.db.selectFrom('logs').selectAll().execute();
      expect(rows.length).toBeGreaterThan(30);
      expect(foundIn(JSON.stringify(rows))).toEqual([]);
    });

    it('S-105 no secret can be read in a dump of the database', async () => {
      const dump = await target.dump();
      const found = Object.entries(dump).flatMap(([table, rows]) =>
        foundIn(JSON.stringify(rows)).map((what) => `${table}: ${what}`),
      );
      expect(found).toEqual([]);
      // Nor behind an encoding that anybody can undo.
      const decoded = JSON.stringify(dump).replace(/[\w-]{20,}={0,2}/g, (text) =>
        Buffer.from(text, 'base64url').toString('latin1'),
      );
      expect(everySecret().filter(([, secret]) => decoded.includes(secret))).toEqual([]);
    });

    it('S-105 S-91 no refusal repeats a secret', () => {
      // The page of a waiting enrolment shows its key again, and `mfa_required` brings a token.
      const refusals = answers.filter(
        ({ status, body, path }) =>
          status >= 400 && body?.mfa_token === undefined && !path.startsWith('/u/mfa-otp-enrollment'),
      );
      expect(refusals.length).toBeGreaterThan(40);
      // A page's own form carries its own state and token, and the person's own typing.
      const told = refusals.flatMap(({ text, headers, path }) =>
        foundIn(
          `${text.replace(/<input[^>]*>|action="[^"]*"|href="[^"]*"/g, '')} ${JSON.stringify(headers)}`,
        ).map((what) => `${path}: ${what}`),
      );
      expect(told).toEqual([]);
    });

    it('S-105 no address holds a password, key, recovery code or token, but for the one-time links', () => {
      const allowed = /^(?:ticket|form token|authorization code|stray secret)/;
      const locations = answers.map(({ headers }) => headers.location ?? '').join('\n');
      const found = everySecret().filter(
        ([what, secret]) => !allowed.test(what) && locations.includes(secret),
      );
      expect(found).toEqual([]);
    });

    it('S-80 no answer holds the application’s secret', () => {
      const secret = [...secrets].find(([what]) => what.startsWith('client secret'))?.[1] ?? '';
      expect(answers.filter(({ text }) => text.includes(secret)).map(({ path }) => path)).toEqual([]);
    });

    it('S-43 no answer after the confirmation shows key, QR code or recovery code again', async () => {
      const own = [...secrets]
        .filter(([what]) => /^(?:authenticator key|recovery code) /.test(what))
        .slice(0, 2)
        .map(([, secret]) => secret);
      expect(own).toHaveLength(2);
      const later = answers.slice(secretAnswers);
      expect(later.length).toBeGreaterThan(50);
      for (const { text, headers, path } of later) {
        for (const secret of own)
          expect(`${text}${JSON.stringify(headers)}`.includes(secret), path).toBe(false);
      }
      const shown = answers
        .slice(0, secretAnswers)
        .filter(({ text }) => own.some((secret) => text.includes(secret)));
      expect(shown.length).toBeGreaterThan(0);
      for (const { headers } of shown) expect(headers['cache-control']).toContain('no-store');
    });
  });
}

function around(text: string, secret: string): string {
  const at = text.indexOf(secret);
  return text.slice(Math.max(0, at - 120), at);
}
