/** What came back over the wire. */
export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the endpoint answered
  body: any;
}

type HeaderFields = Record<string, string>;

export function postForm(
  url: string,
  fields: Record<string, string>,
  headers: HeaderFields = {},
): Promise<Answer> {
  return call(url, { method: 'POST', body: new URLSearchParams(fields), headers });
}

export function postJson(url: string, body: unknown, headers: HeaderFields = {}): Promise<Answer> {
  return call(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
}

export function get(url: string, headers: HeaderFields = {}): Promise<Answer> {
  return call(url, { headers });
}

/** Sends a request and reads a JSON answer, or text where it is none. Redirects are not followed. */
export async function call(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
