import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { createDeliveryHouse, type DeliveryHouse } from '../../test/support/delivery.ts';
import { claimDue, findDue, markHandOver, settle } from './queue.ts';

forEachDatabase((_engine, open) => {
  describe('a claim', () => {
    let house: DeliveryHouse;
    const clock = () => house.clock.now;
    const claim = async () => {
      const { db } = house.database;
      const [claimed] = await claimDue(db, clock, await findDue(db, clock, 'sms', 1));
      if (!claimed) throw new Error('Nothing was due.');
      return claimed;
    };
    const to = { providerId: 'prv_first', provider: 'first', handedOverAt: 1 };

    beforeEach(async () => {
      house = await createDeliveryHouse(await open());
      await house.queueCode();
    });

    it('ends with the next one, though that gave its try back', async () => {
      const { db } = house.database;
      const lost = await claim();
      house.clock.now += 60_000;
      const next = await claim();
      expect(await markHandOver(db, lost, to)).toBe(false);
      const { attempts } = next;
      const isBack = await settle(db, next, {
        status: 'queued',
        attempts: attempts - 1,
        next_attempt_at: clock(),
        isEmptied: false,
      });
      expect(isBack).toBe(true);
      expect(await house.rows()).toMatchObject([{ status: 'queued', attempts: lost.attempts }]);
      expect(await markHandOver(db, lost, to)).toBe(false);
      expect(await markHandOver(db, next, to)).toBe(false);
      expect(await markHandOver(db, await claim(), to)).toBe(true);
    });
  });
});
