import { type Static, Type } from 'typebox';
import { commonWebauthnSettings } from '../webauthn/settings.ts';

/** What is asked of people's devices. They always verify their user. */
export const platformSettings = Type.Object({
  onePerDeviceType: Type.Boolean({
    default: true,
    description:
      'Whether a person who has set up a phone, a tablet or a computer is offered no other of that type.',
  }),
  ...commonWebauthnSettings,
});

export type PlatformSettings = Static<typeof platformSettings>;
