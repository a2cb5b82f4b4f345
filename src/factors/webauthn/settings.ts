import { type Static, Type } from 'typebox';
import { signatureAlgorithms } from '../../webauthn/algorithms.ts';

/** What both kinds of authenticator have to set. */
export const commonWebauthnSettings = {
  relyingPartyIdentifier: Type.String({
    default: '',
    pattern: '^(?:[a-z0-9-]+(?:\\.[a-z0-9-]+)*)?$',
    maxLength: 253,
    title: 'a domain such as example.com',
    description:
      'The domain that credentials are made for; without one, the host of the pages. It has to be that host or a ' +
      'domain above it. A change makes all credentials that are there useless.',
  }),
  attestation: Type.Union([Type.Literal('none'), Type.Literal('direct'), Type.Literal('enterprise')], {
    default: 'none',
    description:
      'Whether an authenticator has to prove its model when it is enrolled: with direct by a certificate that the ' +
      'imported metadata knows; enterprise lets it tell its serial number too, where browsers are managed.',
  }),
  allowedModels: Type.Array(
    Type.String({
      pattern: '^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$',
      title: 'an AAGUID such as d548826e-79b4-db40-a3d8-11116f7e8349',
    }),
    {
      default: [],
      uniqueItems: true,
      description:
        'AAGUIDs of the only models that may be enrolled, all of them among the imported metadata; each has to ' +
        'prove what it is. Without any, every model may.',
    },
  ),
  algorithms: Type.Array(Type.Union(signatureAlgorithms.map(({ name }) => Type.Literal(name))), {
    default: ['ES256', 'EdDSA', 'RS256'],
    minItems: 1,
    uniqueItems: true,
    description:
      'How new credentials may sign, preferred first. Without RS256 some devices with Windows can’t be set up.',
  }),
  allowSynced: Type.Boolean({
    default: true,
    description:
      'Whether credentials count that may be copied to a person’s other devices (synced passkeys). Without, they ' +
      'can be neither enrolled nor used.',
  }),
  counterRegression: Type.Union([Type.Literal('refuse'), Type.Literal('flag')], {
    default: 'refuse',
    description:
      'What becomes of an answer whose signature counter didn’t grow, which may come from a copy of the key: ' +
      'refuse it, or accept it. The tenant log has it either way.',
  }),
};

const common = Type.Object(commonWebauthnSettings);

export type CommonWebauthnSettings = Static<typeof common>;

/** COSE numbers of the algorithms that are on, preferred first. */
export function algorithmIds({ algorithms }: CommonWebauthnSettings): number[] {
  return algorithms.flatMap((name) => signatureAlgorithms.find((known) => known.name === name)?.id ?? []);
}
