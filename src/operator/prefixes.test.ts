import { beforeAll, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import type { FormBrowser } from '../../test/support/formBrowser.ts';
import { consoleStarter, type TestConsole } from '../../test/support/operatorConsole.ts';
import { countConfirmed, countSent, pauseOf } from '../mfa/sends/conversion.ts';

const watch = { leastSends: 3, leastRatio: 0.5, windowSeconds: 3600, pauseSeconds: 1800 };

forEachDatabase((_engine, open) => {
  describe('prefixes in the console', () => {
    const start = consoleStarter(open);
    let house: TestConsole;
    let browser: FormBrowser;

    beforeAll(async () => {
      house = await start();
      await house.addOperator();
      ({ browser } = await house.signIn());
    });

    const count = async (key: string, sends: number, confirmed = 0) => {
      const { database, clock } = house.house;
      for (let i = 0; i < sends; i += 1) await countSent(database.db, clock, key, watch);
      for (let i = 0; i < confirmed; i += 1) await countConfirmed(database.db, key);
    };
    const pauseLeft = async (key: string) =>
      (await pauseOf(house.house.database.db, key)) - house.house.clock();

    it('says nothing of prefixes while none is watched', async () => {
      expect((await browser.get('/operator/delivery')).body).not.toContain('by prefix');
    });

    it('S-96 shows the paused ones first, until when, and how many codes of the others came back', async () => {
      await count('phone:verification:+4915112', 2, 1);
      await count('phone:enrolment:+88213', 4);
      const { body } = await browser.get('/operator/delivery');
      expect(body).toContain('Codes sent and confirmed, by prefix');
      expect(body.indexOf('+88213')).toBeLessThan(body.indexOf('+4915112'));
      expect(body).toMatch(/\+4915112.*?1 of 2 \(50 %\)/s);
      const until = new Date(house.house.clock() + 1_800_000).toISOString();
      expect(body).toMatch(new RegExp(`paused</span> until <time datetime="${until}"`));
    });

    it('S-96 S-108 lifts a pause by a button, once, and logs who did', async () => {
      await browser.get('/operator/delivery');
      expect(await pauseLeft('phone:enrolment:+88213')).toBeGreaterThan(0);
      const answer = await browser.submit({}, 'resume-phone-enrolment-88213');
      expect(answer.headers.location).toBe('/operator/delivery?done=resumed');
      expect(await pauseLeft('phone:enrolment:+88213')).toBeLessThanOrEqual(0);
      const again = await browser.submit({}, 'resume-phone-enrolment-88213');
      expect(again.headers.location).toBe('/operator/delivery');
      const acts = (await house.events()).filter(
        ({ description }) => description === 'Resume sending to a prefix',
      );
      expect(acts).toHaveLength(1);
      expect(acts[0]).toMatchObject({
        type: 'sapi',
        details: { prefix: '+88213', purpose: 'enrolment', actor: expect.stringContaining('olga') },
      });
      await browser.follow(answer);
      expect(browser.page?.body).toContain('The pause was lifted');
      expect(browser.page?.body).not.toContain('Lift the pause');
    });
  });
});
