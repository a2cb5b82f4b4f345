import { expect, it } from 'vitest';
import { forEachServer } from '../../support/server.ts';
import { Deployment } from '../deployment.ts';
import { authClient, ownPagesGrants, passwordThenMfa } from './authJs.ts';

forEachServer((_engine, start) => {
  it('locks after ten wrong codes, tells for how long, and leaves others alone', async () => {
    const deployment = await Deployment.start(start);
    const client = authClient(
      deployment,
      await deployment.application('--grant-types', ownPagesGrants, '--mfa-policy', 'always'),
    );
    const [kim, lee] = [await deployment.enrolledPerson(), await deployment.enrolledPerson()];
    const attempt = async (otp: string) => {
      const { cause } = await passwordThenMfa(client, kim);
      return client.mfa.verify({ mfaToken: cause.mfa_token, factorType: 'otp', otp });
    };

    for (let failures = 1; failures < 10; failures += 1) {
      await expect(attempt(await kim.app.wrongCode())).rejects.toMatchObject({
        statusCode: 403,
        cause: { error: 'invalid_grant', error_description: 'Invalid otp_code.' },
      });
    }
    const locked = await attempt(await kim.app.wrongCode()).catch((reason: unknown) => reason);
    const tooMany = { statusCode: 429, cause: { error: 'too_many_attempts' } };
    expect(locked).toMatchObject(tooMany);
    const { headers } = locked as { headers: Headers };
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(14 * 60);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(15 * 60);
    expect(headers.get('x-ratelimit-limit')).toBe('10');
    expect(headers.get('x-ratelimit-remaining')).toBe('0');
    expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000 + 14 * 60);

    // While it lasts, a right code and a right recovery code tell nobody that they are right.
    await expect(attempt(await kim.app.nextCode())).rejects.toMatchObject(tooMany);
    const { cause } = await passwordThenMfa(client, kim);
    await expect(
      client.mfa.verify({
        mfaToken: cause.mfa_token,
        factorType: 'recovery-code',
        recoveryCode: kim.recoveryCode,
      }),
    ).rejects.toMatchObject(tooMany);
    await expect(
      client.mfa.challengeAuthenticator({ mfaToken: cause.mfa_token, challengeType: 'otp' }),
    ).rejects.toMatchObject(tooMany);
    expect(await deployment.eventsOf(kim)).toContain('gd_otp_rate_limit_exceed');

    const other = await passwordThenMfa(client, lee);
    const otp = await lee.app.nextCode();
    await client.mfa.verify({ mfaToken: other.cause.mfa_token, factorType: 'otp', otp });
  });
});
