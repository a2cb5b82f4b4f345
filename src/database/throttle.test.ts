import { describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { openDatabase } from './database.ts';
import { forgive, type Limit, peek, spend } from './throttle.ts';

const limit: Limit = { name: 'test', burst: 3, refillSeconds: 60 };

forEachDatabase((_engine, open) => {
  describe('a budget', () => {
    it('gives its burst at once, then one per interval, and tells when', async () => {
      const { db } = await open();
      let now = 1_000_000;
      const take = () => spend(db, () => now, limit, 'ann');
      expect([await take(), await take(), await take()].map((result) => result.remaining)).toEqual([2, 1, 0]);
      expect(await take()).toMatchObject({ allowed: false, retryAfterSeconds: 60, resetAt: now + 60_000 });
      now += 59_999;
      expect((await take()).allowed).toBe(false);
      now += 1;
      expect((await take()).allowed).toBe(true);
      expect((await take()).allowed).toBe(false);
    });

    it('is kept apart by key and by limit, and given back by forgiving', async () => {
      const { db } = await open();
      const clock = () => 1_000_000;
      for (let i = 0; i < 3; i += 1) await spend(db, clock, limit, 'ann');
      expect((await spend(db, clock, limit, 'bob')).allowed).toBe(true);
      expect((await spend(db, clock, { ...limit, name: 'other' }, 'ann')).allowed).toBe(true);
      expect((await peek(db, clock, limit, 'ann')).allowed).toBe(false);
      await forgive(db, limit, 'ann');
      expect(await peek(db, clock, limit, 'ann')).toMatchObject({ allowed: true, remaining: 3 });
    });

    it('S-23 is shared by nodes, also when they spend at the same time', async () => {
      const database = await open();
      const other = await openDatabase(database.target);
      const clock = () => 1_000_000;
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, i) => spend((i % 2 ? database : other).db, clock, limit, 'ann')),
      );
      expect(results.filter((result) => result.allowed)).toHaveLength(3);
      await other.close();
    });

    it('S-110 a clock that jumps back revives nothing', async () => {
      const { db } = await open();
      let now = 1_000_000_000;
      for (let i = 0; i < 3; i += 1) await spend(db, () => now, limit, 'ann');
      now -= 3_600_000;
      expect((await spend(db, () => now, limit, 'ann')).allowed).toBe(false);
    });
  });
});
