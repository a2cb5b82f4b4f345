/** What was wrong, in one line, without values. Liquid writes the place behind its message too; here it stands apart. */
export function templateProblem(error: unknown): string {
  const { originalError, message } = error as { originalError?: unknown; message: string };
  const text = originalError instanceof Error ? originalError.message : message;
  return text
    .replace(/, (?:file:[^,]*, )?line:\d+, col:\d+.*$/s, '')
    .replace(/^undefined filter: (.*)$/, 'unknown filter "$1"')
    .replace(/^undefined variable: (.*)$/, 'unknown variable "$1"')
    .replace(/^tag "(.*?)" not found$/, 'unknown tag "$1"')
    .replace(/\s+/g, ' ')
    .slice(0, 200);
}

/** Where it was, both from 1; nothing when it is about the whole. */
export function templateProblemPlace(error: unknown): { line?: number; column?: number } {
  const { token } = error as { token?: { getPosition?: () => [number, number] } };
  if (!token?.getPosition) return {};
  const [line, column] = token.getPosition();
  return { line, column };
}
