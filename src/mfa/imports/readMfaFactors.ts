import type { ImportFault } from '../../accounts/imports/importFault.ts';
import type { FactorRegistry } from '../registry.ts';
import type { ImportedMethod } from './importDesk.ts';

const mostFactors = 10;

/** One to ten objects, each with exactly one member, which names a factor: `[{"totp": {"secret": "…"}}]`. */
export async function readMfaFactors(
  registry: FactorRegistry,
  value: unknown,
): Promise<{ methods: ImportedMethod[] } | { faults: ImportFault[] }> {
  if (!Array.isArray(value) || value.length < 1 || value.length > mostFactors) {
    return { faults: [{ path: 'mfa_factors', message: `expected 1 to ${mostFactors} objects` }] };
  }
  const read = await Promise.all(value.map((entry, index) => readEntry(registry, entry, index)));
  const faults = read.flatMap((one) => ('fault' in one ? one.fault : []));
  if (faults.length > 0) return { faults };
  return { methods: read.flatMap((one) => ('method' in one ? one.method : [])) };
}

async function readEntry(
  registry: FactorRegistry,
  entry: unknown,
  index: number,
): Promise<{ method: ImportedMethod } | { fault: ImportFault }> {
  const path = `mfa_factors[${index}]`;
  const members = typeof entry === 'object' && entry !== null ? Object.entries(entry) : [];
  const [[member, value] = ['', undefined], ...others] = members;
  const factor = registry.all.find(({ imports }) => imports?.member === member);
  if (!factor?.imports || others.length > 0) {
    const known = registry.all.flatMap(({ imports }) => imports?.member ?? []);
    return { fault: { path, message: `expected exactly one of ${known.sort().join(', ')}` } };
  }
  const state = await factor.imports.read(value);
  if (state === undefined) {
    return { fault: { path: `${path}.${member}`, message: `expected ${factor.imports.expected}` } };
  }
  return { method: { factor: factor.name, state } };
}
