/** What is kept of a registered credential: plain JSON, nothing of it secret. */
export interface Credential {
  /** base64url, 1 to 1023 bytes. */
  id: string;
  /** The COSE key, base64url. */
  publicKey: string;
  /** COSE algorithm. */
  algorithm: number;
  /** The signature counter as last seen; 0 where the authenticator has none. */
  counter: number;
  /** How browsers reach the authenticator, as they told it: `usb`, `nfc`, `internal`, … */
  transports: string[];
  /** Lower case with hyphens; all zeros where the authenticator doesn't tell its model. Proved only by a trusted attestation. */
  aaguid: string;
  attachment?: Attachment;
  /** Backup eligibility (BE): the key may exist on several devices. It never changes. */
  isSynced: boolean;
  /** Backup state (BS): the key is on several devices now. */
  isBackedUp: boolean;
  attestation: {
    /** Attestation statement format: `none`, `packed`, … */
    format: string;
    /** The statement is signed under a root of the credential's model, so `aaguid` is proved. */
    isTrusted: boolean;
  };
}

/** Built into the device, or roaming between devices. */
export type Attachment = 'platform' | 'cross-platform';

export type UserVerification = 'discouraged' | 'preferred' | 'required';
