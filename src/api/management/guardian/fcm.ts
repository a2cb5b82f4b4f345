import { Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import { registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { notSupported } from '../problem.ts';
import { nullable } from '../schemas.ts';
import { changeProviders, given, namedProvider, providerOf, providerProblem } from './providers.ts';

const body = Type.Object(
  {
    server_credentials: nullable(
      Type.String({
        minLength: 1,
        maxLength: 10_000,
        description: 'The service account’s file, JSON in a text. Never read back; null takes it away.',
      }),
    ),
  },
  { additionalProperties: false },
);
const legacyBody = Type.Object(
  { server_key: nullable(Type.String({ minLength: 1, maxLength: 1000 })) },
  { additionalProperties: false },
);
const answer = Type.Object({});

const noLegacy = notSupported(
  'Google has ended its legacy push service. Set service account credentials: fcmv1.',
);

/** `…/push-notification/providers/fcmv1`: Google's push service; and `fcm`, what it was before and no more is. */
export function registerFcm(app: App, dependencies: ManagementDependencies): void {
  const base = '/guardian/factors/push-notification/providers';
  for (const method of ['PUT', 'PATCH'] as const) {
    registerCall(app, dependencies, {
      ...{ method, path: `${base}/fcmv1`, scopes: ['update:guardian_factors'] },
      summary: 'Wake devices through Google',
      description: 'It takes the place of another provider for Firebase.',
      body,
      ...{ status: 200, answer },
      async handle(asked) {
        const { server_credentials: serviceAccount } = asked.body;
        if (serviceAccount === undefined) return { answer: {} };
        if (serviceAccount === null) {
          if ((await providerOf(dependencies, 'fcm'))?.name === 'fcm')
            await changeProviders(dependencies, asked, [{ channel: 'fcm', provider: undefined }]);
          return { answer: {} };
        }
        const { name, settings } = await namedProvider(dependencies, 'fcm', 'fcm');
        const provider = { name, settings, credentials: given({ serviceAccount }) };
        const names = { serviceAccount: 'server_credentials' };
        const problem = await providerProblem(dependencies, 'fcm', provider, names);
        if (problem) return { problem };
        await changeProviders(dependencies, asked, [{ channel: 'fcm', provider }]);
        return { answer: {} };
      },
    });

    registerCall(app, dependencies, {
      ...{ method, path: `${base}/fcm`, scopes: ['update:guardian_factors'], isDeprecated: true },
      summary: 'Set a key of Google’s legacy push service',
      description: 'Refused: Google has ended that service.',
      body: legacyBody,
      ...{ status: 200, answer },
      // Tools send back that there is none.
      handle: async ({ body: { server_key } }) => (server_key ? { problem: noLegacy } : { answer: {} }),
    });
  }
}
