import { describe, expect, it } from 'vitest';
import { commandLine } from '../../test/support/commandLine.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { runCommandLine } from './runCommandLine.ts';

forEachDatabase((engine, open) => {
  const { json, failure, acts } = commandLine(runCommandLine, engine, open);
  const ann = 'ann@example.com';
  const invite = (...flags: string[]) => ['user', 'invite-mfa', ann, ...flags];

  describe('user invite-mfa', () => {
    it('S-108 prints the link, and logs who made it without it', async () => {
      const { user_id: userId } = await json('user', 'create', '--email', ann);
      const invited = await json(...invite('--public-url', 'https://login.example.com', '--beside'));
      expect(invited).toEqual({
        user_id: userId,
        ticket_url: expect.stringMatching(
          /^https:\/\/login\.example\.com\/guardian\/enroll\?ticket=[\w-]{43}$/,
        ),
        expires_at: expect.stringMatching(/Z$/),
      });
      const [act] = await acts();
      expect(act).toMatchObject({
        description: 'Invite a user to set up a second factor',
        details: { invitation: { allowsAnother: true } },
      });
      expect(JSON.stringify(act)).not.toContain(invited.ticket_url.split('=')[1]);
    });

    it('sends it where it is told to', async () => {
      await json(...invite('--mail'));
      await json(...invite('--mail-to', 'desk@example.com', '--language', 'de', '--factor', 'otp'));
      const [latest, first] = await acts();
      expect(first?.details.invitation).toEqual({ allowsAnother: false, channel: 'email' });
      expect(latest?.details.invitation).toEqual({ factor: 'otp', allowsAnother: false, channel: 'email' });
    });

    it('says what is wrong', async () => {
      expect(await failure(...invite('--factor', 'email'))).toMatchObject({ error: 'invalid_input' });
      expect(await failure(...invite('--factor', 'duo'))).toMatchObject({ error: 'invalid_input' });
      expect(await failure(...invite('--factor', 'phone'))).toMatchObject({ error: 'factor_disabled' });
      expect(await failure(...invite('--mail-to', 'nowhere'))).toMatchObject({ error: 'invalid_input' });
      await json('user', 'block', ann);
      expect(await failure(...invite())).toMatchObject({ error: 'blocked' });
      expect(await failure('user', 'invite-mfa', 'auth0|nobody')).toMatchObject({ error: 'not_found' });
    });
  });
});
