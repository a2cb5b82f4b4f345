import { createReadStream } from 'node:fs';
import type { Command } from 'commander';
import type { ImportFault } from '../accounts/imports/importFault.ts';
import { readImportedUser } from '../accounts/imports/readImportedUser.ts';
import { storeImportedUser } from '../accounts/imports/storeImportedUser.ts';
import type { House } from '../house.ts';
import { readTenantSettings } from '../tenant/tenantSettings.ts';
import { CommandError } from './commandError.ts';
import type { CommandIo } from './commandIo.ts';
import { type Imported, ImportReport } from './importReport.ts';
import { type CommonOptions, withCommonOptions } from './options.ts';
import { readRecords } from './readRecords.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { withHouse } from './withHouse.ts';

interface ImportOptions extends CommonOptions {
  dryRun?: true;
  upsert?: true;
  connection?: string;
}

/** `user import`: people who come from Auth0, with their second factors. Exit code 1 when one couldn't be taken. */
export function registerUserImport(group: Command, io: CommandIo, setExitCode: (code: number) => void): void {
  withCommonOptions(group.command('import'))
    .description('take people over from a file of Auth0’s user import, with their second factors')
    .argument('<file>', 'JSON array or one JSON object a line; - reads standard input')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--upsert', 'update profile and metadata of people who are there already')
    .option('--connection <name>', 'another connection than the tenant’s default directory')
    .action((file: string, options: ImportOptions) =>
      withHouse(options, io, async (house, output) => {
        const { defaultDirectory } = await readTenantSettings(house.database.db);
        const rules = {
          connection: options.connection ?? defaultDirectory,
          updates: options.upsert === true,
          isTrial: options.dryRun === true,
        };
        const report = new ImportReport(output, rules.isTrial);
        for await (const { line, text } of readRecords(open(file, io))) {
          report.add(line, await importOne(house, rules, report, text));
        }
        report.print();
        if (report.hasFailures) setExitCode(1);
      }),
    );
}

interface Rules {
  connection: string;
  updates: boolean;
  isTrial: boolean;
}

/** Each user is a transaction of their own: what was taken stays, whatever comes after. */
async function importOne(house: House, rules: Rules, report: ImportReport, text: string): Promise<Imported> {
  const { database, clock, engine } = house;
  const read = readImportedUser(parse(text));
  if ('faults' in read) return { outcome: 'failed', faults: read.faults };
  const { user } = read;
  const { email, mfaFactors } = user;
  const failed = (...faults: ImportFault[]): Imported => ({ outcome: 'failed', email, faults });
  const earlier = report.lineOf(email);
  if (earlier !== undefined) return failed({ path: 'email', message: `line ${earlier} has it as well` });
  const factors = mfaFactors === undefined ? { methods: [] } : await engine.imports.read(mfaFactors);
  if ('faults' in factors) return failed(...factors.faults);
  const { methods } = factors;

  return orNothing(rules.isTrial, (rollBack) =>
    database.transaction(async (trx) => {
      const stored = await storeImportedUser(trx, clock, user, rules);
      if ('fault' in stored) return failed(stored.fault);
      const { outcome, userId } = stored;
      const hasAdded = methods.length > 0 && (await engine.imports.add(trx, userId, methods));
      const notices =
        methods.length > 0 && !hasAdded
          ? [...user.notices, 'The second factors are not carried over: the person has one here.']
          : user.notices;
      await recordOperatorAct(trx, clock, {
        description: outcome === 'inserted' ? 'Import a user' : 'Update a user by import',
        userId,
        details: { factors: hasAdded ? methods.map(({ factor }) => factor) : [] },
      });
      return rollBack({ outcome, email, notices });
    }),
  );
}

/** A trial does all the same, and takes it back. */
async function orNothing(
  isTrial: boolean,
  work: (rollBack: (imported: Imported) => Imported) => Promise<Imported>,
): Promise<Imported> {
  try {
    return await work((imported) => {
      if (isTrial) throw new TrialOver(imported);
      return imported;
    });
  } catch (error) {
    if (error instanceof TrialOver) return error.imported;
    throw error;
  }
}

class TrialOver extends Error {
  readonly imported: Imported;

  constructor(imported: Imported) {
    super('The trial is over.');
    this.imported = imported;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function* open(file: string, io: CommandIo): AsyncGenerator<Uint8Array | string> {
  if (file === '-') {
    yield* io.input;
    return;
  }
  try {
    yield* createReadStream(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError('invalid_input', `${file} can’t be read: ${code ?? 'unknown'}.`);
  }
}
