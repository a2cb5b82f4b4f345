import type { Factor } from '../../mfa/factor.ts';
import type { FactorRegistry } from '../../mfa/registry.ts';

/** What a factor is called on the pages, in English. */
export function factorName({ name, texts, screens }: Factor): string {
  return texts.en?.mfa?.['mfa-login-options']?.[screens.nameText] ?? name;
}

/** The same by its name; a factor that this server no longer has keeps that. */
export function nameOfFactor(registry: FactorRegistry, name: string): string {
  const factor = registry.get(name);
  return factor ? factorName(factor) : name;
}
