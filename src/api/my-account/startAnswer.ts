import type { Shown } from '../../mfa/factor.ts';
import type { OwnBegun } from '../../mfa/selfService/selfServiceDesk.ts';

/** What a person or their browser needs to go on with a method that was begun. */
export function startAnswer(
  { authSession, shown, beside }: OwnBegun,
  named: { id: string } | { isPasskey: true },
): { auth_session: string } & Record<string, unknown> {
  const { barcodeUri, secret, publicKey } = shown;
  return {
    ...('id' in named ? { id: named.id } : {}),
    auth_session: authSession,
    ...(barcodeUri === undefined ? {} : { barcode_uri: barcodeUri }),
    ...(secret === undefined ? {} : { manual_input_code: secret }),
    ...(publicKey === undefined
      ? {}
      : { authn_params_public_key: creationOptions(publicKey, 'isPasskey' in named) }),
    ...codesIn(shown),
    ...(beside ? { recovery_codes: codesIn(beside).recovery_codes } : {}),
  };
}

/** Codes that were drawn: all of them, and the contract's single one. */
function codesIn({ recoveryCode, recoveryCodes }: Shown): {
  recovery_code?: string;
  recovery_codes?: string[];
} {
  const codes = (recoveryCodes ?? recoveryCode)?.split(' ');
  const [first] = codes ?? [];
  return first === undefined || !codes ? {} : { recovery_code: first, recovery_codes: codes };
}

/** A passkey is kept by the authenticator, so that one can sign in by it without saying who one is. */
function creationOptions(publicKey: string, isPasskey: boolean): Record<string, unknown> {
  const options = JSON.parse(publicKey);
  if (!isPasskey) return options;
  const { authenticatorSelection } = options;
  return {
    ...options,
    authenticatorSelection: { ...authenticatorSelection, residentKey: 'required', requireResidentKey: true },
  };
}
