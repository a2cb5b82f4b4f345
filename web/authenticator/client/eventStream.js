/** An event is a request, not more; what is longer comes from no server of ours. */
const longestEvent = 64 * 1024;

/**
 * Reads server-sent events (HTML §9.2.6) as they come: name and data of each. Comments only show that the
 * line is alive; `onLife` hears of every piece.
 * @param {ReadableStream<Uint8Array>} stream
 * @param {() => void} [onLife]
 * @returns {AsyncGenerator<{ event: string, data: string }, void, void>}
 */
export async function* readEvents(stream, onLife) {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onLife?.();
      text += decoder.decode(value, { stream: true });
      const blocks = text.split(/\r\n\r\n|\n\n|\r\r/);
      text = blocks.pop() ?? '';
      if (text.length > longestEvent) throw new RangeError('An event without an end.');
      for (const block of blocks) {
        const event = readBlock(block);
        if (event) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** @param {string} block */
function readBlock(block) {
  let event = 'message';
  const data = [];
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === 'event') event = value;
    if (field === 'data') data.push(value);
  }
  return data.length > 0 ? { event, data: data.join('\n') } : undefined;
}
