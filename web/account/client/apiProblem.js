/** @typedef {import('./session.js').Demand} Demand */

/** A refusal of the My Account API (RFC 7807). */
export class ApiProblem extends Error {
  /**
   * @param {number} status of HTTP
   * @param {{ type?: string, title?: string, detail?: string }} problem
   * @param {Demand | undefined} demand what has to be proved first
   */
  constructor(status, { type = '', title = '', detail = '' }, demand) {
    super(detail || title);
    this.status = status;
    /** The end of its type: `A0E-404-0002`, `invalid-proof`. */
    this.kind = /[^/:#]*$/.exec(type)?.[0] ?? '';
    this.demand = demand;
  }
}

/**
 * Reads a refusal; whoever answers with something else is no API.
 * @param {Response} response
 */
export async function readProblem(response) {
  const problem = await response.json().catch(() => ({}));
  return new ApiProblem(response.status, problem, readDemand(response.headers.get('www-authenticate') ?? ''));
}

/**
 * What the challenge of a refusal asks for (RFC 9470).
 * @param {string} challenge the header `WWW-Authenticate`
 * @returns {Demand | undefined}
 */
export function readDemand(challenge) {
  /** @type {Record<string, string>} */
  const parameters = {};
  for (const [, name = '', quoted, plain] of challenge.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)) {
    parameters[name] = quoted ?? plain ?? '';
  }
  const { error, acr_values: acrValues, max_age: maxAge } = parameters;
  if (error === 'invalid_token') return {};
  if (error !== 'insufficient_user_authentication') return undefined;
  return {
    ...(acrValues === undefined ? {} : { acrValues }),
    ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
  };
}
