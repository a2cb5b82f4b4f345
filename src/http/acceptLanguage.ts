/** Longer lists come from no person; reading them would only cost time. */
const longestList = 1000;
const entryForm = /^([a-z]{1,8}(?:-[a-z0-9]{1,8})*)(?:\s*;\s*q=([01](?:\.\d{0,3})?))?$/i;

/**
 * The language tags of an `Accept-Language` header (RFC 9110 §12.5.4), most wanted first. What the person
 * refuses (`q=0`), any language (`*`) and what is no entry are left out.
 */
export function parseAcceptLanguage(header: string): string[] {
  return header
    .slice(0, longestList)
    .split(',')
    .flatMap((item) => {
      const [, tag, weight] = entryForm.exec(item.trim()) ?? [];
      return tag === undefined ? [] : { tag, weight: Number(weight ?? 1) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
