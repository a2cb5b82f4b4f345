import { readFileSync } from 'node:fs';

/**
 * Reads a settings file: JSON when its name ends in `.json`, else YAML. Throws an Error whose message
 * tells what is wrong and never repeats the content, which may hold secrets.
 */
export async function readSettingsFile(path: string): Promise<Record<string, unknown>> {
  const text = readText(path);
  const content = path.endsWith('.json') ? parseJson(text) : await parseYaml(text);
  if (content === null || content === undefined) return {};
  if (typeof content !== 'object' || Array.isArray(content)) {
    throw new Error('must hold settings by name, as in "port: 3000"');
  }
  return content as Record<string, unknown>;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`can't be read (${(cause as NodeJS.ErrnoException).code})`, { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Of the message only the place: the rest quotes the content.
    const [, line] = /\(line (\d+) column \d+\)/.exec((error as Error).message) ?? [];
    throw new Error(`is no valid JSON${line === undefined ? '' : ` (line ${line})`}`);
  }
}

async function parseYaml(text: string): Promise<unknown> {
  const { LineCounter, parseDocument } = await import('yaml');
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter });
  const [fault] = document.errors;
  if (fault) {
    const { line } = lineCounter.linePos(fault.pos[0]);
    throw new Error(`is no valid YAML (line ${line}: ${fault.code})`);
  }
  return document.toJS();
}
