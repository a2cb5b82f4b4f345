import { type ErrorKinds, errorKinds } from '../callProvider.ts';
import { awsKinds } from './awsAccount.ts';

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors */
export const pushKinds: ErrorKinds = new Map([
  ...awsKinds,
  ...errorKinds({
    gone: ['EndpointDisabled'],
    final: ['InvalidParameter', 'InvalidParameterValue'],
    configuration: ['NotFound', 'PlatformApplicationDisabled'],
  }),
]);
