import { type Static, Type } from 'typebox';
import { commonWebauthnSettings } from '../webauthn/settings.ts';

/** What is asked of security keys. */
export const roamingSettings = Type.Object({
  userVerification: Type.Union(
    [Type.Literal('discouraged'), Type.Literal('preferred'), Type.Literal('required')],
    {
      default: 'discouraged',
      description:
        'Whether a key has to verify its owner by PIN or fingerprint: never, where it can, or always. With ' +
        'required, keys that can’t are refused, and a key counts as two factors by itself.',
    },
  ),
  ...commonWebauthnSettings,
});

export type RoamingSettings = Static<typeof roamingSettings>;
