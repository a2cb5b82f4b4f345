import type { Factor } from '../mfa/factor.ts';
import { duo } from './duo/index.ts';
import { email } from './email/index.ts';
import { otp } from './otp/index.ts';
import { phone } from './phone/index.ts';
import { pushNotification } from './push-notification/index.ts';
import { recoveryCode } from './recovery-code/index.ts';
import { temporaryPass } from './temporary-pass/index.ts';
import { webauthnPlatform } from './webauthn-platform/index.ts';
import { webauthnRoaming } from './webauthn-roaming/index.ts';

/** Every factor this server has. A new one is registered here and nowhere else. */
export const factors: readonly Factor[] = [
  webauthnPlatform,
  webauthnRoaming,
  pushNotification,
  otp,
  duo,
  phone,
  email,
  recoveryCode,
  temporaryPass,
];
