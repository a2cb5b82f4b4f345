import { describe, expect, it } from 'vitest';
import { commandLine } from '../../test/support/commandLine.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { systemClock } from '../config/clock.ts';
import { countConfirmed, countSent, pauseOf } from '../mfa/sends/conversion.ts';
import { runCommandLine } from './runCommandLine.ts';

const watch = { leastSends: 3, leastRatio: 0.5, windowSeconds: 3600, pauseSeconds: 1800 };

forEachDatabase((engine, open) => {
  const { run, json, failure, acts, withDatabase } = commandLine(runCommandLine, engine, open);

  describe('prefix', () => {
    it('S-96 list tells codes sent and confirmed, and which prefixes are paused until when', async () => {
      expect(await json('prefix', 'list')).toEqual([]);
      expect((await run(['prefix', 'list'])).stdout).toBe('No codes were sent to a watched prefix.');
      await withDatabase(async ({ db }) => {
        for (let i = 0; i < 2; i += 1) await countSent(db, systemClock, 'phone:verification:+4915112', watch);
        await countConfirmed(db, 'phone:verification:+4915112');
        for (const purpose of ['enrolment', 'verification'])
          for (let i = 0; i < 4; i += 1) await countSent(db, systemClock, `phone:${purpose}:+88213`, watch);
      });
      const prefixes = await json('prefix', 'list');
      expect(prefixes).toMatchObject([
        { prefix: '+88213', factor: 'phone', purpose: 'enrolment', since: null },
        { prefix: '+88213', purpose: 'verification' },
        { prefix: '+4915112', sent: 2, confirmed: 1, paused_until: null },
      ]);
      expect(Date.parse(prefixes[0].paused_until)).toBeGreaterThan(Date.now());
    });

    it('S-96 S-108 resume lifts every pause of a prefix and no other, and logs each', async () => {
      expect(await failure('prefix', 'resume', '+8821')).toMatchObject({ error: 'not_found' });
      expect(await json('prefix', 'resume', '+88213')).toEqual([
        { prefix: '+88213', factor: 'phone', purpose: 'enrolment' },
        { prefix: '+88213', factor: 'phone', purpose: 'verification' },
      ]);
      await withDatabase(async ({ db }) => {
        expect(await pauseOf(db, 'phone:enrolment:+88213')).toBe(0);
      });
      expect(await failure('prefix', 'resume', '+88213')).toMatchObject({ error: 'not_found' });
      expect((await acts()).slice(0, 2)).toMatchObject([
        { description: 'Resume sending to a prefix', details: { purpose: 'verification' } },
        { description: 'Resume sending to a prefix', details: { purpose: 'enrolment' } },
      ]);
    });
  });
});
