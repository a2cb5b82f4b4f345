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

const clockSkewMs = 15 * 60 * 1000;

/** Plays Publish of SNS and SendEmail of SES v2 for one account and region. */
export interface AwsSimulator extends VendorServer {
  account: typeof account;
  /** Texts as the query protocol had them. */
  texts: Record<string, string>[];
  emails: SesEmail[];
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
      return isSes ? takeEmail(request, emails) : takeText(request, texts);
    },
    { isSecure },
  );
  return {
    ...server,
    account,
    texts,
    emails,
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
  const xml = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>${randomUUID()}</MessageId></PublishResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: xml };
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

function snsRefusal(status: number, code: string): VendorAnswer {
  const body = `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>canary +49 …</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function sesRefusal(status: number, code: string): VendorAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': `${code}:http://internal.example/` },
    body: JSON.stringify({ message: 'canary ann@example.com' }),
  };
}
