import type { Liquid, Template } from 'liquidjs';
import { escapingLiquid, longestSource, plainLiquid } from './liquidEnvironment.ts';
import { previewTemplate } from './previewTemplate.ts';
import { SenderError } from './renderEmail.ts';
import { partsOf, type TemplateKey, type TemplatePart, type TemplateParts } from './templateKey.ts';
import { templateProblem, templateProblemPlace } from './templateProblem.ts';
import { senderVariables, type TemplateVariable, templateVariables } from './templateVariables.ts';

/** One thing that is wrong with a template. */
export interface TemplateFault {
  part: TemplatePart;
  /** Both from 1; absent when it is about the whole part. */
  line?: number;
  column?: number;
  /** One sentence without a full stop. */
  problem: string;
}

const longestParts: Readonly<Record<TemplateKey['channel'], Partial<Record<TemplatePart, number>>>> = {
  sms: { text: 4000 },
  voice: { text: 4000 },
  email: { from: 1000, subject: 1000, html: longestSource, text: longestSource },
};

/**
 * Everything that would keep a template from being used: missing parts, syntax, names that don't exist, and
 * what shows only when a sample is made of it, such as a missing code. Empty when it is good.
 */
export async function checkTemplate(key: TemplateKey, parts: TemplateParts): Promise<TemplateFault[]> {
  const faults = partsOf(key).flatMap(({ part, isNeeded }) => {
    const source = parts[part];
    if (source === undefined || source.trim() === '') {
      return isNeeded || source !== undefined ? [{ part, problem: 'it is empty' }] : [];
    }
    const longest = longestParts[key.channel][part] ?? longestSource;
    if (source.length > longest) return [{ part, problem: `it is longer than ${longest} characters` }];
    return sourceFaults(key, part, source);
  });
  return faults.length > 0 ? faults : sampleFaults(key, parts);
}

/** One line for a person: `html, line 3, column 7: unknown variable "user.name"`. */
export function faultText({ part, line, column, problem }: TemplateFault): string {
  return line === undefined ? `${part}: ${problem}` : `${part}, line ${line}, column ${column}: ${problem}`;
}

function sourceFaults(key: TemplateKey, part: TemplatePart, source: string): TemplateFault[] {
  const liquid = part === 'html' ? escapingLiquid : plainLiquid;
  let template: Template[];
  try {
    template = liquid.parse(source);
  } catch (error) {
    return [{ part, ...templateProblemPlace(error), problem: templateProblem(error) }];
  }
  const known = part === 'from' ? senderVariables(key) : templateVariables(key);
  return unknownVariables(liquid, template, known).map((fault) => ({ part, ...fault }));
}

function unknownVariables(liquid: Liquid, template: Template[], known: readonly TemplateVariable[]) {
  const { globals } = liquid.analyzeSync(template, { partials: false });
  const faults = Object.values(globals)
    .flat()
    .filter(({ segments }) => !isKnown(segments, known))
    .map(({ segments, location }) => ({
      line: location.row,
      column: location.col,
      problem: `unknown variable "${pathOf(segments)}"${suggestion(segments, known)}`,
    }));
  return faults.sort((a, b) => a.line - b.line || a.column - b.column);
}

type Segments = readonly unknown[];

/** Only what has a value of its own counts, not an object that holds some. */
function isKnown(segments: Segments, known: readonly TemplateVariable[]): boolean {
  return known.some(({ name, items }) => {
    const path = name.split('.');
    if (!path.every((member, place) => segments[place] === member)) return false;
    const rest = segments.slice(path.length);
    if (rest.length === 0) return true;
    if (rest.length === 1 && rest[0] === 'size') return true;
    const [item, member] = rest;
    return items !== undefined && (typeof item === 'number' || item === 'first' || item === 'last')
      ? member === undefined || items.includes(String(member))
      : false;
  });
}

function pathOf(segments: Segments): string {
  return segments.map((segment) => (typeof segment === 'object' ? '[…]' : String(segment))).join('.');
}

/** Members of the same object, or one whose name holds the unknown one. */
function suggestion(segments: Segments, known: readonly TemplateVariable[]): string {
  const root = String(segments[0]);
  const last = String(segments.at(-1));
  const near = known.filter(
    ({ name }) => name.startsWith(`${root}.`) || name.split(/[._]/).includes(last) || name.startsWith(root),
  );
  return near.length === 0 ? '' : `; there is ${near.map(({ name }) => name).join(', ')}`;
}

async function sampleFaults(key: TemplateKey, parts: TemplateParts): Promise<TemplateFault[]> {
  const sender = { friendlyName: 'Example', supportEmail: 'help@example.com' };
  try {
    await previewTemplate(key, parts, { publicUrl: 'https://login.example.com/', sender, language: 'en' });
    return [];
  } catch (error) {
    const part = error instanceof SenderError ? 'from' : key.channel === 'email' ? 'html' : 'text';
    return [{ part, ...templateProblemPlace(error), problem: templateProblem(error) }];
  }
}
