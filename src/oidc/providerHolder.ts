import type Provider from 'oidc-provider';
import type { OidcParts } from './parts.ts';
import { createProvider } from './provider.ts';

/**
 * Hands out oidc-provider, which takes its keys once: after a rotation a new one takes over. Nothing is
 * lost with the old one, since all state is in the database.
 */
export class ProviderHolder {
  readonly #parts: OidcParts;
  #current: { provider: Provider; keys: string } | undefined;

  constructor(parts: OidcParts) {
    this.#parts = parts;
  }

  async current(): Promise<Provider> {
    const ring = await this.#parts.keys.keys();
    const keys = ring.map((key) => `${key.kid}:${key.isRetired}`).join();
    if (this.#current?.keys !== keys) this.#current = { provider: createProvider(this.#parts, ring), keys };
    return this.#current.provider;
  }
}
