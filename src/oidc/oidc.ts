import { Interactions } from './interactions.ts';
import { type OidcDependencies, OidcParts } from './parts.ts';
import { ProviderHolder } from './providerHolder.ts';

/** OpenID Connect, as the server puts it together with the other surfaces. */
export interface Oidc {
  readonly parts: OidcParts;
  readonly holder: ProviderHolder;
  /** For the hosted pages. */
  readonly interactions: Interactions;
}

/** Builds it; its routes are added by `registerOidc`. */
export function createOidc(dependencies: OidcDependencies): Oidc {
  const parts = new OidcParts(dependencies);
  const holder = new ProviderHolder(parts);
  return { parts, holder, interactions: new Interactions(parts, holder) };
}
