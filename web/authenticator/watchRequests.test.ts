import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeDeviceKey } from './client/deviceKey.js';
import { clockError, serverNow, tellServerTime } from './client/serverClock.js';
import { watchRequests } from './client/watchRequests.js';

const baseUrl = 'https://login.example.com/appliance-mfa';
const request = { transaction_token: 'rt', consent_id: 'cns_1', challenge: 'c' };

/** Answers of the server, in turn; the last one stays. */
type Reply = (url: URL, signal: AbortSignal) => Response | Promise<Response>;

let end: AbortController;
let called: string[];
let heard: unknown[];
let lines: string[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  end = new AbortController();
  [called, heard, lines] = [[], [], []];
});

afterEach(async () => {
  end.abort();
  await settle();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function watch(replies: { events: Reply; request?: Reply }, isStreaming = true): Promise<void> {
  vi.stubGlobal('fetch', async (address: string, { signal }: { signal: AbortSignal }) => {
    const url = new URL(address);
    called.push(url.pathname.split('/').at(-1) + url.search);
    return url.pathname.endsWith('/events') ? replies.events(url, signal) : replies.request?.(url, signal);
  });
  const { signingKey } = await makeDeviceKey();
  const device = { baseUrl, identifier: 'A1', deviceId: 'dev_1', userId: 'u', name: 'Phone', signingKey };
  const account = {
    key: 'k',
    issuer: 'Bank',
    accountName: 'ann',
    addedAt: 0,
    device: { ...device, isConfirmed: true },
  };
  const options = {
    isStreaming,
    onRequest: (told: unknown) => void heard.push(told),
    onLine: (state: string) => void lines.push(state),
  };
  void watchRequests(account, options, end.signal);
}

const json = (body: unknown, status = 200) => Response.json(body, { status });
const refusal = (status: number, errorCode: string) => () => json({ errorCode }, status);
/** Answers once, and holds every further answer back. */
function firstThen(first: Response): Reply {
  let isFirst = true;
  return (url, signal) => {
    if (!isFirst) return never(url, signal);
    isFirst = false;
    return first;
  };
}

const never = (_url: URL, signal: AbortSignal) =>
  new Promise<Response>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

function stream(...texts: string[]): Reply {
  return (_url, signal) => {
    const body = new ReadableStream({
      start(controller) {
        for (const text of texts) controller.enqueue(new TextEncoder().encode(text));
        signal.addEventListener('abort', () => controller.error(signal.reason));
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
}

const sleep = setTimeout;
/** Signing takes its own time, whatever the clock says. */
const settle = () => new Promise((resolve) => sleep(resolve, 25));

async function pass(ms: number): Promise<void> {
  await settle();
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
}

const event = (told: unknown) => `event: request\ndata: ${JSON.stringify({ request: told })}\n\n`;

describe('requests are heard of', () => {
  it('by events, each change of them', async () => {
    await watch({ events: stream(event(null), ':\n\n', event(request)) });
    await pass(0);
    expect(heard).toEqual([null, request]);
    expect(new Set(lines)).toEqual(new Set(['live']));
    expect(called).toEqual(['events']);
  });

  it('by asking, where the events don’t come through', async () => {
    await watch({
      events: stream(),
      request: firstThen(json({ request })),
    });
    await pass(0);
    expect(heard).toEqual([]);
    await pass(6500);
    expect(heard).toEqual([request]);
    // What it knows already is nothing to be told at once.
    expect(called).toEqual(['events', 'request?wait=0', 'request?wait=25&known=cns_1']);
  });

  it('by asking, where the server streams nothing', async () => {
    await watch({ events: refusal(502, 'bad_gateway'), request: firstThen(json({ request: null })) });
    await pass(0);
    expect(called).toEqual(['events', 'request?wait=0', 'request?wait=25']);
    expect(lines[0]).toBe('live');
  });

  it('by looking every few seconds, where a server has lines enough from here', async () => {
    await watch({ events: stream(), request: () => json({ request: null }) }, false);
    await pass(0);
    await pass(5000);
    expect(called).toEqual(['request?wait=0', 'request?wait=0']);
  });
});

describe('a server', () => {
  it('that can’t be reached is asked again, later and later', async () => {
    await watch({ events: () => Promise.reject(new TypeError('Failed to fetch')) });
    const counts = [];
    for (const seconds of [1, 4, 25, 120]) {
      await pass(seconds * 1000);
      counts.push(called.length);
    }
    expect(new Set(lines)).toEqual(new Set(['unreachable']));
    expect(counts[0]).toBeGreaterThanOrEqual(1);
    expect(called.length).toBeGreaterThan(4);
    expect(called.length).toBeLessThan(20);
  });

  it('that ends its line at once is not called again at once', async () => {
    const closed = () => new Response(event(null), { headers: { 'content-type': 'text/event-stream' } });
    await watch({ events: closed });
    await pass(0);
    expect(called).toHaveLength(1);
    await pass(30_000);
    expect(called.length).toBeLessThan(10);
  });

  it('that falls silent is called again', async () => {
    await watch({ events: stream(event(null)) });
    await pass(0);
    await pass(41_000);
    await pass(2000);
    expect(called).toEqual(['events', 'events']);
  });

  it.each([
    [404, 'enrollment_not_found', 'refused'],
    [401, 'invalid_token', 'refused'],
    [403, 'feature_disabled_by_admin', 'off'],
  ])('that answers %i %s is asked rarely, and the line is %s', async (status, code, state) => {
    await watch({ events: refusal(status, code) });
    await pass(50_000);
    expect(called).toEqual(['events']);
    expect(lines).toEqual([state]);
    expect(heard).toEqual([null]);
    await pass(11_000);
    expect(called).toHaveLength(2);
  });

  it('says how long to wait when it is asked too often', async () => {
    const busy = () =>
      Response.json({ errorCode: 'too_many_requests' }, { status: 429, headers: { 'retry-after': '20' } });
    await watch({ events: busy });
    await pass(19_000);
    expect(called).toHaveLength(1);
    await pass(2000);
    expect(called).toHaveLength(2);
  });

  it('is called no more once nobody listens', async () => {
    await watch({ events: stream(event(null)) });
    await pass(0);
    end.abort();
    await pass(100_000);
    expect([called, lines]).toEqual([['events'], ['live']]);
  });
});

it('the time of a server is told by its answers, and small differences are none', () => {
  const at = (ms: number) => new Date(Date.now() + ms).toUTCString();
  expect(serverNow(baseUrl)).toBe(Date.now());
  tellServerTime(baseUrl, at(3000));
  expect(serverNow(baseUrl)).toBe(Date.now());
  tellServerTime(baseUrl, null);
  tellServerTime(baseUrl, 'soon');
  expect(clockError()).toBe(0);
  tellServerTime(baseUrl, at(-300_000));
  expect(Math.abs(serverNow(baseUrl) - Date.now() + 300_000)).toBeLessThanOrEqual(1000);
  expect(clockError()).toBeGreaterThan(298_000);
  tellServerTime(baseUrl, at(0));
  expect(clockError()).toBe(0);
});
