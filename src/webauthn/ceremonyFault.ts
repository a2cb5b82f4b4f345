/**
 * Why the answer of a ceremony is refused; for the log. The person is told one thing for all of them.
 *
 * - `malformed`: not of the form that the specification gives it
 * - `type`: made for the other ceremony
 * - `challenge`, `origin`, `cross_origin`, `relying_party`: made for another request, page, frame or site
 * - `user_presence`, `user_verification`: nobody touched it, or nobody gave PIN or biometrics as demanded
 * - `algorithm`, `attachment`, `attestation`, `model`: not a kind of authenticator that was asked for, or
 *   none that can prove it
 * - `backup_flags`: backed up but not eligible for it, or eligible now but not at registration
 * - `unknown_credential`, `user_handle`: another credential, or another person's
 * - `signature`: not signed by the credential's key
 * - `counter`: the signature counter didn't grow (the caller's to judge, see `verifyAssertion`)
 */
export type CeremonyFault =
  | 'malformed'
  | 'type'
  | 'challenge'
  | 'origin'
  | 'cross_origin'
  | 'relying_party'
  | 'user_presence'
  | 'user_verification'
  | 'algorithm'
  | 'attachment'
  | 'backup_flags'
  | 'unknown_credential'
  | 'user_handle'
  | 'attestation'
  | 'model'
  | 'signature'
  | 'counter';
