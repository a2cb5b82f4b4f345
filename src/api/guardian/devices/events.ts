import { Readable } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import { Type } from 'typebox';
import { DatabaseUnavailableError } from '../../../database/unavailable.ts';
import type { App } from '../../../http/createApp.ts';
import { problems, sendProblem } from '../problem.ts';
import { errorResponses } from '../schemas.ts';
import type { Describe } from '../tagged.ts';
import type { Seat } from '../waiters.ts';
import type { DeviceCalls } from './dependencies.ts';
import { deviceBearer, deviceParams, readDevice } from './readDevice.ts';
import { sendDeviceRefusal } from './refusals.ts';
import { viewRequest } from './requestView.ts';
import { type Sighting, watchRequests } from './watchRequests.ts';

/** Proxies give up on a connection that says nothing for half a minute. */
const heartbeatMs = 15_000;

const streamHeaders = {
  'content-type': 'text/event-stream',
  // nginx would keep events back to fill a buffer.
  'x-accel-buffering': 'no',
  // Once the stream has ended nobody waits for the connection, when the server closes least of all.
  connection: 'close',
};

const stream = Type.Unsafe<Readable>(Type.String({ description: 'Events, as long as the device listens.' }));

/**
 * `GET /api/device-accounts/{id}/events`: event `request` with the JSON of the waiting request, at first and
 * whenever it changes. Ends with the device, with its token and with the server.
 */
export function registerEvents(app: App, describe: Describe, calls: DeviceCalls): void {
  const { devices, clock, waiters } = calls;
  app.get(
    '/api/device-accounts/:id/events',
    {
      exposeHeadRoute: false,
      schema: describe({
        summary: 'Hear of requests as they come',
        description:
          `${deviceBearer} The data of each event \`request\` are those of \`…/request\`. Of one device two calls ` +
          'may wait; a third ends the oldest. A comment every 15 seconds keeps the connection.',
        params: deviceParams,
        produces: ['text/event-stream'],
        response: { 200: stream, ...errorResponses },
      }),
    },
    async (request, reply) => {
      const read = readDevice(calls, request);
      if ('problem' in read) return sendProblem(reply, read.problem);
      const { device } = read;
      // Before it takes a place: a stranger mustn't be able to take the device's.
      const found = await devices.waitingRequest(device, request.context);
      if (found.outcome === 'refused') return sendDeviceRefusal(reply, found);
      const seat = waiters.enter(device.deviceId);
      if (!seat) return sendProblem(reply.header('retry-after', 5), problems.tooMany);
      reply.raw.once('close', seat.leave);
      const { signal } = seat;
      const watch = watchRequests({
        ...{ devices, clock, device, signal },
        context: request.context,
        patienceMs: heartbeatMs,
      });
      const frames = Readable.from(framesOf(watch, seat, request.log), { objectMode: false });
      return reply.headers(streamHeaders).send(frames);
    },
  );
}

/** What is under way can't be refused any more: it ends, and the device comes back. */
async function* framesOf(
  sightings: AsyncGenerator<Sighting, unknown>,
  seat: Seat,
  log: FastifyBaseLogger,
): AsyncGenerator<string> {
  try {
    for await (const sighting of sightings) yield frameOf(sighting);
  } catch (error) {
    if (!(error instanceof DatabaseUnavailableError)) log.error({ err: error }, 'event stream failed');
  } finally {
    seat.leave();
  }
}

/** As HTML's server-sent events have it. */
function frameOf(sighting: Sighting): string {
  if (!sighting.news) return ':\n\n';
  return `event: request\ndata: ${JSON.stringify(viewRequest(sighting.request))}\n\n`;
}
