/** A path below a base URL, which may end in a slash or not and may have a path of its own. */
export function joinUrl(baseUrl: string, path: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/${path}`;
}
