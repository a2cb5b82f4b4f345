import type { Factor } from '../mfa/factor.ts';
import { otp } from './otp/index.ts';
import { recoveryCode } from './recovery-code/index.ts';

/** Every factor this server has. A new one is registered here and nowhere else. */
export const factors: readonly Factor[] = [otp, recoveryCode];
