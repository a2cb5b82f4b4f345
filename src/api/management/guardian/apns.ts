import { Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import { registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { nullable } from '../schemas.ts';
import { changeProviders, given, namedProvider, providerProblem } from './providers.ts';

const shown = {
  bundle_id: nullable(Type.String({ minLength: 1, maxLength: 1000, description: 'As in com.example.app.' })),
  sandbox: Type.Optional(Type.Boolean({ description: 'Whether the application is a development build.' })),
};
const body = Type.Object(
  {
    ...shown,
    p12: nullable(
      Type.String({
        minLength: 1,
        maxLength: 30_000,
        description:
          'Certificate of the application with its key, PKCS #12 without a password in base64. Never read back. ' +
          'Left out, the way in stays; null takes it away.',
      }),
    ),
  },
  { additionalProperties: false },
);

const names = { bundleId: 'bundle_id', p12: 'p12' };

/** `/guardian/factors/push-notification/providers/apns`: Apple's push service. */
export function registerApns(app: App, dependencies: ManagementDependencies): void {
  const path = '/guardian/factors/push-notification/providers/apns';

  const current = async () => {
    const { settings, credentials } = await namedProvider(dependencies, 'apns', 'apns');
    const { bundleId, sandbox = false } = settings as { bundleId?: string; sandbox?: boolean };
    return { bundle_id: bundleId ?? null, sandbox, enabled: Object.keys(credentials).length > 0 };
  };

  registerCall(app, dependencies, {
    ...{ method: 'GET', path, scopes: ['read:guardian_factors'] },
    summary: 'Read what Apple’s push service is used with',
    ...{
      status: 200,
      answer: Type.Object({ ...shown, enabled: Type.Boolean({ description: 'Whether it is set up.' }) }),
    },
    handle: async () => ({ answer: await current() }),
  });

  for (const method of ['PUT', 'PATCH'] as const) {
    registerCall(app, dependencies, {
      ...{ method, path, scopes: ['update:guardian_factors'] },
      summary:
        method === 'PUT' ? 'Wake devices through Apple' : 'Change what Apple’s push service is used with',
      description:
        `${method === 'PUT' ? 'What is left out is unset, but for the way in.' : 'What is left out stays.'} It takes ` +
        'the place of another provider for Apple. Without a bundle id and a way in it is used no more.',
      body,
      ...{ status: 200, answer: Type.Object(shown) },
      async handle(asked) {
        const before = await namedProvider(dependencies, 'apns', 'apns');
        const { bundle_id: bundleId, sandbox, p12 } = asked.body;
        const { keyId, teamId, baseUrl } = before.settings;
        // A certificate takes the place of a key that was set at the command line.
        const isKept = p12 === undefined;
        const provider = {
          name: 'apns',
          settings: given({
            ...(method === 'PATCH' ? before.settings : {}),
            ...(bundleId === undefined ? {} : { bundleId }),
            ...(sandbox === undefined ? {} : { sandbox }),
            ...{ baseUrl, keyId: isKept ? keyId : null, teamId: isKept ? teamId : null },
          }),
          credentials: isKept ? before.credentials : given({ p12 }),
        };
        const isUnset = provider.settings.bundleId === undefined && !Object.keys(provider.credentials).length;
        const problem = isUnset ? undefined : await providerProblem(dependencies, 'apns', provider, names);
        if (problem) return { problem };
        const isThere = Object.keys(before.settings).length > 0;
        if (!isUnset || isThere)
          await changeProviders(dependencies, asked, [
            { channel: 'apns', provider: isUnset ? undefined : provider },
          ]);
        const { enabled: _, ...answer } = await current();
        return { answer };
      },
    });
  }
}
