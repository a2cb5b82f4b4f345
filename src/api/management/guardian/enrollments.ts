import { type Static, Type } from 'typebox';
import { maskNumber } from '../../../delivery/maskRecipient.ts';
import type { App } from '../../../http/createApp.ts';
import type { MethodView } from '../../../mfa/methodViews.ts';
import { done, registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { notSupported, type Problem } from '../problem.ts';
import { actorOf } from '../recordCall.ts';

const enrollment = Type.Object({
  id: Type.String(),
  status: Type.Union([Type.Literal('pending'), Type.Literal('confirmed')]),
  name: Type.Optional(Type.String({ description: 'What its person or the device calls it.' })),
  phone_number: Type.Optional(Type.String({ description: 'Masked.' })),
  enrolled_at: Type.Optional(Type.String()),
  last_auth: Type.Optional(Type.String()),
});

const params = Type.Object({
  id: Type.String({ maxLength: 128, description: 'As in `totp|dev_…`, or `dev_…` alone.' }),
});

const unknown: Problem = {
  status: 404,
  message: 'The enrollment does not exist.',
  errorCode: 'inexistent_enrollment',
};

/** `GET` and `DELETE /guardian/enrollments/{id}`: one method of anybody's. */
export function registerEnrollments(app: App, dependencies: ManagementDependencies): void {
  const { engine } = dependencies;
  const path = '/guardian/enrollments/:id';

  registerCall(app, dependencies, {
    ...{ method: 'GET', path, scopes: ['read:guardian_enrollments'] },
    summary: 'Read what somebody has set up',
    params,
    ...{ status: 200, answer: enrollment },
    async handle(asked) {
      const found = await engine.findMethod(asked.params.id, actorOf(asked));
      return found ? { answer: toWire(found.method) } : { problem: unknown };
    },
  });

  registerCall(app, dependencies, {
    ...{ method: 'DELETE', path, scopes: ['delete:guardian_enrollments'] },
    summary: 'Take away what somebody has set up',
    description:
      'Factors that can’t be a person’s only one go with the last other. The person is told. One that isn’t there ' +
      'any more is no fault.',
    params,
    status: 204,
    async handle(asked) {
      const found = await engine.findMethod(asked.params.id, actorOf(asked));
      if (!found) return done;
      const { userId, method } = found;
      const removed = await engine.removeMethod(userId, method.id, actorOf(asked), asked.context);
      dependencies.accounts.afterQueueing();
      return removed.outcome === 'refused' && removed.code === 'not_removable'
        ? { problem: notSupported('A verified address stays.') }
        : done;
    },
  });
}

function toWire(method: MethodView): Static<typeof enrollment> {
  const { id, factor, name, label, isConfirmed, createdAt, lastUsedAt } = method;
  const isPhone = factor === 'phone';
  const shownName = isPhone ? label : name;
  return {
    id,
    status: isConfirmed ? 'confirmed' : 'pending',
    ...(shownName === undefined ? {} : { name: shownName }),
    ...(isPhone && method.address !== undefined ? { phone_number: maskNumber(method.address) } : {}),
    ...(isConfirmed ? { enrolled_at: new Date(createdAt).toISOString() } : {}),
    ...(lastUsedAt === undefined ? {} : { last_auth: new Date(lastUsedAt).toISOString() }),
  };
}
