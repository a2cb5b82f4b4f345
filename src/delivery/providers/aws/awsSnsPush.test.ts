import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { midday } from '../../../../test/support/delivery.ts';
import { providerTools } from '../../../../test/support/providerTools.ts';
import { pushTo } from '../../../../test/support/pushes.ts';
import { type AwsSimulator, startAws } from '../../../../test/support/simulators/aws.ts';
import { readOnAndroid, readOnIos } from '../../../../test/support/simulators/guardianDevices.ts';
import { createOutboundClient } from '../../../outbound/createOutboundClient.ts';
import type { PushMessage } from '../../push/pushMessage.ts';
import type { Provider } from '../provider.ts';
import { awsSnsApns, awsSnsFcm } from './awsSnsPush.ts';

const clock = () => midday;
const signal = new AbortController().signal;
const appleToken = 'ab'.repeat(32);
const androidToken = 'abc:registration-token';

let aws: AwsSimulator;
beforeEach(async () => {
  aws = await startAws({ clock });
});
afterEach(() => aws.close());

type Push = Provider<PushMessage<string>>;

function config(platformApplicationArn: string, credentials: object = {}) {
  const { accessKeyId, secretAccessKey } = aws.account;
  return {
    settings: { platformApplicationArn, baseUrl: aws.origin },
    credentials: { accessKeyId, secretAccessKey, ...credentials },
  };
}

const tools = () => providerTools({ clock, allow: [aws.origin] });
const apple = (arn: string = aws.applications.APNS): Push => awsSnsApns.create(config(arn), tools());
const android = (): Push => awsSnsFcm.create(config(aws.applications.GCM), tools());
const actions = () =>
  aws.requests.map(({ body }) => new URLSearchParams(body).get('Action')?.replace('Platform', ''));

describe('pushes by SNS', () => {
  it.each(['APNS', 'APNS_SANDBOX'] as const)('reach Apple devices of %s', async (platform) => {
    const by = apple(aws.applications[platform]);
    const { providerMessageId } = await by.send(pushTo(appleToken, { expiresAt: midday + 90_500 }), signal);
    expect(providerMessageId).toMatch(/^[0-9a-f-]{36}$/);
    const [push] = aws.pushes;
    expect(push).toMatchObject({
      token: appleToken,
      platform,
      attributes: {
        [`AWS.SNS.MOBILE.${platform}.TTL`]: '91',
        'AWS.SNS.MOBILE.APNS.PUSH_TYPE': 'alert',
        'AWS.SNS.MOBILE.APNS.PRIORITY': '10',
        'AWS.SNS.MOBILE.APNS.COLLAPSE_ID': 'dev_0123456789abcdef',
      },
    });
    expect(readOnIos(push?.payload ?? {})).toMatchObject({ transactionToken: 'request-token-canary' });
  });

  it('reach Android devices', async () => {
    await android().send(pushTo(androidToken, { expiresAt: midday + 90_500 }), signal);
    const [push] = aws.pushes;
    expect(push).toMatchObject({
      token: androidToken,
      platform: 'GCM',
      payload: {
        fcmV1Message: {
          message: { android: { priority: 'HIGH', ttl: '91s', collapse_key: 'dev_0123456789abcdef' } },
        },
      },
    });
    const { fcmV1Message } = (push?.payload ?? {}) as {
      fcmV1Message?: { message: { data: Record<string, string> } };
    };
    expect(readOnAndroid(fcmV1Message?.message.data ?? {})).toMatchObject({ challenge: 'challenge-canary' });
  });

  it('create the endpoint of a device once', async () => {
    const by = apple();
    await by.send(pushTo(appleToken), signal);
    await by.send(pushTo(appleToken), signal);
    expect(actions()).toEqual(['CreateEndpoint', 'Publish', 'Publish']);
    // As another node, or this one after a restart, would.
    await apple().send(pushTo(appleToken), signal);
    expect(aws.endpoints.size).toBe(1);
    expect(aws.pushes).toHaveLength(3);
  });

  it('find an endpoint that somebody made with other attributes', async () => {
    await apple().send(pushTo(appleToken), signal);
    const endpoint = aws.endpoints.get(appleToken);
    aws.endpoints.set(appleToken, { ...endpoint, customUserData: 'mine' } as NonNullable<typeof endpoint>);
    await apple().send(pushTo(appleToken), signal);
    expect(aws.pushes).toHaveLength(2);
    expect(aws.endpoints.size).toBe(1);
  });

  it('create an endpoint again that was removed', async () => {
    const by = apple();
    await by.send(pushTo(appleToken), signal);
    aws.endpoints.clear();
    await by.send(pushTo(appleToken), signal);
    expect(aws.pushes).toHaveLength(2);
    expect(actions()).toEqual(['CreateEndpoint', 'Publish', 'Publish', 'CreateEndpoint', 'Publish']);
  });

  it('tell of a device that is gone', async () => {
    const by = apple();
    await by.send(pushTo(appleToken), signal);
    const endpoint = aws.endpoints.get(appleToken);
    if (endpoint) endpoint.isEnabled = false;
    await expect(by.send(pushTo(appleToken), signal)).rejects.toMatchObject({
      kind: 'gone',
      code: 'EndpointDisabled',
    });
  });

  it('are given up for a token that is none', async () => {
    await expect(apple().send(pushTo('none'), signal)).rejects.toMatchObject({
      kind: 'final',
      code: 'InvalidParameter',
    });
  });

  it('of an application that isn’t there are a fault of the configuration', async () => {
    const by = apple('arn:aws:sns:eu-central-1:123456789012:app/APNS/other');
    await expect(by.send(pushTo(appleToken), signal)).rejects.toMatchObject({
      kind: 'configuration',
      code: 'NotFound',
    });
  });

  it('take the region from the ARN', async () => {
    const by = apple('arn:aws:sns:us-east-1:123456789012:app/APNS/acme');
    await expect(by.send(pushTo(appleToken), signal)).rejects.toMatchObject({
      kind: 'configuration',
      code: 'SignatureDoesNotMatch',
    });
  });

  it.each([
    ['AuthorizationError', 403, 'configuration'],
    ['PlatformApplicationDisabled', 400, 'configuration'],
    ['Throttled', 429, 'retry'],
    ['InternalError', 500, 'retry'],
  ])('%s (%i) is %s', async (code, status, kind) => {
    const by = apple();
    aws.refuse(code, status);
    await expect(by.send(pushTo(appleToken), signal)).rejects.toMatchObject({ kind, code });
    aws.refuse(undefined);
    await by.send(pushTo(appleToken), signal);
    aws.refuse(code, status);
    await expect(by.send(pushTo(appleToken), signal)).rejects.toMatchObject({ kind, code });
  });

  it('S-93 without an answer have left only once the endpoint was there', async () => {
    const by = apple();
    aws.misbehave('takeThenReset');
    await expect(by.send(pushTo(appleToken), signal)).rejects.toMatchObject({ kind: 'retry' });
    await by.send(pushTo(appleToken), signal);
    aws.misbehave('takeThenReset');
    await expect(by.send(pushTo(appleToken), signal)).rejects.toMatchObject({ kind: 'unknown' });
    for (const body of ['', '<html>']) {
      aws.misbehave({ answer: { status: 200, body } });
      await expect(by.send(pushTo(appleToken), signal)).rejects.toMatchObject({
        kind: 'unknown',
        code: 'unreadable_answer',
      });
    }
  });

  it('S-105 repeat nothing of what the service says', async () => {
    const error = await apple()
      .send(pushTo('none'), signal)
      .catch((error: Error) => error);
    expect(String(error)).not.toMatch(/canary/);
  });

  it.each([
    ['Apple’s', apple, appleToken],
    ['Google’s', android, androidToken],
  ] as const)('too large for %s service don’t leave', async (_name, create, token) => {
    const message = pushTo(token, { requestToken: 'x'.repeat(4000) });
    await expect(create().send(message, signal)).rejects.toMatchObject({ kind: 'final', code: 'too_large' });
    expect(aws.requests).toEqual([]);
  });

  it('S-92 go out through the guard', async () => {
    const by = awsSnsApns.create(config(aws.applications.APNS), {
      ...tools(),
      http: createOutboundClient(),
    });
    await expect(by.send(pushTo(appleToken), signal)).rejects.toMatchObject({ code: 'private_address' });
  });
});
