import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { findClient } from '../../../applications/clients.ts';
import type { App } from '../../../http/createApp.ts';
import { isOpen } from '../../../mfa/transaction.ts';
import { readBearer } from '../authorization.ts';
import { withoutSlash } from '../mounts.ts';
import { noBody } from '../schemas.ts';
import type { FlowCalls } from './dependencies.ts';

const answer = Type.Object({
  request_token: Type.String({ description: 'For the widget, for five minutes at the most.' }),
  service_url: Type.String({ description: 'For the widget.' }),
});

const error = Type.Object({ error: Type.String(), error_description: Type.String() });

/**
 * `POST /mfa/guardian-token`: what an application hands to its own page with auth0-guardian-js. It belongs to the
 * MFA API and answers in that one's shape; Auth0's own pages have such a token put into them.
 */
export function registerGuardianToken(app: App, calls: FlowCalls): void {
  const { engine, tokens, db, publicUrl } = calls;
  app.post(
    '/mfa/guardian-token',
    {
      schema: {
        tags: ['MFA API'],
        summary: 'Begin a flow on a page with auth0-guardian-js',
        description:
          'Bearer: an `mfa_token`. What the page gets in the end, its `signature`, is handed in as `oob_code` of the ' +
          '`mfa-oob` grant, with this `mfa_token`. Not of Auth0’s API.',
        body: noBody,
        response: { 200: answer, 401: error },
      },
    },
    async (request, reply) => {
      const authorization = readBearer(request);
      if ('problem' in authorization) return refuse(reply, 'invalid_token', 'An mfa_token is required.');
      const found = await engine.findByToken(authorization.token);
      if (found.outcome === 'expired') return refuse(reply, 'expired_token', 'mfa_token is expired');
      if (found.outcome !== 'found') return refuse(reply, 'invalid_grant', 'Malformed mfa_token');
      const { transaction } = found;
      if (!isOpen(transaction.state)) return refuse(reply, 'expired_token', 'mfa_token is expired');
      const isOfToken = transaction.purpose === 'token' || transaction.purpose === 'refresh';
      if (!isOfToken || !(await findClient(db, transaction.clientId))) {
        return refuse(reply, 'invalid_grant', 'Malformed mfa_token');
      }
      return reply.send({
        request_token: await tokens.signRequest(transaction),
        service_url: `${withoutSlash(publicUrl)}/guardian`,
      });
    },
  );
}

function refuse(reply: FastifyReply, error: string, description: string): FastifyReply {
  return reply.code(401).send({ error, error_description: description });
}
