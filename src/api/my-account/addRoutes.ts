import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { findUserById } from '../../accounts/users.ts';
import type { RequestContext } from '../../config/requestContext.ts';
import type { App } from '../../http/createApp.ts';
import type { OwnChoice } from '../../mfa/selfService/selfServiceDesk.ts';
import { readTenantSettings } from '../../tenant/tenantSettings.ts';
import { admit, type Visitor } from './admit.ts';
import { changePassword } from './changePassword.ts';
import type { MyAccountDependencies } from './dependencies.ts';
import { readProof, type StartBody, startBody, verifyBody } from './enrolmentBodies.ts';
import { methodObject } from './methodObject.ts';
import { describer } from './methods.ts';
import { factorOf, publicIdOf, readPublicId, typeInId } from './methodTypes.ts';
import { newPasswordName, passwordPolicy } from './password.ts';
import { invalidPayload, problems, sendProblem } from './problem.ts';
import { sendRefusal } from './refusals.ts';
import { errorResponses, methodParams, tags } from './schemas.ts';
import { startAnswer } from './startAnswer.ts';

/** The name under which a passkey is confirmed; it has no id before. */
const newPasskeyName = 'passkey|new';

const begun = Type.Object(
  { auth_session: Type.String(), id: Type.Optional(Type.String()) },
  { additionalProperties: true, description: 'By type; see the guide.' },
);

/** `POST /me/v1/authentication-methods` and `…/{id}/verify`. */
export function registerAdding(app: App, dependencies: MyAccountDependencies): void {
  const { engine, issuer } = dependencies;
  const locationOf = (name: string) => `${issuer}me/v1/authentication-methods/${encodeURIComponent(name)}`;

  app.post(
    '/authentication-methods',
    {
      schema: {
        tags,
        summary: 'Begin to add an authentication method',
        description:
          'Scope `create:me:authentication_methods`, and a second factor at least as strong, proved within five ' +
          'minutes; from who has none, a sign-in as recent. `Location` is where it is confirmed, with `/verify` ' +
          'after it. With `password` it changes the password.',
        body: startBody,
        response: { 202: begun, ...errorResponses },
      },
    },
    async (request, reply) => {
      const visitor = await admit(dependencies, request, reply, 'create:me:authentication_methods');
      if (!visitor) return reply;
      const { body, context } = request;
      if (!(await isOwnIdentity(dependencies, visitor, body))) {
        return sendProblem(reply, invalidPayload('It names another account.', 'identity_user_id'));
      }
      if (body.type === 'password') return beginPassword(reply, visitor, context);
      const choice = await choiceOf(dependencies, visitor, body);
      const started = await engine.selfService.begin(visitor, choice, context);
      if (started.outcome === 'refused') return sendRefusal(reply, started);
      const factor = engine.registry.get(choice.factor);
      const id = choice.alias ?? (factor ? publicIdOf(factor, started.methodId) : started.methodId);
      return reply
        .code(202)
        .header('location', locationOf(id))
        .send(startAnswer(started, choice.alias === undefined ? { id } : { isPasskey: true }));
    },
  );

  async function beginPassword(reply: FastifyReply, visitor: Visitor, context: RequestContext) {
    const started = await engine.selfService.beginPassword(visitor, context);
    if (started.outcome === 'refused') return sendRefusal(reply, started);
    return reply
      .code(202)
      .header('location', locationOf(newPasswordName))
      .send({ id: newPasswordName, auth_session: started.authSession, policy: passwordPolicy });
  }

  app.post(
    '/authentication-methods/:id/verify',
    {
      schema: {
        tags,
        summary: 'Confirm an authentication method',
        description:
          'Scope `create:me:authentication_methods`. `otp_code` confirms an app, a telephone and an address, ' +
          '`authn_response` what a browser made, `new_password` a password. A device confirms itself: 409 until ' +
          'it has.',
        params: methodParams,
        body: verifyBody,
        response: { 201: methodObject, ...errorResponses },
      },
    },
    async (request, reply) => {
      const visitor = await admit(dependencies, request, reply, 'create:me:authentication_methods');
      if (!visitor) return reply;
      const { id } = request.params;
      const { body, context } = request;
      const read = readProof(typeInId(id), body);
      if ('fault' in read) {
        return sendProblem(reply, invalidPayload('It confirms no method of this type.', read.fault));
      }
      if (id === newPasswordName) return changePassword(dependencies, visitor, body, request, reply);
      const name = id === newPasskeyName ? id : readPublicId(engine.registry, id);
      const confirmed = await engine.selfService.confirm(
        visitor,
        { name, authSession: body.auth_session, proof: read.proof },
        context,
      );
      if (confirmed.outcome === 'refused') return sendRefusal(reply, confirmed);
      const method = (await describer(dependencies, visitor.userId))(confirmed.method);
      if (!method) return sendProblem(reply, problems.notFound);
      return reply.code(201).header('location', locationOf(method.id)).send(method);
    },
  );
}

/** Whether an account that a body names is the caller's. */
async function isOwnIdentity(
  { database }: MyAccountDependencies,
  { userId }: Visitor,
  body: StartBody,
): Promise<boolean> {
  const { connection, identity_user_id: named } = body as { connection?: string; identity_user_id?: string };
  if (named !== undefined && named !== userId && named !== userId.slice(userId.indexOf('|') + 1))
    return false;
  return connection === undefined || (await findUserById(database.db, userId))?.connection === connection;
}

/** A passkey is made by the strongest factor that the person can set up and people may sign in by alone. */
async function choiceOf(
  { engine, database }: MyAccountDependencies,
  { userId }: Visitor,
  body: StartBody,
): Promise<OwnChoice> {
  const { registry, selfService } = engine;
  if (body.type === 'passkey') {
    const { passkeySignIn } = await readTenantSettings(database.db);
    const enrollable = passkeySignIn ? await selfService.enrollable(userId) : [];
    const factor = enrollable.find((name) => registry.get(name)?.firstFactor) ?? '';
    return { factor, alias: newPasskeyName };
  }
  const factor = factorOf(registry, body.type)?.name ?? '';
  if (body.type === 'phone') {
    const { phone_number, preferred_authentication_method: channel } = body;
    return { factor, input: { phone_number }, ...(channel === undefined ? {} : { channel }) };
  }
  return body.type === 'email' ? { factor, input: { email: body.email } } : { factor };
}
