import type { Credential } from '../../webauthn/credential.ts';
import type { DeviceType } from './deviceType.ts';

/** A method whose credential is still to be made. */
export interface PendingState {
  pending: true;
  /** Stands for the person towards authenticators, base64url; says nothing about them. */
  userHandle: string;
}

/** A method with its credential. */
export interface EnrolledState {
  credential: Credential;
  userHandle: string;
  /** The domain that the credential is bound to. */
  relyingPartyId: string;
  name: string;
  /** For credentials built into a device: of which type that is. */
  device?: DeviceType;
}

export type WebauthnState = PendingState | EnrolledState;

/** Whether a state of any factor holds a credential. */
export function isEnrolled(state: unknown): state is EnrolledState {
  return typeof state === 'object' && state !== null && 'credential' in state;
}
