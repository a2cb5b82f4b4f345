import type { FastifyRequest } from 'fastify';
import { RequestError } from './requestError.ts';

/**
 * Refuses what no parameter may hold anywhere: a null character, which databases cut at or choke on, half
 * a surrogate pair, which is no text, and a query parameter given twice, of which every reader picks
 * another (S-81).
 *
 * @throws RequestError
 */
export function requirePlainInput(request: FastifyRequest): void {
  for (const value of Object.values(request.query as Record<string, unknown>)) {
    if (Array.isArray(value)) throw new RequestError('The query names a parameter twice.');
  }
  if (!isPlain(request.params) || !isPlain(request.query) || !isPlain(request.body)) {
    throw new RequestError('Null characters and broken Unicode are not allowed.');
  }
}

/** Bodies are at most 16 levels deep, so recursion ends early. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, member]) => isPlain(key) && isPlain(member));
}
