import { beforeAll, describe, expect, it } from 'vitest';
import { grantTypes } from '../../src/applications/client.ts';
import type { Answer, Call } from './httpClient.ts';
import {
  brokenBodies,
  brokenFields,
  brokenQueries,
  type Malformed,
  pageFault,
  refusalFault,
} from './malformed.ts';
import { classOf } from './routes.ts';
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
  afterLogout,
  authorizationRequest,
  callback,
  connection,
  password,
  type Target,
  targetStarter,
} from './target.ts';
import type { WebBrowser } from './webBrowser.ts';

/** Written by refusals too, and meant to. */
const counted = ['logs', 'throttles', 'second_factor_locks'];

type Fields = Record<string, string>;

for (const engine of ['sqlite', 'postgres'] as const) {
  describe(engine, () => {
    const start = targetStarter(engine);
    let target: Target;
    let application: Application;
    let bearer: string;
    let mfaToken: string;

    beforeAll(async () => {
      target = await start();
      application = await target.application({ mfaPolicy: 'always' });
      await target.api();
      const person = await target.enrolledPerson(application);
      mfaToken = await target.mfaToken(application, person);
      bearer = await target.mfaToken(application, person);
    });

    /** Sends every malformed request and gives those that were not refused as they should, and what changed. */
    async function attack(
      calls: (Malformed & { path: string })[],
      faultOf: (answer: Answer, sent: Malformed) => string | undefined,
    ): Promise<void> {
      const before = await settledDump();
      const faults: string[] = [];
      for (const sent of calls) {
        const fault = faultOf(await target.send(sent.path, sent.call), sent);
        if (fault) faults.push(`${sent.what} → ${fault}`);
      }
      expect(faults).toEqual([]);
      expect(await settledDump()).toEqual(before);
    }

    /** Everything stored, once no message waits any more; reading the outbox works the queue off. */
    async function settledDump(): Promise<Record<string, unknown[]>> {
      await target.send('/dev/outbox.json');
      return target.dump(counted);
    }

    describe('S-13 S-89 S-91 malformed requests change nothing and are refused by', () => {
      const tokenRequests: Record<string, () => Fields> = {
        [grantTypes.password]: () => ({
          username: 'nobody@example.com',
          password: 'wrong',
          scope: 'openid',
          audience: 'https://nowhere.example.com/',
          realm: connection,
        }),
        [grantTypes.passwordRealm]: () => ({
          username: 'nobody@example.com',
          password: 'wrong',
          realm: connection,
        }),
        [grantTypes.mfaOtp]: () => ({ mfa_token: mfaToken, otp: 'no code', scope: 'openid' }),
        [grantTypes.mfaOob]: () => ({ mfa_token: mfaToken, oob_code: 'none', binding_code: '1234' }),
        [grantTypes.mfaRecoveryCode]: () => ({ mfa_token: mfaToken, recovery_code: 'none' }),
        [grantTypes.authorizationCode]: () => ({
          code: 'none',
          redirect_uri: callback,
          code_verifier: 'v'.repeat(43),
        }),
        [grantTypes.refreshToken]: () => ({
          refresh_token: 'none',
          scope: 'openid',
          audience: 'https://api.example.com/',
        }),
        [grantTypes.clientCredentials]: () => ({
          audience: 'https://nowhere.example.com/',
          scope: 'read:account',
        }),
      };

      it.each(Object.keys(tokenRequests))('/oauth/token with grant type %s', async (grantType) => {
        const fields = { ...application.credentials, grant_type: grantType, ...tokenRequests[grantType]?.() };
        const malformed = [...brokenBodies(fields), ...brokenFields(fields)];
        await attack(
          malformed.map((one) => ({ ...one, path: '/oauth/token' })),
          refusalFault,
        );
      });

      it('/oauth/par and /oauth/revoke', async () => {
        const request = {
          ...application.credentials,
          response_type: 'code',
          redirect_uri: 'https://nowhere.example.com/',
          scope: 'openid',
          code_challenge: 'x'.repeat(43),
          code_challenge_method: 'S256',
          max_age: '1',
          prompt: 'login',
          acr_values: 'x',
          audience: 'x',
        };
        const toPar = [...brokenBodies(request), ...brokenFields(request)].map((one) => ({
          ...one,
          path: '/oauth/par',
        }));
        await attack(toPar, refusalFault);
        const token = { ...application.credentials, token: 'none', token_type_hint: 'refresh_token' };
        const toRevoke = [...brokenBodies(token), ...brokenFields(token)].map((one) => ({
          ...one,
          path: '/oauth/revoke',
        }));
        // Revoking what doesn't exist succeeds (RFC 7009 section 2.2).
        await attack(toRevoke, (answer, sent) =>
          answer.status === 200 && answer.text === '' && !sent.because
            ? undefined
            : refusalFault(answer, sent),
        );
      });

      it('/mfa/associate and /mfa/challenge', async () => {
        const withBearer = (call: Call): Call => ({
          ...call,
          headers: { ...call.headers, authorization: `Bearer ${bearer}` },
        });
        const association = {
          authenticator_types: 'otp',
          oob_channels: 'sms',
          client_id: 'x',
          client_secret: 'x',
        };
        const toAssociate = [...brokenBodies(association), ...brokenFields(association)];
        await attack(
          toAssociate.map((one) => ({ ...one, call: withBearer(one.call), path: '/mfa/associate' })),
          refusalFault,
        );
        const challenge = {
          mfa_token: mfaToken,
          ...application.credentials,
          challenge_type: 'otp oob',
          authenticator_id: 'totp|dev_0000000000000000',
          oob_channel: 'sms',
        };
        const toChallenge = [...brokenBodies(challenge), ...brokenFields(challenge)]
          // Without these it would be a good one.
          .filter(({ what }) => !/(?:without|is null).*authenticator_id|authenticator_id is null/.test(what));
        await attack(
          toChallenge.map((one) => ({ ...one, path: '/mfa/challenge' })),
          refusalFault,
        );
      });

      it('/mfa/associate for numbers and addresses, and /oauth/token for what was sent', async () => {
        const { db } = target.house.database;
        await db.deleteFrom('throttles').execute();
        await switchOnSentCodes(target);
        const owner = await phoneOwner(target, application, numberOf(1));
        const mfaToken = await target.mfaToken(application, owner);
        const { body } = await challengeSent(target, application, mfaToken);
        await db.deleteFrom('throttles').execute();
        const fresh = await target.mfaToken(application, await target.person());
        // Neither is one: whatever else is wrong, nothing is sent.
        const where = { phone_number: '0000', email: 'no address' };
        const associations = brokenFields(where).flatMap(({ what, call }) =>
          ['sms', 'voice'].map((channel) => ({
            what: `${what} by ${channel}`,
            path: '/mfa/associate',
            call: {
              json: {
                authenticator_types: ['oob'],
                oob_channels: [channel],
                ...(call.json ?? call.form ?? {}),
              },
              headers: { authorization: `Bearer ${fresh}` },
            },
          })),
        );
        await attack(associations, refusalFault);
        const answer = {
          ...application.credentials,
          grant_type: grantTypes.mfaOob,
          mfa_token: mfaToken,
          oob_code: body.oob_code,
        };
        // Nothing that isn't six digits is judged, so no try is spent and nobody gets locked.
        const answers = brokenFields({ binding_code: 'no code' }).map(({ what, call }) => ({
          what,
          path: '/oauth/token',
          call: call.form
            ? { form: { ...answer, ...call.form } }
            : { json: { ...answer, ...(call.json ?? {}) } },
        }));
        await attack(answers, refusalFault);
        const latest = db.selectFrom('challenges').select('attempts').orderBy('id', 'desc').limit(1);
        expect(await latest.execute()).toEqual([{ attempts: 0 }]);
        const right = await codeSentTo(target, owner.number);
        const redeemed = await redeemSent(target, application, mfaToken, body.oob_code, right);
        expect(redeemed.status).toBe(200);

        const asked = { audience: `${target.issuer}mfa/`, scope: 'enroll' };
        const toManage = await target.mfaToken(application, owner, asked);
        const sent = await challengeSent(target, application, toManage);
        const code = await codeSentTo(target, owner.number);
        const managing = await redeemSent(target, application, toManage, sent.body.oob_code, code);
        const messages = async () => (await target.send('/dev/outbox.json')).body.length;
        const before = await messages();
        // Without one it is the account’s own.
        for (const { what, call } of brokenFields({ email: 'no address' })) {
          if (what.startsWith('without')) continue;
          const { status, text } = await associateSent(target, managing.body.access_token, 'email', {
            ...(call.json ?? call.form ?? {}),
          });
          expect(status, `${what} → ${text}`).toBe(400);
        }
        expect(await messages()).toBe(before);
      });

      it('/dbconnections/*', async () => {
        const signUp = {
          client_id: application.client.clientId,
          connection,
          email: 'new@example.com',
          password: 'short',
          given_name: 'a',
          picture: 'https://a.example.com/',
          user_metadata: 'x',
        };
        const toSignUp = [...brokenBodies(signUp), ...brokenFields(signUp)].map((one) => ({
          ...one,
          path: '/dbconnections/signup',
        }));
        await attack(toSignUp, refusalFault);
        const reset = {
          client_id: application.client.clientId,
          connection: 'elsewhere',
          email: 'new@example.com',
        };
        const toReset = [...brokenBodies(reset), ...brokenFields(reset)].map((one) => ({
          ...one,
          path: '/dbconnections/change_password',
        }));
        await attack(toReset, refusalFault);
      });
    });

    describe('S-13 S-89 tokens with anything in their claims are refused', () => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const odd: readonly unknown[] = [
        'a\0b',
        '\ud800',
        5,
        null,
        true,
        [],
        ['x'],
        { a: 1 },
        'x'.repeat(3_000),
        '__proto__',
      ];
      const forged = odd.flatMap((value) => [
        `${part({ alg: 'RS256', typ: 'at+jwt', kid: value })}.${part({ sub: value, iss: value, aud: value, jti: value, exp: value })}.x`,
        `${part({ alg: value })}.${part({ sub: value, aud: value, exp: 9_999_999_999 })}.`,
      ]);
      const broken = [
        '....',
        'a..b',
        'a.b',
        '.',
        'bnVsbA.bnVsbA.bnVsbA',
        `${part({ alg: 'RS256', crit: ['x'] })}.${part({})}.x`,
      ];
      const tokens = [...forged, ...broken];

      it('as client assertion, with every grant', async () => {
        const calls = Object.values(grantTypes).flatMap((grant_type) =>
          tokens.map((client_assertion) => ({
            what: `${grant_type} ${client_assertion}`,
            path: '/oauth/token',
            call: {
              form: {
                grant_type,
                client_assertion,
                client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
                ...{ code: 'x', redirect_uri: 'x', refresh_token: 'x', username: 'x', password: 'x' },
              },
            },
          })),
        );
        await attack(calls, refusalFault);
      });

      it('as bearer token', async () => {
        const guarded = target.routes.filter(
          (route) => /^(?:bearer|management)$/.test(classOf(route) ?? '') && route.method !== 'HEAD',
        );
        const calls = guarded.flatMap(({ method, url }) =>
          tokens.map((token) => ({
            what: `${method} ${url} ${token}`,
            path: url.replace(':id', 'x'),
            call: {
              method,
              headers: { authorization: `Bearer ${token}` },
              ...(url === '/mfa/associate' ? { json: { authenticator_types: ['otp'] } } : {}),
            },
          })),
        );
        await attack(calls, refusalFault);
      });

      it('as hint', async () => {
        const calls = tokens.flatMap((token) => [
          { what: `logout ${token}`, path: `/oidc/logout?id_token_hint=${token}`, call: {} },
          {
            what: `authorize ${token}`,
            path: authorizationRequest(application, { id_token_hint: token, redirect_uri: 'x' }).path,
            call: {},
          },
        ]);
        await attack(calls, pageFault);
      });

      it('in Basic credentials', async () => {
        const pairs = ['a%00b:c', 'a\0b:c', 'a%zz:c', ':', 'a', 'é:c', `${'x'.repeat(5_000)}:c`];
        const headers = [
          ...pairs.map((pair) => `Basic ${Buffer.from(pair, 'latin1').toString('base64')}`),
          ...['Basic', 'Basic !!!', 'Basic ====', 'Basic a b', 'Digest a', 'basic'],
        ];
        const calls = Object.values(grantTypes).flatMap((grant_type) =>
          headers.map((authorization) => ({
            what: `${grant_type} ${authorization.slice(0, 40)}`,
            path: '/oauth/token',
            call: { form: { grant_type, refresh_token: 'x', code: 'x' }, headers: { authorization } },
          })),
        );
        await attack(calls, refusalFault);
      });
    });

    // What follows is refused before any storage is asked, or asks the same of both.
    if (engine === 'postgres') return;

    describe('S-81 S-89 malformed queries change nothing at', () => {
      const authorization = () => ({
        client_id: application.client.clientId,
        response_type: 'code',
        scope: 'openid',
        redirect_uri: 'https://nowhere.example.com/',
        state: 'x',
        nonce: 'x',
        code_challenge: 'x'.repeat(43),
        code_challenge_method: 'S256',
        response_mode: 'query',
        prompt: 'login',
        max_age: '1',
        acr_values: 'x',
        audience: 'x',
        resource: 'https://nowhere.example.com/',
        login_hint: 'x',
        id_token_hint: 'x',
        ui_locales: 'x',
        screen_hint: 'signup',
        connection: 'x',
        organization: 'x',
        request: 'x',
        request_uri: 'x',
        claims: '{}',
        registration: '{}',
      });

      it('/authorize, by GET and by POST', async () => {
        const queries = brokenQueries(authorization());
        const byGet = queries.map(({ what, query }) => ({ what, path: `/authorize?${query}`, call: {} }));
        await attack(byGet, pageFault);
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        const byPost = queries.map(({ what, query }) => ({
          what: `${what} by POST`,
          path: '/authorize',
          call: { body: query, headers },
        }));
        await attack(byPost, pageFault);
      });

      it('/authorize, where the answer goes to the application', async () => {
        const { request: _, request_uri: _uri, ...rest } = authorization();
        const queries = brokenQueries({
          ...rest,
          redirect_uri: callback,
          audience: 'https://api.example.com/',
        });
        for (const { what, query } of queries) {
          const answer = await target.send(`/authorize?${query}`);
          const { status, headers } = answer;
          const isAnswer = status === 303 && headers.location?.startsWith(`${callback}?error=`);
          expect(isAnswer || pageFault(answer) === undefined, `${what} → ${status} ${answer.text}`).toBe(
            true,
          );
        }
      });

      it('/v2/logout and /oidc/logout', async () => {
        const fields = {
          client_id: application.client.clientId,
          returnTo: `${afterLogout}/elsewhere`,
          post_logout_redirect_uri: `${afterLogout}/elsewhere`,
          id_token_hint: 'a.b.c',
          logout_hint: 'x',
          state: 'x',
          ui_locales: 'x',
        };
        const calls = brokenQueries(fields).flatMap(({ what, query }) => [
          { what: `${what} at /v2`, path: `/v2/logout?${query}`, call: {} },
          { what, path: `/oidc/logout?${query}`, call: {} },
        ]);
        // Where no place is named, Auth0's logout leads to the application's first.
        const isDefault = (answer: Answer) =>
          answer.status === 302 && answer.headers.location === afterLogout;
        await attack(calls, (answer, { what }) =>
          what.endsWith('/v2') && isDefault(answer) ? undefined : pageFault(answer),
        );
        const posts = [...brokenBodies(fields), ...brokenFields(fields)].flatMap(({ what, call }) =>
          ['/oidc/logout', '/oidc/logout/confirm'].map((path) => ({
            what: `${what} at ${path}`,
            path,
            call,
          })),
        );
        await attack(posts, pageFault);
      });

      it('every address with something unexpected in its place', async () => {
        const parts = [
          '%00',
          '%2e%2e%2f',
          '%FF',
          '%',
          '%0d%0aX:y',
          ';',
          'a=b',
          '%F0%9F%98%80',
          '"><script>',
          'x'.repeat(5_000),
          '__proto__',
          'constructor',
        ];
        const calls = target.routes
          .filter(({ method, url }) => method !== 'HEAD' && !url.includes('assets'))
          .flatMap(({ method, url }) =>
            parts.map((part) => {
              const path = /[:*]/.test(url) ? url.replace(/:\w+|\*$/, part) : `${url}/${part}`;
              return {
                what: `${method} ${path.slice(0, 60)}`,
                path: path.replace(/["<>]/g, encodeURIComponent),
                call: { method },
              };
            }),
          );
        await attack(calls, (answer) => {
          // A receipt that nobody signed is refused without a word.
          const isSilent = answer.status === 403 && answer.text === '';
          return answer.status < 400 || isSilent ? undefined : pageFault(answer);
        });
      });
    });

    describe('S-13 S-14 malformed posts advance no step of the pages', () => {
      const own: Record<string, Fields> = {
        '/u/login': { username: 'nobody@example.com', password: 'short' },
        '/u/signup': { email: 'no address', password: 'short' },
        '/u/reset-password/request': { email: 'no address' },
        '/u/reset-password/change': { ticket: 'none', password: 'short', 're-password': 'short' },
        '/u/email-verification': { ticket: 'none' },
        '/u/undo-change': { ticket: 'none' },
        '/guardian/enroll': { ticket: 'none' },
        '/u/reset-password/new': { password: 'short', 're-password': 'short' },
      };
      const ofOthers: Fields = { code: '12345', saved: '', rememberBrowser: 'true' };

      it('before the password', async () => {
        const browser = target.browser();
        await browser.open(authorizationRequest(application).path);
        await attack(postsOf(browser), pageFault);
      });

      it('after the password', async () => {
        await target.house.database.db.deleteFrom('throttles').execute();
        const person = await target.enrolledPerson(application);
        const browser = target.browser();
        await browser.open(authorizationRequest(application).path);
        await browser.submit({ username: person.email, password });
        expect(browser.heading).toBe('Confirm it’s you');
        const faults: string[] = [];
        for (const { what, path, call } of postsOf(browser)) {
          const fault = pageFault(await target.send(path, call));
          if (fault) faults.push(`${what} → ${fault}`);
        }
        expect(faults).toEqual([]);
        const silent = await browser.request(authorizationRequest(application, { prompt: 'none' }).path);
        expect(silent.headers.location).toContain('error=login_required');
      });

      function postsOf(browser: WebBrowser) {
        const { state = '', csrf = '' } = browser.hidden();
        const cookie = browser.cookieHeader();
        const pages = target.routes.filter(
          (route) => route.method === 'POST' && classOf(route)?.endsWith('page'),
        );
        return pages.flatMap(({ url }) => {
          const fields = { state, csrf, action: 'default', ...(own[url] ?? ofOthers) };
          // The screens of factors share one handler, so one of them stands for the others' fields.
          const isShared = own[url] === undefined && url !== '/u/mfa-otp-challenge';
          const malformed = [...brokenBodies(fields), ...(isShared ? [] : brokenFields(fields))];
          return malformed.map(({ what, call }) => ({
            what: `${what} at ${url}`,
            path: url,
            call: { ...call, headers: { ...call.headers, cookie } },
          }));
        });
      }
    });
  });
}
