import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { DeviceBearer } from '../../../mfa/devices/deviceDesk.ts';
import { readBearer } from '../authorization.ts';
import { addressesOf } from '../mounts.ts';
import { type Problem, problems } from '../problem.ts';
import type { DeviceCalls } from './dependencies.ts';

/** Address of one device. */
export const deviceParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 128 }) });

/** Says who calls, for the descriptions. */
export const deviceBearer =
  'Bearer: the `token` of the enrolment, or a JWT that the device signed (`iss` its id, `sub` the user, `aud` ' +
  '`…/api/device-accounts`, at most two hours).';

/** The device in the address, with the bearer by which the engine tells whether it is that one. */
export function readDevice(
  { clock, publicUrl }: Pick<DeviceCalls, 'clock' | 'publicUrl'>,
  request: FastifyRequest<{ Params: { id: string } }>,
): { device: DeviceBearer } | { problem: Problem } {
  const authorization = readBearer(request);
  if ('problem' in authorization) return authorization;
  const { token } = authorization;
  // Told apart so that a device whose clock is wrong doesn't take itself for removed.
  if (isOutOfTime(token, clock())) return { problem: problems.invalidToken };
  const audiences = addressesOf(publicUrl, '/api/device-accounts');
  return { device: { deviceId: request.params.id, bearer: { jws: token, audiences } } };
}

/** Whether a token says of itself that it has expired. Nothing else in it is believed here. */
function isOutOfTime(token: string, now: number): boolean {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return false;
  try {
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp?: unknown };
    return typeof exp === 'number' && exp * 1000 <= now;
  } catch {
    return false;
  }
}
