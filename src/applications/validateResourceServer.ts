import { signingAlgorithms } from '../crypto/signingAlgorithms.ts';
import { InvalidApplicationError } from './invalidApplicationError.ts';
import { identityScopes, type ResourceServer } from './resourceServer.ts';

/** RFC 6749 section 3.3: one `scope-token`. */
const scopeToken = /^[\x21\x23-\x5B\x5D-\x7E]{1,280}$/;
const longestIdentifier = 600;
const longestName = 200;
const mostScopes = 1000;
const longestLifetimeSeconds = 2_592_000;

/** @throws InvalidApplicationError with everything that is wrong. */
export function validateResourceServer(api: ResourceServer, issuer: string): void {
  const problems: string[] = [];
  if (!api.identifier || api.identifier.length > longestIdentifier || /[\s\p{Cc}]/u.test(api.identifier)) {
    problems.push(
      `identifier must have 1 to ${longestIdentifier} characters, without spaces or control characters`,
    );
  }
  if (api.identifier.startsWith(issuer))
    problems.push("identifier must not begin with this server's own address");
  if (!api.name.trim() || api.name.length > longestName || /[<>\p{Cc}]/u.test(api.name)) {
    problems.push(
      `name must have 1 to ${longestName} characters, without angle brackets or control characters`,
    );
  }
  if (!signingAlgorithms.includes(api.signingAlg)) {
    problems.push(`signing_alg must be one of ${signingAlgorithms.join(', ')}`);
  }
  const { tokenLifetimeSeconds } = api;
  if (
    !Number.isInteger(tokenLifetimeSeconds) ||
    tokenLifetimeSeconds < 1 ||
    tokenLifetimeSeconds > longestLifetimeSeconds
  ) {
    problems.push(`token_lifetime must be a whole number of seconds from 1 to ${longestLifetimeSeconds}`);
  }
  if (!['allow_all', 'require_client_grant'].includes(api.clientAccess)) {
    problems.push('subject_type_authorization.client.policy must be allow_all or require_client_grant');
  }
  problems.push(...scopeProblems(api));
  if (problems.length > 0) throw new InvalidApplicationError(problems);
}

function scopeProblems({ scopes, stepUpScopes }: ResourceServer): string[] {
  const problems: string[] = [];
  const values = scopes.map((scope) => scope.value);
  if (values.length > mostScopes) problems.push(`scopes must have at most ${mostScopes} entries`);
  if (new Set(values).size !== values.length) problems.push('scopes must not name one scope twice');
  for (const value of values) {
    if (!scopeToken.test(value))
      problems.push(
        `scopes: "${value.slice(0, 280)}" must be printable ASCII without spaces, quotes or backslashes`,
      );
    if ((identityScopes as readonly string[]).includes(value))
      problems.push(`scopes: "${value}" is a scope of OpenID Connect`);
  }
  for (const value of stepUpScopes) {
    if (!values.includes(value)) problems.push(`step_up_scopes: "${value}" is not among the scopes`);
  }
  return problems;
}
