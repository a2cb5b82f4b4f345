import type { PasswordFault } from '../../accounts/passwordPolicy.ts';
import { longestPassword, shortestPassword } from '../../accounts/passwordText.ts';

/** Body of a refused sign-up: what SDKs tell apart by `name` and `code`. */
export interface SignUpError {
  name: string;
  code: string;
  message: string;
  /** A text, or the rules that were broken as native SDKs read them. */
  description: string | { rules: PasswordRule[]; verified: false };
  policy?: string;
  statusCode: 400;
}

interface PasswordRule {
  code: string;
  /** With `%d` for each number of `format`. */
  message: string;
  format: number[];
  verified: boolean;
}

export const invalidSignUp: SignUpError = {
  name: 'BadRequestError',
  code: 'invalid_signup',
  message: 'Invalid sign up',
  description: 'Invalid sign up',
  statusCode: 400,
};

export const userExists: SignUpError = {
  name: 'BadRequestError',
  code: 'user_exists',
  message: 'The user already exists.',
  description: 'The user already exists.',
  statusCode: 400,
};

/** The refusal of a password, under the names Auth0 gives these faults. */
export function weakPassword(fault: PasswordFault): SignUpError {
  switch (fault) {
    case 'too_short':
      return wrongLength('lengthAtLeast', 'At least %d characters in length', shortestPassword);
    case 'too_long':
      return wrongLength('lengthAtMost', 'At most %d characters in length', longestPassword);
    case 'too_common':
      return refusal('PasswordDictionaryError', 'password_dictionary_error', 'Password is too common');
    case 'too_personal':
      return refusal(
        'PasswordNoUserInfoError',
        'password_no_user_info_error',
        'Password contains user information',
      );
  }
}

function wrongLength(code: string, message: string, length: number): SignUpError {
  return {
    name: 'PasswordStrengthError',
    code: 'invalid_password',
    message: 'Password is too weak',
    description: { rules: [{ code, message, format: [length], verified: false }], verified: false },
    policy: `* ${message.replace('%d', String(length))}`,
    statusCode: 400,
  };
}

function refusal(name: string, code: string, message: string): SignUpError {
  return { name, code, message, description: message, statusCode: 400 };
}
