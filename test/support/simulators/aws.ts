import { createHash, createHmac, randomUUID } from 'node:crypto';
import {
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from './vendorServer.ts';

const account = {
  region: 'eu-central-1',
  accessKeyId: 'AKIAIOSFODNN7CANARY1',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYCANARYKEY1',
} as const;

const accountArn = `arn:aws:sns:${account.region}:123456789012`;

/** Platform applications of the account, by platform. */
const applications = {
  APNS: `${accountArn}:app/APNS/acme`,
  APNS_SANDBOX: `${accountArn}:app/APNS_SANDBOX/acme`,
  GCM: `${accountArn}:app/GCM/acme`,
} as const;

const clockSkewMs = 15 * 60 * 1000;

/** A push as it was published. */
export interface SnsPush {
  token: string;
  /** `APNS`, `APNS_SANDBOX` or `GCM`. */
  platform: string;
  /** What the platform gets. */
  payload: Record<string, unknown>;
  attributes: Record<string, string>;
}

/** A device that SNS knows. */
interface SnsEndpoint {
  arn: string;
  application: string;
  token: string;
  customUserData: string | undefined;
  isEnabled: boolean;
}

/** Plays SNS (Publish, CreatePlatformEndpoint) and SendEmail of SES v2 for one account and region. */
export interface AwsSimulator extends VendorServer {
  account: typeof account;
  /** Texts as the query protocol had them. */
  texts: Record<string, string>[];
  emails: SesEmail[];
  applications: typeof applications;
  pushes: SnsPush[];
  /** Devices that were created, by token. */
  endpoints: Map<string, SnsEndpoint>;
  /** The code with which the next requests are refused. */
  refuse(code: string | undefined, status?: number): void;
}

/** The members of SendEmail that are checked. */
export interface SesEmail {
  FromEmailAddress: string;
  Destination: { ToAddresses: string[] };
  Content: {
    Simple: {
      Subject: { Data: string; Charset?: string };
      Body: { Text: { Data: string; Charset?: string }; Html: { Data: string; Charset?: string } };
      Headers: { Name: string; Value: string }[];
    };
  };
  ConfigurationSetName?: string;
}

/** Starts it on a free port. Its base URL stands for both services: they differ in path and signature. */
export async function startAws({
  isSecure = true,
  clock = Date.now,
}: {
  isSecure?: boolean;
  clock?: () => number;
} = {}): Promise<AwsSimulator> {
  const texts: Record<string, string>[] = [];
  const emails: SesEmail[] = [];
  const pushes: SnsPush[] = [];
  const endpoints = new Map<string, SnsEndpoint>();
  let refusing: { code: string; status: number } | undefined;

  const server = await startVendorServer(
    (request) => {
      const isSes = request.url.pathname === '/v2/email/outbound-emails';
      const refuse = isSes ? sesRefusal : snsRefusal;
      if (request.method !== 'POST' || (!isSes && request.url.pathname !== '/'))
        return refuse(404, 'NotFound');
      const fault = faultOfSignature(request, isSes ? 'ses' : 'sns', clock());
      if (fault !== undefined) return refuse(403, fault);
      if (refusing) return refuse(refusing.status, refusing.code);
      if (isSes) return takeEmail(request, emails);
      const fields = Object.fromEntries(new URLSearchParams(request.body));
      if (fields.Action === 'CreatePlatformEndpoint') return createEndpoint(fields, endpoints);
      return fields.TargetArn === undefined
        ? takeText(request, texts)
        : takePush(fields, fields.TargetArn, endpoints, pushes);
    },
    { isSecure },
  );
  return {
    ...server,
    account,
    texts,
    emails,
    applications,
    pushes,
    endpoints,
    refuse(code, status = 400) {
      refusing = code === undefined ? undefined : { code, status };
    },
  };
}

function takeText({ headers, body }: VendorRequest, texts: Record<string, string>[]): VendorAnswer {
  const fields = Object.fromEntries(new URLSearchParams(body));
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return snsRefusal(400, 'InvalidParameter');
  }
  const { Action, Version, PhoneNumber = '', Message = '', ...rest } = fields;
  if (Action !== 'Publish' || Version !== '2010-03-31') return snsRefusal(400, 'InvalidAction');
  if (!/^\+[1-9]\d{6,14}$/.test(PhoneNumber) || Message === '') return snsRefusal(400, 'InvalidParameter');
  if (Buffer.byteLength(Message) > 1600 || !areAttributes(rest)) return snsRefusal(400, 'InvalidParameter');
  texts.push(fields);
  return published();
}

function published(): VendorAnswer {
  const xml = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>${randomUUID()}</MessageId></PublishResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: xml };
}

/** https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformEndpoint.html */
function createEndpoint(
  { Version, PlatformApplicationArn = '', Token = '', CustomUserData }: Record<string, string>,
  endpoints: Map<string, SnsEndpoint>,
): VendorAnswer {
  if (Version !== '2010-03-31') return snsRefusal(400, 'InvalidAction');
  const platform = Object.entries(applications).find(([, arn]) => arn === PlatformApplicationArn)?.[0];
  if (platform === undefined) return snsRefusal(404, 'NotFound');
  if (Token === '' || (platform !== 'GCM' && !/^[0-9a-f]{16,400}$/i.test(Token))) {
    return snsRefusal(400, 'InvalidParameter', 'Invalid parameter: Token Reason: canary');
  }
  const known = endpoints.get(Token);
  if (known && known.customUserData !== CustomUserData) {
    const message = `Invalid parameter: Token Reason: Endpoint ${known.arn} already exists with the same Token, but different attributes.`;
    return snsRefusal(400, 'InvalidParameter', message);
  }
  const arn = known?.arn ?? `${accountArn}:endpoint/${platform}/acme/${randomUUID()}`;
  if (!known) {
    const customUserData = CustomUserData;
    endpoints.set(Token, {
      ...{ arn, application: PlatformApplicationArn, token: Token, customUserData, isEnabled: true },
    });
  }
  const xml = `<CreatePlatformEndpointResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><CreatePlatformEndpointResult><EndpointArn>${arn}</EndpointArn></CreatePlatformEndpointResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></CreatePlatformEndpointResponse>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: xml };
}

const largestPayload = 4096;

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html with a target. */
function takePush(
  fields: Record<string, string>,
  targetArn: string,
  endpoints: Map<string, SnsEndpoint>,
  pushes: SnsPush[],
): VendorAnswer {
  const { Action, Version, TargetArn: _, MessageStructure, Message = '', ...rest } = fields;
  if (Action !== 'Publish' || Version !== '2010-03-31') return snsRefusal(400, 'InvalidAction');
  const endpoint = [...endpoints.values()].find(({ arn }) => arn === targetArn);
  if (!endpoint) return snsRefusal(404, 'NotFound', 'Endpoint does not exist');
  if (!endpoint.isEnabled) return snsRefusal(400, 'EndpointDisabled', 'Endpoint is disabled');
  const platform = endpoint.application.split('/')[1] ?? '';
  const members = MessageStructure === 'json' ? (JSON.parse(Message) as Record<string, unknown>) : {};
  const text = members[platform];
  if (typeof members.default !== 'string' || members.default === '' || typeof text !== 'string') {
    return snsRefusal(400, 'InvalidParameter', 'Invalid parameter: Message Reason: canary');
  }
  const attributes = pushAttributes(rest);
  if (!attributes || (platform !== 'GCM' && Buffer.byteLength(text) > largestPayload)) {
    return snsRefusal(400, 'InvalidParameter');
  }
  pushes.push({ token: endpoint.token, platform, payload: JSON.parse(text), attributes });
  return published();
}

/** Their values by name; undefined when they are not in order. */
function pushAttributes(fields: Record<string, string>): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  for (let entry = 1; fields[`MessageAttributes.entry.${entry}.Name`] !== undefined; entry += 1) {
    const at = `MessageAttributes.entry.${entry}`;
    const name = fields[`${at}.Name`] ?? '';
    const value = fields[`${at}.Value.StringValue`];
    if (!/^AWS\.SNS\.MOBILE\.(APNS|APNS_SANDBOX|FCM)\.[A-Z_]+$/.test(name) || !value) return undefined;
    if (fields[`${at}.Value.DataType`] !== 'String') return undefined;
    values[name] = value;
  }
  return Object.keys(values).length * 3 === Object.keys(fields).length ? values : undefined;
}

const attributeTypes: Readonly<Record<string, string>> = {
  'AWS.SNS.SMS.SMSType': 'String',
  'AWS.SNS.SMS.SenderID': 'String',
  'AWS.MM.SMS.OriginationNumber': 'String',
  'AWS.SNS.SMS.MaxPrice': 'Number',
};

/** Numbered from one without a gap, each with name, type and value. */
function areAttributes(fields: Record<string, string>): boolean {
  const count = Object.keys(fields).length / 3;
  if (!Number.isInteger(count)) return false;
  return Array.from({ length: count }, (_, index) => `MessageAttributes.entry.${index + 1}`).every(
    (entry) => {
      const name = fields[`${entry}.Name`] ?? '';
      const value = fields[`${entry}.Value.StringValue`];
      return (
        attributeTypes[name] === fields[`${entry}.Value.DataType`] && value !== undefined && value !== ''
      );
    },
  );
}

function takeEmail({ headers, body }: VendorRequest, emails: SesEmail[]): VendorAnswer {
  if (headers['content-type'] !== 'application/json') return sesRefusal(400, 'BadRequestException');
  const email = JSON.parse(body) as SesEmail;
  if (!isEmail(email)) return sesRefusal(400, 'BadRequestException');
  emails.push(email);
  const MessageId = `0107${randomUUID()}-000000`;
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ MessageId }),
  };
}

function isEmail(email: SesEmail): boolean {
  const { FromEmailAddress, Destination, Content, ConfigurationSetName, ...rest } = email;
  const { Subject, Body, Headers } = Content.Simple;
  return (
    Object.keys(rest).length === 0 &&
    (ConfigurationSetName === undefined || /^[\w-]{1,64}$/.test(ConfigurationSetName)) &&
    FromEmailAddress.includes('@') &&
    Destination.ToAddresses.length === 1 &&
    /^[^\s,@]+@[^\s,@]+$/.test(Destination.ToAddresses[0] ?? '') &&
    [Subject, Body.Text, Body.Html].every(({ Data, Charset }) => Data !== '' && Charset === 'UTF-8') &&
    Headers.every(({ Name, Value }) => /^[!-9;-~]{1,126}$/.test(Name) && /^[ -~]{1,870}$/.test(Value))
  );
}

/**
 * Signature Version 4, recomputed step by step from what arrived.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
function faultOfSignature({ method, url, headers, body }: VendorRequest, service: string, now: number) {
  const { authorization = '' } = headers;
  const [, credential, signedHeaders = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? [];
  if (credential === undefined)
    return authorization === '' ? 'MissingAuthenticationToken' : 'IncompleteSignature';
  const [accessKeyId, day = '', region = '', named = '', end] = credential.split('/');
  if (accessKeyId !== account.accessKeyId) return 'InvalidClientTokenId';
  if (region !== account.region || named !== service || end !== 'aws4_request')
    return 'SignatureDoesNotMatch';
  const stamp = String(headers['x-amz-date']);
  const sentAt = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(sentAt - now) <= clockSkewMs) || !stamp.startsWith(day)) return 'RequestExpired';
  const names = signedHeaders.split(';');
  if (!names.includes('host') || !names.includes('x-amz-date')) return 'SignatureDoesNotMatch';
  const canonical = [
    method,
    url.pathname,
    url.search.slice(1),
    ...names.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders,
    sha256(body),
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n');
  const keyed = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    `AWS4${account.secretAccessKey}`,
  );
  const expected = createHmac('sha256', keyed).update(toSign).digest('hex');
  return signature === expected ? undefined : 'SignatureDoesNotMatch';
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function snsRefusal(status: number, code: string, message = 'canary +49 …'): VendorAnswer {
  const body = `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function sesRefusal(status: number, code: string): VendorAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': `${code}:http://internal.example/` },
    body: JSON.stringify({ message: 'canary ann@example.com' }),
  };
}
