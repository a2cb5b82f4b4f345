import type { FastifyRequest } from 'fastify';
import { createRemoteJWKSet, customFetch, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '../../../src/config/clock.ts';
import type { App } from '../../../src/http/createApp.ts';
import type { DemoScope } from './demoScopes.ts';

export interface BearerOptions {
  issuer: string;
  audience: string;
  clock: Clock;
}

/** A refusal of RFC 6750 section 3.1; without `error` when no token came at all. */
export interface BearerRefusal {
  outcome: 'refused';
  status: 401 | 403;
  challenge: string;
  body: { error: string; error_description: string };
}

export type BearerResult = { outcome: 'accepted'; userId: string } | BearerRefusal;

export type ReadBearer = (request: FastifyRequest, scope: DemoScope) => Promise<BearerResult>;

/**
 * Reads access tokens as any API of Countersign's would: signature by the published keys, issuer,
 * audience, times, then the scope. It needs to know nothing about second factors: a token with the
 * sensitive scope is not issued without one.
 */
export function bearerReader(app: App, { issuer, audience, clock }: BearerOptions): ReadBearer {
  // The keys come over HTTP, but not over the network: Node doesn't trust the development certificate.
  const keys = createRemoteJWKSet(new URL('.well-known/jwks.json', issuer), {
    [customFetch]: async (url) => {
      const { statusCode, body } = await app.inject({ url, headers: { host: new URL(url).host } });
      return new Response(body, { status: statusCode });
    },
  });
  const claimsOf = async (token: string): Promise<JWTPayload | undefined> => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ['RS256'],
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(clock()),
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };

  return async (request, scope) => {
    const token = /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) return missingToken;
    const claims = await claimsOf(token);
    if (!claims?.sub) return invalidToken;
    const scopes = typeof claims.scope === 'string' ? claims.scope.split(' ') : [];
    return scopes.includes(scope) ? { outcome: 'accepted', userId: claims.sub } : insufficientScope(scope);
  };
}

const missingToken: BearerRefusal = {
  outcome: 'refused',
  status: 401,
  challenge: 'Bearer',
  body: { error: 'invalid_request', error_description: 'An access token is needed.' },
};

const invalidToken: BearerRefusal = {
  outcome: 'refused',
  status: 401,
  challenge: 'Bearer error="invalid_token"',
  body: { error: 'invalid_token', error_description: 'The access token is not valid here, or has expired.' },
};

function insufficientScope(scope: DemoScope): BearerRefusal {
  return {
    outcome: 'refused',
    status: 403,
    challenge: `Bearer error="insufficient_scope", scope="${scope}"`,
    body: { error: 'insufficient_scope', error_description: `The access token lacks the scope ${scope}.` },
  };
}
