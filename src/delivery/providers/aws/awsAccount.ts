import { AwsV4Signer } from 'aws4fetch';
import { Type } from 'typebox';
import type { OutboundResponse } from '../../../outbound/outboundClient.ts';
import { callProvider, type ErrorKinds, errorKinds } from '../callProvider.ts';
import { secret } from '../fields.ts';
import type { ProviderTools } from '../provider.ts';

export const region = Type.String({
  pattern: '^[a-z]{2}(-[a-z]+)+-\\d{1,2}$',
  description: 'AWS region, as in eu-central-1.',
});

export const awsCredentials = Type.Object(
  {
    accessKeyId: secret('Access key id of an IAM user that may send and nothing else.'),
    secretAccessKey: secret('Secret of the access key.'),
  },
  { additionalProperties: false },
);

/** Codes every service of AWS may answer, most of them with status 400. */
export const awsKinds: ErrorKinds = errorKinds({
  retry: ['Throttled', 'Throttling', 'ThrottlingException', 'TooManyRequestsException', 'InternalError'],
  configuration: [
    'AccessDenied',
    'AccessDeniedException',
    'AuthorizationError',
    'ExpiredTokenException',
    'IncompleteSignature',
    'InvalidClientTokenId',
    'InvalidSecurity',
    'InvalidSignatureException',
    'MissingAuthenticationToken',
    'NotAuthorized',
    'OptInRequired',
    'RequestExpired',
    'SignatureDoesNotMatch',
    'UnrecognizedClientException',
    'InvalidAction',
  ],
});

/** One request to a service, signed by Signature Version 4. */
export async function callAws(
  { http, clock }: ProviderTools,
  request: {
    service: 'sns' | 'ses';
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
    url: string;
    headers: Record<string, string>;
    body: string;
    signal: AbortSignal;
  },
): Promise<OutboundResponse> {
  const { service, region: inRegion, credentials, url, headers, body, signal } = request;
  const signed = await new AwsV4Signer({
    ...credentials,
    service,
    region: inRegion,
    method: 'POST',
    url,
    headers,
    body,
    datetime: new Date(clock()).toISOString().replace(/[:-]|\.\d{3}/g, ''),
  }).sign();
  return callProvider(http, {
    method: 'POST',
    url,
    headers: Object.fromEntries(signed.headers),
    body,
    signal,
  });
}
