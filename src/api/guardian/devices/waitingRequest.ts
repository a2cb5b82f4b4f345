import { Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import { problems, sendProblem } from '../problem.ts';
import { errorResponses } from '../schemas.ts';
import type { Describe } from '../tagged.ts';
import type { DeviceCalls } from './dependencies.ts';
import { deviceBearer, deviceParams, readDevice } from './readDevice.ts';
import { sendDeviceRefusal } from './refusals.ts';
import { requestAnswer, viewRequest } from './requestView.ts';
import { watchRequests } from './watchRequests.ts';

const query = Type.Object({
  wait: Type.Optional(
    Type.String({
      pattern: '^(?:[0-9]|1[0-9]|2[0-5])$',
      description: 'How long to hold the answer while there is nothing new, 0 to 25 seconds.',
    }),
  ),
  known: Type.Optional(
    Type.String({
      maxLength: 128,
      description: '`consent_id` of the request that the caller has: it is nothing new.',
    }),
  ),
});

/** `GET /api/device-accounts/{id}/request`: the request that waits for the device, held until there is one. */
export function registerWaitingRequest(app: App, describe: Describe, calls: DeviceCalls): void {
  const { devices, clock, waiters } = calls;
  app.get(
    '/api/device-accounts/:id/request',
    {
      exposeHeadRoute: false,
      schema: describe({
        summary: 'Look for a request, and wait for it',
        description: `${deviceBearer} Of one device two calls may wait; a third ends the oldest.`,
        params: deviceParams,
        querystring: query,
        response: { 200: requestAnswer, ...errorResponses },
      }),
    },
    async (request, reply) => {
      const read = readDevice(calls, request);
      if ('problem' in read) return sendProblem(reply, read.problem);
      const { device } = read;
      const { known, wait = '0' } = request.query;
      const found = await devices.waitingRequest(device, request.context);
      if (found.outcome === 'refused') return sendDeviceRefusal(reply, found);
      let latest = found.request;
      if (wait === '0' || latest?.consentId !== known) return reply.send(viewRequest(latest));

      const seat = waiters.enter(device.deviceId);
      if (!seat) return sendProblem(reply.header('retry-after', 5), problems.tooMany);
      const patienceMs = Number(wait) * 1000;
      const timer = setTimeout(seat.leave, patienceMs);
      reply.raw.once('close', seat.leave);
      const { signal } = seat;
      const watch = watchRequests({ devices, clock, device, context: request.context, signal, patienceMs });
      try {
        for (;;) {
          const { done, value } = await watch.next();
          if (done && value) return sendDeviceRefusal(reply, value);
          if (done) break;
          if (!value.news) continue;
          latest = value.request;
          if (latest?.consentId !== known) break;
        }
      } finally {
        clearTimeout(timer);
        seat.leave();
        await watch.return(undefined);
      }
      if (waiters.isClosed) reply.header('connection', 'close');
      return reply.send(viewRequest(latest));
    },
  );
}
