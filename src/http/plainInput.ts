import type { FastifyRequest } from 'fastify';
import { RequestError } from './requestError.ts';

/**
 * Refuses what no parameter may hold anywhere: a null character, which databases cut at or choke on,
 * and a query parameter given twice, of which every reader picks another (S-81).
 *
 * @throws RequestError
 */
export function requirePlainInput(request: FastifyRequest): void {
  for (const value of Object.values(request.query as Record<string, unknown>)) {
    if (Array.isArray(value)) throw new RequestError('The query names a parameter twice.');
  }
  if (hasNullCharacter(request.params) || hasNullCharacter(request.query) || hasNullCharacter(request.body)) {
    throw new RequestError('Null characters are not allowed.');
  }
}

/** Bodies are at most 16 levels deep, so recursion ends early. */
function hasNullCharacter(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, member]) => key.includes('\0') || hasNullCharacter(member));
}
