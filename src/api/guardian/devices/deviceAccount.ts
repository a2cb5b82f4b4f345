import { Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import { sendProblem } from '../problem.ts';
import { errorResponses, nothing, pushCredentials } from '../schemas.ts';
import type { Describe } from '../tagged.ts';
import type { DeviceCalls } from './dependencies.ts';
import { deviceBearer, deviceParams, readDevice } from './readDevice.ts';
import { sendDeviceRefusal } from './refusals.ts';

const view = Type.Object({
  id: Type.String(),
  identifier: Type.String(),
  name: Type.String(),
  push_credentials: Type.Optional(
    Type.Object(
      { service: Type.String() },
      { description: 'By what it is woken; the token is not repeated.' },
    ),
  ),
  issuer: Type.String(),
  account_name: Type.String(),
  user_id: Type.String(),
  is_confirmed: Type.Boolean({ description: 'False until the person’s browser has gone on.' }),
  unreachable: Type.Optional(
    Type.String({
      description: 'Why it is woken no longer: `endpoint_gone`. New push credentials end that.',
    }),
  ),
});

const change = Type.Object(
  {
    identifier: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
    push_credentials: Type.Optional(pushCredentials),
  },
  { additionalProperties: true },
);

const changed = Type.Object({
  id: Type.String(),
  identifier: Type.String(),
  name: Type.String(),
  push_credentials: Type.Optional(pushCredentials),
});

/** `/api/device-accounts/{id}`: a device sees, changes and removes itself. */
export function registerDeviceAccount(app: App, describe: Describe, calls: DeviceCalls): void {
  const { devices } = calls;
  const url = '/api/device-accounts/:id';

  app.get(
    url,
    {
      schema: describe({
        summary: 'See the device itself',
        description: deviceBearer,
        params: deviceParams,
        response: { 200: view, ...errorResponses },
      }),
    },
    async (request, reply) => {
      const read = readDevice(calls, request);
      if ('problem' in read) return sendProblem(reply, read.problem);
      const found = await devices.find(read.device, request.context);
      if (found.outcome === 'refused') return sendDeviceRefusal(reply, found);
      const { deviceId, identifier, name, service, issuer, accountName, userId, isConfirmed } = found;
      return reply.send({
        ...{ id: deviceId, identifier, name, issuer, account_name: accountName, user_id: userId },
        ...(service === undefined ? {} : { push_credentials: { service } }),
        is_confirmed: isConfirmed,
        ...(found.unreachable === undefined ? {} : { unreachable: found.unreachable }),
      });
    },
  );

  app.patch(
    url,
    {
      schema: describe({
        summary: 'Change the device’s name or push credentials',
        description: `${deviceBearer} What is absent stays.`,
        params: deviceParams,
        body: change,
        response: { 200: changed, ...errorResponses },
      }),
    },
    async (request, reply) => {
      const read = readDevice(calls, request);
      if ('problem' in read) return sendProblem(reply, read.problem);
      const { identifier, name, push_credentials } = request.body;
      const given = { identifier, name, push_credentials };
      const found = await devices.update(read.device, given, request.context);
      if (found.outcome === 'refused') return sendDeviceRefusal(reply, found);
      return reply.send({
        ...{ id: found.deviceId, identifier: found.identifier, name: found.name },
        // iOS reads none or a whole one, and only the device itself knows the token.
        ...(push_credentials ? { push_credentials } : {}),
      });
    },
  );

  app.delete(
    url,
    {
      schema: describe({
        summary: 'Remove the device',
        description: `${deviceBearer} Its codes go with it, and nothing of it works from then on.`,
        params: deviceParams,
        response: { 204: nothing, ...errorResponses },
      }),
    },
    async (request, reply) => {
      const read = readDevice(calls, request);
      if ('problem' in read) return sendProblem(reply, read.problem);
      const removed = await devices.remove(read.device, request.context);
      if (removed.outcome === 'refused') return sendDeviceRefusal(reply, removed);
      return reply.code(204).send(null);
    },
  );
}
