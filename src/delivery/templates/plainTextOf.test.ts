import { expect, it } from 'vitest';
import { plainTextOf } from './plainTextOf.ts';

it.each([
  ['<p>One</p><p>Two<br>Three</p>', 'One\n\nTwo\nThree\n'],
  [
    '<a href="https://login.example.com/u?a=1&amp;b=2">Open</a>.',
    'Open https://login.example.com/u?a=1&b=2 .\n',
  ],
  ['<a href="#top">Up</a>', 'Up\n'],
  ['<head><title>T</title></head><style>p{}</style><script>1</script>Words<!-- no -->', 'Words\n'],
  ['<table><tr><td>Time</td><td>noon</td></tr></table>', 'Time noon\n'],
  ['a &lt;b&gt; &#39;c&#x27; &nbsp;d &unknown; &#99999999;', "a <b> 'c' d &unknown; &#99999999;\n"],
])('%s', (html, text) => {
  expect(plainTextOf(html)).toBe(text);
});

it('stays quick whatever it is given', () => {
  const started = performance.now();
  for (const piece of ['<', '<a ', '<!--', '<style>', '&#', ' ', '<p>']) plainTextOf(piece.repeat(20_000));
  expect(performance.now() - started).toBeLessThan(2000);
});
