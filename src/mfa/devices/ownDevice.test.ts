import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../../test/support/databases.ts';
import {
  bearerAudience,
  type DeviceScene,
  deviceScene,
  type EnrolledDevice,
} from '../../../test/support/deviceScene.ts';
import {
  beginSelfService,
  beginToken,
  context,
  createTestEngine,
  type TestEngine,
} from '../../../test/support/engine.ts';
import { findVoidCodes } from '../sends/findVoidCodes.ts';

const ann = 'auth0|ann';
const bob = 'auth0|bob';
const push = (letter: string) => ({ service: 'APNS', token: `${letter}b01`.repeat(16) });
const consentUrl = (id: string) => `https://login.example.com/rich-consents/${id}`;

forEachDatabase((_engine, open) => {
  let house: TestEngine;
  let scene: DeviceScene;
  let device: EnrolledDevice;

  beforeEach(async () => {
    house = await createTestEngine(await open());
    scene = deviceScene(house);
    await scene.allow();
    await house.addUser(ann);
    await house.addUser(bob);
    device = await scene.enrolDevice(ann);
  });

  const devices = () => house.engine.devices;
  const signedBearer = (of: EnrolledDevice, claims: Record<string, unknown> = {}) => {
    const { deviceId, userId } = of;
    const jws = of.device.bearer({ deviceId, userId, audience: bearerAudience, claims });
    return { deviceId, bearer: { jws, audiences: [bearerAudience] } };
  };
  const ids = async (user = ann) => (await house.engine.methods(user)).map(({ id }) => id);

  describe('a device', () => {
    it('is told what it is, by its opaque bearer and by one that its key signed', async () => {
      for (const bearer of [scene.bearerOf(device), signedBearer(device)]) {
        expect(await devices().find(bearer, context)).toMatchObject({
          outcome: 'found',
          ...{ deviceId: device.deviceId, userId: ann, isConfirmed: true, name: 'Ann’s phone' },
          identifier: device.device.identifier,
          accountName: 'auth0.ann@example.com',
        });
      }
    });

    it('S-11 S-97 is nobody’s who is not it', async () => {
      const bobs = await scene.enrolDevice(bob);
      const { deviceId } = device;
      const { bearer: bobsBearer } = signedBearer(bobs);
      const forged = bobs.device.bearer({ deviceId, userId: ann, audience: bearerAudience });
      const wrong = [
        { deviceId, bearer: scene.bearerOf(bobs).bearer },
        { deviceId, bearer: bobsBearer },
        { deviceId, bearer: { jws: forged, audiences: [bearerAudience] } },
        { deviceId: bobs.deviceId, bearer: signedBearer(device).bearer },
        { deviceId: 'dev_nobody', bearer: scene.bearerOf(device).bearer },
        signedBearer(device, { sub: bob }),
      ];
      for (const one of wrong) {
        const refusal = { outcome: 'refused', code: 'unknown_device' };
        expect(await devices().find(one, context)).toEqual(refusal);
        expect(await devices().waitingRequest(one, context)).toEqual(refusal);
        expect(await devices().update(one, { name: 'x' }, context)).toEqual(refusal);
        expect(await devices().remove(one, context)).toEqual(refusal);
      }
      expect((await ids()).length).toBe(3);
    });

    it('changes its name and its push service, which is told in the log', async () => {
      const bearer = scene.bearerOf(device);
      const change = { name: 'Another', push_credentials: push('a') };
      expect(await devices().update(bearer, change, context)).toMatchObject({
        ...{ outcome: 'found', name: 'Another', service: 'APNS' },
        identifier: device.device.identifier,
      });
      expect(await devices().find(bearer, context)).toMatchObject({ name: 'Another' });
      const changed = await house.database.db
        .selectFrom('logs')
        .select('description')
        .where('type', '=', 'gd_update_device_account')
        .execute();
      expect(changed).toEqual([{ description: 'The device changed what it told of itself' }]);
      const malformed = { push_credentials: { service: 'PIGEON', token: 'x' } };
      expect(await devices().update(bearer, malformed, context)).toMatchObject({
        code: 'malformed_device',
      });
    });

    it('S-23 changes itself so often and no more', async () => {
      const bearer = scene.bearerOf(device);
      const answers = [];
      for (let i = 0; i < 21; i += 1)
        answers.push(await devices().update(bearer, { name: `n${i}` }, context));
      expect(answers.filter(({ outcome }) => outcome === 'found')).toHaveLength(20);
      expect(answers.at(-1)).toMatchObject({ code: 'rate_limited' });
    });
  });

  describe('S-55 a device that leaves', () => {
    it('is dead at once with its codes, and its person hears of it', async () => {
      const { transactionId } = await scene.ask(ann);
      const { requestToken } = await scene.waiting(device);
      expect(await devices().remove(signedBearer(device), context)).toEqual({ outcome: 'removed' });
      expect(await ids()).toEqual([]);
      expect(await devices().find(scene.bearerOf(device), context)).toMatchObject({ code: 'unknown_device' });
      expect(await devices().answer(requestToken, { jws: 'x', audiences: [] }, context)).toMatchObject({
        code: 'request_over',
      });
      expect(await devices().standing(transactionId)).toMatchObject({ state: 'replaced' });
      // S-45 S-46
      expect(house.notices.at(-1)).toMatchObject({ template: 'mfa_removed' });
      expect((await house.eventTypes(ann)).filter((type) => type === 'gd_unenroll')).toHaveLength(3);
    });

    it('leaves the person’s other device alone', async () => {
      const other = await another();
      await devices().remove(scene.bearerOf(other), context);
      expect(await ids()).toEqual(
        expect.arrayContaining([`push|${device.deviceId}`, `totp|${device.deviceId}`]),
      );
      expect(await ids()).toHaveLength(3);
    });

    it('before it was confirmed ends nothing else', async () => {
      const { ticket, mfaToken, oobCode, transactionId } = await scene.beginDevice(bob);
      const enrolled = await scene.present(ticket, scene.newDevice());
      if (enrolled.outcome === 'refused') throw new Error(enrolled.code);
      await devices().remove(scene.bearerOf(enrolled), context);
      expect(await ids(bob)).toEqual([expect.stringMatching(/^recovery-code/)]);
      expect(await scene.collect(mfaToken, oobCode)).toMatchObject({ outcome: 'refused' });
      expect(house.notices.map(({ template }) => template)).not.toContain('mfa_removed');
      // The login goes on.
      const again = await scene.beginDevice(bob, transactionId);
      await scene.present(again.ticket, scene.newDevice());
      expect(await scene.collect(mfaToken, again.oobCode)).toMatchObject({ outcome: 'completed' });
    });
  });

  describe('removing one method of a device', () => {
    const proofsOf = ({ deviceId }: EnrolledDevice) => [
      { factor: 'password', at: house.clock.now },
      { factor: 'push-notification', methodId: `push|${deviceId}`, at: house.clock.now },
    ];

    it.each(['push', 'totp'])('takes both, by %s', async (prefix) => {
      const other = await another();
      const actor = { kind: 'person', id: 'app', proofs: proofsOf(device) } as const;
      const removed = await house.engine.removeMethod(ann, `${prefix}|${other.deviceId}`, actor, context);
      expect(removed).toMatchObject({ outcome: 'removed' });
      expect('methodIds' in removed && [...removed.methodIds].sort()).toEqual([
        `push|${other.deviceId}`,
        `totp|${other.deviceId}`,
      ]);
      expect(await devices().find(scene.bearerOf(other), context)).toMatchObject({ code: 'unknown_device' });
    });

    it('S-40 needs a second factor of the person’s', async () => {
      const proofs = [{ factor: 'password', at: house.clock.now }];
      const actor = { kind: 'person', id: 'app', proofs } as const;
      expect(await house.engine.removeMethod(ann, `totp|${device.deviceId}`, actor, context)).toMatchObject({
        code: 'weak_proof',
      });
    });

    it('takes what needs an independent one along with the last', async () => {
      const actor = { kind: 'operator', id: 'op' } as const;
      await house.engine.removeMethod(ann, `totp|${device.deviceId}`, actor, context);
      expect(await ids()).toEqual([]);
    });
  });

  describe('an address that is gone', () => {
    const gone = (target?: string) =>
      house.database.transaction((trx) =>
        devices().markUnreachable(trx, { userId: ann, deviceId: device.deviceId, target }, 'endpoint_gone'),
      );
    const find = () => devices().find(scene.bearerOf(device), context);

    it('S-55 is told, and nothing is sent there any more; the device may still ask', async () => {
      await devices().update(scene.bearerOf(device), { push_credentials: push('a') }, context);
      await gone(push('a').token);
      expect(await find()).toMatchObject({ unreachable: 'endpoint_gone' });
      await scene.ask(ann);
      expect(house.pushes).toEqual([]);
      expect(await scene.waiting(device)).toMatchObject({ application: 'Test application' });
      await devices().update(scene.bearerOf(device), { push_credentials: push('c') }, context);
      expect(await find()).not.toHaveProperty('unreachable');
    });

    it('is no news of a device that has another one, nor of none', async () => {
      await devices().update(scene.bearerOf(device), { push_credentials: push('c') }, context);
      await gone(push('a').token);
      expect(await find()).not.toHaveProperty('unreachable');
      await house.database.transaction((trx) =>
        devices().markUnreachable(trx, { userId: bob, deviceId: device.deviceId }, 'endpoint_gone'),
      );
      expect(await find()).not.toHaveProperty('unreachable');
    });
  });

  describe('what a request is for', () => {
    const read = async (
      id: string,
      requestToken: string,
      by: EnrolledDevice,
      claims: Record<string, unknown> = {},
    ) => {
      const url = consentUrl(id);
      const jws = by.device.possession({ requestToken, url, claims });
      return devices().consent(id, { jws, method: 'GET', urls: [url], requestToken }, context);
    };

    it('is shown to who holds its bearer and the device’s key, by each proof once', async () => {
      const begun = await beginToken(house, ann, { audience: 'https://api', scope: ['openid', 'read'] });
      await house.engine.beginChallenge(begun.transactionId, { factor: 'push-notification' }, context);
      const { requestToken, consentId, createdAt, expiresAt } = await scene.waiting(device);
      const found = { audience: 'https://api', scope: ['openid', 'read'], consentId, createdAt, expiresAt };
      const results = await Promise.all(
        [1, 2, 3].map(() => read(consentId, requestToken, device, { jti: 'same' })),
      );
      expect(results.filter(({ outcome }) => outcome === 'found')).toEqual([{ outcome: 'found', ...found }]);
      expect(results.filter(({ outcome }) => outcome === 'refused')).toEqual(
        Array(2).fill({ outcome: 'refused', code: 'invalid_possession' }),
      );
      house.clock.advance(100);
      expect(await read(consentId, requestToken, device, { jti: 'same' })).toMatchObject({
        code: 'invalid_possession',
      });
      expect(await read(consentId, requestToken, device)).toMatchObject({ outcome: 'found' });
    });

    it('S-11 to nobody else, and not once it is over', async () => {
      const bobs = await scene.enrolDevice(bob);
      await scene.ask(bob);
      const other = await scene.waiting(bobs);
      await scene.ask(ann);
      const { requestToken, consentId } = await scene.waiting(device);
      expect(await read(consentId, requestToken, bobs)).toMatchObject({ code: 'invalid_possession' });
      expect(await read(consentId, other.requestToken, bobs)).toMatchObject({ code: 'unknown_request' });
      expect(await read(consentId, 'nothing', device)).toMatchObject({ code: 'unknown_request' });
      expect(await read('cns_nothing', requestToken, device)).toMatchObject({ code: 'unknown_request' });
      await scene.answer(device, { isAccepted: false });
      expect(await read(consentId, requestToken, device)).toMatchObject({ code: 'request_over' });
    });
  });

  it('a message about a request that was answered or replaced is of no use', async () => {
    const { db } = house.database;
    await scene.ask(ann);
    const idOf = async () =>
      (
        await db
          .selectFrom('device_requests')
          .select('challenge_id')
          .orderBy('challenge_id', 'desc')
          .executeTakeFirstOrThrow()
      ).challenge_id;
    const first = await idOf();
    const isVoid = async (id: string) => (await findVoidCodes(db, () => house.clock.now, [id])).has(id);
    expect(await isVoid(first)).toBe(false);
    await scene.ask(ann);
    const second = await idOf();
    expect([await isVoid(first), await isVoid(second)]).toEqual([true, false]);
    await scene.answer(device, { isAccepted: false });
    expect(await isVoid(second)).toBe(true);
  });

  /** Ann’s second one, on the authority of the first. */
  async function another(): Promise<EnrolledDevice> {
    const begun = await beginSelfService(house, ann, {
      proofs: [
        { factor: 'password', at: house.clock.now },
        { factor: 'push-notification', methodId: `push|${device.deviceId}`, at: house.clock.now },
      ],
    });
    if (begun.outcome !== 'begun') throw new Error(begun.outcome);
    const { id } = begun.transaction;
    const { ticket } = await scene.beginDevice(ann, id);
    const own = scene.newDevice();
    const enrolled = await scene.present(ticket, own);
    if (enrolled.outcome === 'refused') throw new Error(enrolled.code);
    await house.engine.submit(id, { challenge: 'latest', proof: undefined }, context);
    return { device: own, userId: ann, deviceId: enrolled.deviceId, token: enrolled.token };
  }
});
