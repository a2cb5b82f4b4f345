import { type Static, Type } from 'typebox';
import type { App } from '../../../http/createApp.ts';
import { registerCall } from '../call.ts';
import type { ManagementDependencies } from '../dependencies.ts';
import { invalidMember } from '../problem.ts';
import { nullable } from '../schemas.ts';
import {
  changeProviders,
  given,
  namedProvider,
  type ProviderChange,
  providerOf,
  providerProblem,
  type SetProvider,
} from './providers.ts';

const text = (description: string) => nullable(Type.String({ minLength: 1, maxLength: 1000, description }));

const shown = {
  aws_access_key_id: text('Access key id of an IAM user that may send and nothing else.'),
  aws_region: nullable(
    Type.String({
      pattern: '^[a-z]{2}(?:-[a-z]+)+-\\d{1,2}$',
      maxLength: 1000,
      description: 'Region of both applications.',
    }),
  ),
  sns_apns_platform_application_arn: text('ARN of the platform application for Apple.'),
  sns_gcm_platform_application_arn: text('ARN of the platform application for Firebase.'),
};
const answer = Type.Object(shown);
const body = Type.Object(
  { ...shown, aws_secret_access_key: text('Secret of the access key. Not read back.') },
  { additionalProperties: false },
);

type Body = Static<typeof body>;

const arns = {
  apns: 'sns_apns_platform_application_arn',
  fcm: 'sns_gcm_platform_application_arn',
} as const;

/** `/guardian/factors/push-notification/providers/sns`: pushes through AWS SNS. */
export function registerSns(app: App, dependencies: ManagementDependencies): void {
  const path = '/guardian/factors/push-notification/providers/sns';

  registerCall(app, dependencies, {
    ...{ method: 'GET', path, scopes: ['read:guardian_factors'] },
    summary: 'Read what AWS SNS is used with',
    ...{ status: 200, answer },
    async handle() {
      const { aws_secret_access_key: _, ...rest } = await current(dependencies);
      return { answer: rest };
    },
  });

  for (const method of ['PUT', 'PATCH'] as const) {
    registerCall(app, dependencies, {
      ...{ method, path, scopes: ['update:guardian_factors'] },
      summary: method === 'PUT' ? 'Wake devices through AWS SNS' : 'Change what AWS SNS is used with',
      description:
        `${method === 'PUT' ? 'What is left out is unset.' : 'What is left out stays.'} It takes the place of the ` +
        'provider for Apple, for Firebase or for both, by the applications that are named.',
      body,
      ...{ status: 200, answer: body },
      async handle(asked) {
        const wanted = method === 'PUT' ? asked.body : { ...(await current(dependencies)), ...asked.body };
        const changes = await changesFor(dependencies, wanted);
        for (const { channel, provider } of changes) {
          if (!provider) continue;
          const names = {
            platformApplicationArn: arns[channel as keyof typeof arns],
            accessKeyId: 'aws_access_key_id',
            secretAccessKey: 'aws_secret_access_key',
          };
          const problem = await providerProblem(dependencies, channel, provider, names);
          if (problem) return { problem };
          const region = regionOf(provider);
          if (wanted.aws_region && wanted.aws_region !== region)
            return { problem: invalidMember(`Expected the region of the ARN, ${region}`, 'aws_region') };
        }
        await changeProviders(dependencies, asked, changes);
        return { answer: await current(dependencies) };
      },
    });
  }
}

async function changesFor(dependencies: ManagementDependencies, wanted: Body): Promise<ProviderChange[]> {
  const changes = (['apns', 'fcm'] as const).map(async (channel): Promise<ProviderChange[]> => {
    const before = await providerOf(dependencies, channel);
    const isSns = before?.name === 'aws-sns';
    const platformApplicationArn = wanted[arns[channel]];
    if (!platformApplicationArn) return isSns ? [{ channel, provider: undefined }] : [];
    const provider = {
      name: 'aws-sns',
      settings: given({ platformApplicationArn, baseUrl: isSns ? before.settings.baseUrl : undefined }),
      credentials: given({
        accessKeyId: wanted.aws_access_key_id,
        secretAccessKey: wanted.aws_secret_access_key,
      }),
    };
    return [{ channel, provider }];
  });
  return (await Promise.all(changes)).flat();
}

async function current(dependencies: ManagementDependencies): Promise<Body> {
  const apple = await namedProvider(dependencies, 'apns', 'aws-sns');
  const google = await namedProvider(dependencies, 'fcm', 'aws-sns');
  const { accessKeyId, secretAccessKey } = { ...google.credentials, ...apple.credentials };
  return given({
    aws_access_key_id: accessKeyId,
    aws_secret_access_key: secretAccessKey,
    aws_region: regionOf(apple) ?? regionOf(google),
    sns_apns_platform_application_arn: apple.settings.platformApplicationArn,
    sns_gcm_platform_application_arn: google.settings.platformApplicationArn,
  });
}

/** An ARN names its region. */
function regionOf({ settings: { platformApplicationArn: arn } }: SetProvider): string | undefined {
  return typeof arn === 'string' ? arn.split(':')[3] : undefined;
}
