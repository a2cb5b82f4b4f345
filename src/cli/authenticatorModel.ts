import { X509Certificate } from 'node:crypto';
import type { House } from '../house.ts';
import {
  findModel,
  listModels,
  removeModels,
  type StoredModel,
  storeModels,
} from '../webauthn/models/storedModels.ts';
import { readMetadataFiles } from './authenticatorModelInput.ts';
import { CommandError } from './commandError.ts';
import { type CommonOptions, withCommonOptions } from './options.ts';
import { formatTable, type Output } from './output.ts';
import type { RegisterCommand } from './program.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { withHouse } from './withHouse.ts';

interface ImportOptions extends CommonOptions {
  root?: string;
}

/** `authenticator-model import|list|show|remove`: which models of security keys and devices are known. */
export const register: RegisterCommand = (program, io) => {
  const group = program
    .command('authenticator-model')
    .description('models of security keys and devices, from FIDO metadata');

  withCommonOptions(group.command('import'))
    .description('put the models of these files in the place of all that are known')
    .argument(
      '<files...>',
      'BLOB of the FIDO Metadata Service, or metadata statements in JSON; - for standard input',
    )
    .option(
      '--root <pem-file>',
      'certificates that a BLOB must lead to (default: those of the FIDO Metadata Service)',
    )
    .action((files: string[], options: ImportOptions) =>
      withHouse(options, io, (house, output) =>
        importModels(house, output, files, { ...options, input: io.input }),
      ),
    );

  withCommonOptions(group.command('list'))
    .description('list the models that are known')
    .action((options: CommonOptions) =>
      withHouse(options, io, async ({ database }, output) => {
        const models = (await listModels(database.db)).map(toWireModel);
        const columns = ['aaguid', 'description', 'status', 'certification'];
        output.print(models, formatTable(models, columns, 'No models are known: import FIDO metadata.'));
      }),
    );

  withCommonOptions(group.command('show'))
    .description('print a model and the certificates that its attestations lead to')
    .argument('<aaguid>', 'as "authenticator-model list" prints it')
    .action((aaguid: string, options: CommonOptions) =>
      withHouse(options, io, async ({ database }, output) => {
        const model = await findModel(database.db, aaguid);
        if (!model) throw new CommandError('not_found', `No model with the AAGUID ${aaguid} is known.`);
        output.print({ ...toWireModel(model), roots: model.roots.map(toWireRoot) });
      }),
    );

  withCommonOptions(group.command('remove'))
    .description('forget the models, also which of them are compromised')
    .requiredOption('--all', 'every one: a single model would be back with the next import')
    .action((options: CommonOptions) =>
      withHouse(options, io, async ({ database, clock }, output) => {
        const removed = await database.transaction(async (trx) => {
          const count = await removeModels(trx);
          if (count === 0) throw new CommandError('not_found', 'No models are known.');
          const details = { models: count };
          await recordOperatorAct(trx, clock, { description: 'Remove the authenticator models', details });
          return count;
        });
        output.print({ removed });
      }),
    );
};

async function importModels(
  { database, clock }: House,
  output: Output,
  files: readonly string[],
  source: Parameters<typeof readMetadataFiles>[1],
): Promise<void> {
  const read = await readMetadataFiles(files, source, clock());
  const models = read.flatMap(({ metadata }) => metadata.models);
  const sources = read.map(({ file, metadata }) => ({
    file,
    signed: metadata.isSigned,
    models: metadata.models.length,
    skipped_without_aaguid: metadata.skipped.noAaguid,
    skipped_unreadable: metadata.skipped.unreadable,
    unreadable_roots: metadata.unreadableRoots,
    issue: metadata.issue ?? null,
    next_update: metadata.nextUpdate ?? null,
  }));
  const known = await database.transaction(async (trx) => {
    const stored = await storeModels(trx, models, clock());
    const totals = {
      models: stored.length,
      compromised: stored.filter(({ isCompromised }) => isCompromised).length,
    };
    await recordOperatorAct(trx, clock, {
      description: 'Import authenticator models',
      details: { ...totals, issues: sources.map(({ signed, issue }) => ({ signed, issue })) },
    });
    return totals;
  });
  const columns = Object.keys(sources[0] ?? {});
  const text = `Models known: ${known.models}, compromised: ${known.compromised}.`;
  output.print({ ...known, files: sources }, `${text}\n\n${formatTable(sources, columns, '')}`);
  for (const { file, next_update: due } of sources) {
    if (due !== null && Date.parse(due) < clock())
      output.note(`${file}: the next issue was announced for ${due}; get a newer one.`);
  }
}

function toWireModel({ aaguid, description, isCompromised, certification, storedAt }: StoredModel) {
  return {
    aaguid,
    description,
    status: isCompromised ? 'compromised' : 'ok',
    certification: certification ?? null,
    imported_at: new Date(storedAt).toISOString(),
  };
}

function toWireRoot(root: string) {
  const { subject, validToDate, fingerprint256 } = new X509Certificate(Buffer.from(root, 'base64'));
  return {
    subject: subject.split('\n').join(', '),
    expires_at: validToDate.toISOString(),
    sha256: fingerprint256,
  };
}
