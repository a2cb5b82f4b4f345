import { beforeEach, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import {
  beginToken,
  context,
  createTestEngine,
  enrolOtp,
  login,
  redeem,
  type TestEngine,
} from '../../../test/support/engine.ts';

const ann = 'auth0|ann';
const on = { enabled: true };

forEachDatabase((_engine, open) => {
  let house: TestEngine;
  let code: string;

  const set = (factors: Record<string, { enabled: boolean }>) =>
    house.setTenant({ policy: 'always', factors });

  beforeEach(async () => {
    house = await createTestEngine(await open());
    await set({ otp: on, 'recovery-code': on });
    await house.addUser(ann);
    ({ recoveryCode: code = '' } = await enrolOtp(house, ann));
  });

  const decision = () => house.engine.decide(login(ann, house.clock, { purpose: 'login' }));

  it('S-39 who has nothing but what is off is kept out, whatever else could be set up', async () => {
    await set({ 'webauthn-roaming': on });
    expect(await decision()).toMatchObject({
      requirement: { kind: 'blocked' },
      reasons: [{ code: 'tenant_policy' }, { code: 'methods_switched_off' }],
    });
  });

  it('a recovery code is the way in, and the reason is told', async () => {
    await set({ 'webauthn-roaming': on, 'recovery-code': on });
    expect(await decision()).toMatchObject({
      requirement: { kind: 'challenge', factors: ['recovery-code'] },
      reasons: [{ code: 'tenant_policy' }, { code: 'methods_switched_off' }],
    });
    const { mfaToken } = await beginToken(house, ann);
    const used = await redeem(house, mfaToken, code, 'recovery-code');
    expect(used).toMatchObject({ outcome: 'completed', reveal: { recoveryCode: expect.any(String) } });
  });

  it('S-32 the mailbox isn’t: it can’t stand alone', async () => {
    await set({ 'webauthn-roaming': on, email: on });
    expect((await decision()).requirement).toEqual({ kind: 'blocked' });
    await set({ 'webauthn-roaming': on, email: on, 'recovery-code': on });
    expect((await decision()).requirement).toMatchObject({ factors: ['recovery-code'] });
  });

  it('is logged with its reasons, at the pages too', async () => {
    await set({ 'webauthn-roaming': on });
    const asked = login(ann, house.clock, { purpose: 'login' });
    await house.engine.begin(asked, { interactionId: 'one' }, context);
    const rows = await house.database.db.selectFrom('logs').selectAll().where('type', '=', 'mfar').execute();
    expect(JSON.parse(rows.at(-1)?.details ?? '{}')).toMatchObject({
      requirement: 'blocked',
      reasons: [{ code: 'tenant_policy' }, { code: 'methods_switched_off' }],
    });
  });

  it('what is off is told by name, of this person alone', async () => {
    await set({ 'webauthn-roaming': on });
    const asked = login(ann, house.clock, { purpose: 'login' });
    const begun = await house.engine.begin(asked, { interactionId: 'one' }, context);
    const id = begun.outcome === 'begun' ? begun.transaction.id : '';
    expect(await house.engine.choices.switchedOff(id)).toEqual(['otp', 'recovery-code']);
    expect(await house.engine.choices.switchedOff('mtx_none')).toEqual([]);
  });
});
