import { expect, it } from 'vitest';
import { readEvents } from './client/eventStream.js';

async function read(...pieces: (string | Uint8Array)[]) {
  const encoder = new TextEncoder();
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece));
  let life = 0;
  const events = [];
  const stream = new ReadableStream({
    start(controller) {
      for (const piece of bytes) controller.enqueue(piece);
      controller.close();
    },
  });
  for await (const event of readEvents(stream, () => (life += 1))) events.push(event);
  return { events, life };
}

it('events are read whatever pieces they come in, and comments are signs of life', async () => {
  const { events, life } = await read(
    ':\n\n',
    'event: requ',
    'est\ndata: {"request"',
    ':null}\n',
    '\ndata:a\ndata: b\n\n',
  );
  expect(events).toEqual([
    { event: 'request', data: '{"request":null}' },
    { event: 'message', data: 'a\nb' },
  ]);
  expect(life).toBe(5);
});

it('a letter that is cut in two is whole again', async () => {
  const [start, end] = [new Uint8Array([0xc3]), new Uint8Array([0xab])];
  expect((await read('data: Zo', start, end, '\r\n\r\n')).events).toEqual([
    { event: 'message', data: 'Zoë' },
  ]);
});

it('an event that did not come to its end is left out, and one without an end breaks off', async () => {
  expect((await read('event: request\ndata: 1')).events).toEqual([]);
  await expect(read('x'.repeat(70_000))).rejects.toThrow(RangeError);
});
