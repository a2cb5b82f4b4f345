/** The code of a system or TLS fault; never its text, which may name hosts. */
export function faultCode(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'failed';
}
