import { beforeEach, describe, expect, it } from 'vitest';
import { forEachDatabase } from '../../test/support/databases.ts';
import { createDeliveryHouse, type DeliveryHouse, playProvider } from '../../test/support/delivery.ts';
import { enqueueEmail } from './messages.ts';
import { readOutbox } from './readOutbox.ts';
import { outboxRoute } from './route.ts';
import { createEmailRenderer } from './templates/renderEmail.ts';
import { createPushWording } from './templates/wordPush.ts';

const publicUrl = 'https://login.example.com/';
const render = createEmailRenderer({ publicUrl, sender: async () => ({ friendlyName: 'Acme' }) });
const wordCode = () => Promise.reject(new Error('no codes here'));
const wordPush = createPushWording({ publicUrl, sender: async () => ({ friendlyName: 'Acme' }) });

forEachDatabase((_engine, open) => {
  describe('the outbox', () => {
    let house: DeliveryHouse;
    const queue = (to: string) =>
      house.database.transaction((trx) =>
        enqueueEmail(trx, house.vault, () => house.clock.now, {
          to,
          template: 'reset_email',
          variables: { path: '/u/reset?ticket=canary', lifetimeSeconds: 3600 },
        }),
      );
    const reader = () => ({ db: house.database.db, vault: house.vault, render, wordCode, wordPush });

    beforeEach(async () => {
      house = await createDeliveryHouse(await open());
    });

    it('shows messages, newest first, with their links', async () => {
      await queue('ann@example.com');
      house.clock.now += 1000;
      await queue('bob@example.com');
      await house.start([outboxRoute('email')]).drain();
      const messages = await readOutbox(reader());
      expect(messages.map(({ to }) => to)).toEqual(['bob@example.com', 'ann@example.com']);
      expect(messages[0]).toMatchObject({
        channel: 'email',
        subject: 'Choose a new password for Acme',
        links: [`${publicUrl}u/reset?ticket=canary`],
        createdAt: house.clock.now,
      });
      expect(await readOutbox(reader(), { to: 'ann@example.com' })).toHaveLength(1);
      expect(await readOutbox(reader(), { id: messages[0]?.id ?? '' })).toHaveLength(1);
    });

    it('shows nothing of what left by a provider', async () => {
      await queue('ann@example.com');
      await house.start([playProvider('email', 'mail').route]).drain();
      expect(await readOutbox(reader())).toEqual([]);
    });
  });
});
