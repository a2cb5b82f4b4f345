import type { FastifyReply } from 'fastify';
import type { Accounts } from '../../accounts/accounts.ts';
import { findClient } from '../../applications/clients.ts';
import type { Clock } from '../../config/clock.ts';
import { hexId } from '../../crypto/ids.ts';
import type { Database } from '../../database/database.ts';
import type { ThrottleResult } from '../../database/throttle.ts';
import type { App } from '../../http/createApp.ts';
import { setRateLimitHeaders } from '../../http/rateLimitHeaders.ts';
import { RequestError } from '../../http/requestError.ts';
import { readTenantSettings, type TenantSettings } from '../../tenant/tenantSettings.ts';
import {
  changePasswordAnswer,
  changePasswordBody,
  oauthError,
  type SignUpBody,
  signUpAnswer,
  signUpBody,
  signUpError,
  withRefusals,
} from './dbconnectionsSchemas.ts';
import { invalidSignUp, userExists, weakPassword } from './signUpErrors.ts';

export interface DbConnectionsParts {
  database: Database;
  clock: Clock;
  accounts: Pick<Accounts, 'signUp' | 'requestPasswordReset'>;
}

const described = {
  tags: ['Database connections'],
  consumes: ['application/json', 'application/x-www-form-urlencoded'],
};
const sentWords = "We've just sent you an email to reset your password.";

/**
 * `POST /dbconnections/signup` and `POST /dbconnections/change_password`, as JSON or form. Neither tells
 * whether an address has an account (S-83; docs/adr/0030).
 */
export function registerDbConnections(app: App, { database, clock, accounts }: DbConnectionsParts): void {
  app.post(
    '/dbconnections/signup',
    {
      schema: {
        ...described,
        summary: 'Sign up with a password',
        body: signUpBody,
        response: withRefusals(signUpAnswer, signUpError),
      },
    },
    async ({ body, context }, reply) => {
      const settings = await admit(database, body);
      const result = await accounts.signUp({
        connection: body.connection,
        email: body.email,
        password: body.password,
        profile: profileOf(body),
        userMetadata: body.user_metadata ?? {},
        clientId: body.client_id,
        context,
      });
      switch (result.outcome) {
        case 'created': {
          const { id, email, emailVerified } = result.user;
          return { _id: id.slice(id.indexOf('|') + 1), email, email_verified: emailVerified };
        }
        case 'exists':
          if (settings.publicSignupUserExistsError) return reply.code(400).send(userExists);
          return { _id: hexId(clock), email: result.email, email_verified: false };
        case 'invalid_email':
          return reply.code(400).send(invalidSignUp);
        case 'weak_password':
          return reply.code(400).send(weakPassword(result.fault));
        case 'throttled':
          return tooMany(reply, result);
      }
    },
  );

  app.post(
    '/dbconnections/change_password',
    {
      schema: {
        ...described,
        summary: 'Send a link for choosing a new password',
        body: changePasswordBody,
        produces: ['text/plain'],
        response: withRefusals(changePasswordAnswer, oauthError),
      },
    },
    async ({ body, context }, reply) => {
      await admit(database, body);
      const result = await accounts.requestPasswordReset({
        connection: body.connection,
        email: body.email,
        clientId: body.client_id,
        context,
      });
      switch (result.outcome) {
        case 'accepted':
          return reply.type('text/plain; charset=utf-8').send(sentWords);
        case 'invalid_email':
          throw new RequestError('The e-mail address is not valid.');
        case 'throttled':
          return tooMany(reply, result);
      }
    },
  );
}

/** @throws RequestError unless the application and the connection exist. */
async function admit(
  { db }: Database,
  { client_id, connection }: { client_id: string; connection: string },
): Promise<TenantSettings> {
  if (!(await findClient(db, client_id))) throw new RequestError('Unknown client.', 401, 'invalid_client');
  const settings = await readTenantSettings(db);
  if (connection !== settings.defaultDirectory) throw new RequestError('The connection does not exist.');
  return settings;
}

function profileOf({ given_name, family_name, name, nickname, picture }: SignUpBody) {
  return {
    ...(given_name !== undefined && { givenName: given_name }),
    ...(family_name !== undefined && { familyName: family_name }),
    ...(name !== undefined && { name }),
    ...(nickname !== undefined && { nickname }),
    ...(picture !== undefined && { picture }),
  };
}

function tooMany(reply: FastifyReply, throttle: ThrottleResult): FastifyReply {
  setRateLimitHeaders(reply, throttle);
  return reply
    .code(429)
    .send({ error: 'too_many_requests', error_description: 'Too many requests. Try again later.' });
}
