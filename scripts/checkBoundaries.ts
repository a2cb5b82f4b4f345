import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { findMutualFolders } from './boundaries/findMutualFolders.ts';
import { plants, plantViolations } from './boundaries/plantViolations.ts';

interface Configuration {
  forbidden: IForbiddenRuleType[];
  options: ICruiseOptions;
}

const root = join(import.meta.dirname, '..');
const configuration = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as Configuration;

/** Reads every import below `baseDir` and judges it by the rules. */
async function judge(baseDir: string): Promise<ICruiseResult> {
  const folders = ['src', 'web', 'bin'].filter((folder) => existsSync(join(baseDir, folder)));
  const { output } = await cruise(folders, {
    ...configuration.options,
    baseDir,
    validate: true,
    ruleSet: { forbidden: configuration.forbidden },
  });
  return output as ICruiseResult;
}

/** A rule that catches nothing looks like a rule that is kept, so each has to catch its planted violation. */
async function findBlindRules(): Promise<string[]> {
  using planted = plantViolations(root);
  const { summary, modules } = await judge(planted.folder);
  const caught = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
  const rules = new Set([...configuration.forbidden.map(nameOf), ...Object.keys(plants)]);
  const blind = [...rules].filter((name) => !caught.includes(`${name}: ${plants[name]?.[0]}`));
  return findMutualFolders(modules).length > 0 ? blind : [...blind, 'no-mutual-folders'];
}

function nameOf(rule: IForbiddenRuleType): string {
  return rule.name ?? 'unnamed';
}

/** All faults of the source tree as lines to print. */
async function findFaults(): Promise<string[]> {
  const { summary, modules } = await judge(root);
  const sources = modules.filter((module) => /^(src|web|bin)\//.test(module.source));
  if (sources.length === 0) return ['0 modules were read, so nothing was checked.'];
  console.log(`${sources.length} modules, ${summary.totalDependenciesCruised ?? 0} imports`);
  const comments = new Map(configuration.forbidden.map((rule) => [nameOf(rule), rule.comment ?? '']));
  return [
    ...summary.violations.map(
      ({ from, to, rule }) => `${rule.name}: ${from} → ${to}\n  ${comments.get(rule.name) ?? ''}`,
    ),
    ...findMutualFolders(modules).map(
      ([one, other]) => `no-mutual-folders: ${one} and ${other} import each other`,
    ),
  ];
}

const blind = await findBlindRules();
const faults = await findFaults();
for (const rule of blind) console.error(`${rule}: doesn't catch its planted violation, or has none`);
for (const fault of faults) console.error(fault);
if (blind.length + faults.length > 0) process.exit(1);
console.log(`Boundaries hold; all ${configuration.forbidden.length} rules catch their planted violation.`);
