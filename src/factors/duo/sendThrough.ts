import type { Client } from '@duosecurity/duo_universal';
import type { OutboundClient } from '../../outbound/outboundClient.ts';

/** What the library's HTTP client hands to its adapter. */
interface Asked {
  baseURL: string;
  url: string;
  headers: { toJSON(): Record<string, string> };
  data: string;
}

/** An answer with an error, in the form from which the library reads Duo's words. */
class StatusError extends Error {
  readonly isAxiosError = true;
  readonly status: number;
  readonly response: object;

  constructor(response: { status: number }) {
    super(`status ${response.status}`);
    this.status = response.status;
    this.response = response;
  }
}

/**
 * Has Duo's library send its requests by our client: its own would follow redirects, go to any address, wait for
 * ever and take an answer of any length.
 */
export function sendThrough(client: Client, http: OutboundClient, timeoutMs: number): void {
  const { axios } = client as unknown as { axios: { defaults: Record<string, unknown> } };
  axios.defaults.adapter = async (config: Asked) => {
    const { status, headers, body } = await http.request({
      method: 'POST',
      url: new URL(config.url, config.baseURL),
      headers: withoutFraming(config.headers.toJSON()),
      body: config.data,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const response = { status, statusText: '', headers, data: body.toString('utf8'), config, request: null };
    if (status < 200 || status > 299) throw new StatusError(response);
    return response;
  };
}

/** Our client gives the length by itself, and takes an answer as it is. */
function withoutFraming(headers: Record<string, string>): Record<string, string> {
  const framing = new Set(['content-length', 'accept-encoding', 'host']);
  return Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]): [string, string] => [name.toLowerCase(), value])
      .filter(([name]) => !framing.has(name)),
  );
}
