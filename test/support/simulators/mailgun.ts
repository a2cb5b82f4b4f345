import { simulatorId } from './simulatorIds.ts';
import { startVendorServer, type VendorAnswer, type VendorServer } from './vendorServer.ts';

const account = { apiKey: 'key-canary0123456789', domain: 'mg.acme.example' } as const;

/** Plays Mailgun's messages for one domain. */
export interface MailgunSimulator extends VendorServer {
  account: typeof account;
  /** Mails by Mailgun's parameters. */
  mails: Record<string, string>[];
}

const parameters = ['from', 'to', 'subject', 'text', 'html'];

/** Starts it on a free port. */
export async function startMailgun(options: { isSecure?: boolean } = {}): Promise<MailgunSimulator> {
  const mails: Record<string, string>[] = [];
  const server = await startVendorServer(({ method, url, headers, body }) => {
    const expected = `Basic ${Buffer.from(`api:${account.apiKey}`).toString('base64')}`;
    if (headers.authorization !== expected) return { status: 401, body: 'Forbidden' };
    if (method !== 'POST' || url.pathname !== `/v3/${account.domain}/messages`) {
      return json(404, 'Domain not found');
    }
    if (headers['content-type'] !== 'application/x-www-form-urlencoded') return json(400, 'form expected');
    const fields = Object.fromEntries(new URLSearchParams(body));
    const { from = '', to = '', text = '', html = '' } = fields;
    if (!from.includes('@')) return json(400, "'from' parameter is not a valid address");
    if (!/^[^\s,@]+@[^\s,@]+$/.test(to)) return json(400, "'to' parameter is not a valid address canary");
    if (text === '' && html === '') return json(400, "Need at least one of 'text' or 'html' parameters");
    const unknown = Object.keys(fields).filter(
      (name) => !parameters.includes(name) && !/^[hov]:[\w-]+$/.test(name),
    );
    if (unknown.length > 0) return json(400, `unknown parameter ${unknown}`);
    mails.push(fields);
    const id = `<${simulatorId('', 8)}@${account.domain}>`;
    return {
      ...json(200, 'Queued. Thank you.'),
      body: JSON.stringify({ id, message: 'Queued. Thank you.' }),
    };
  }, options);
  return { ...server, account, mails };
}

function json(status: number, message: string): VendorAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
}
