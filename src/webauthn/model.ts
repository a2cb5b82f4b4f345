/**
 * A model of authenticator, as far as the ceremonies need to know it.
 */
export interface Model {
  /** AAGUID in lower case with hyphens. */
  aaguid: string;
  /** The maker's name of the model, for people. */
  description: string;
  /** Certificates that an attestation of this model may chain to, each base64 of its DER. */
  roots: string[];
  /** True where the metadata reports keys of this model as broken; such a model is always refused. */
  isCompromised: boolean;
}
