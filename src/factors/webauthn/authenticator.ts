import type { FactorContext } from '../../mfa/factor.ts';
import type { Attachment, UserVerification } from '../../webauthn/credential.ts';
import type { DeviceType } from './deviceType.ts';
import type { CommonWebauthnSettings } from './settings.ts';

/** What tells the two kinds of authenticator apart. */
export interface Authenticator<Settings extends CommonWebauthnSettings = CommonWebauthnSettings> {
  attachment: Attachment;
  /** Whether it has to verify its user, by PIN or by finger or face. */
  userVerification(settings: Settings): UserVerification;
  /** The settings under which it always verifies its user. */
  verifying(settings: Settings): Settings;
  /** Whether it keeps the credential so that it can be found without knowing whose it is. */
  residentKey(settings: Settings): 'discouraged' | 'preferred';
  /** What a new one is called in the person's language, and of which type of device it is; `model` is the maker's name for it. */
  describe(
    context: FactorContext<Settings>,
    model: string | undefined,
  ): { name: string; device?: DeviceType };
}
