import { readFile } from 'node:fs/promises';
import { generateMasterKey, loadMasterKey, type MasterKey, stageMasterKey } from '../crypto/masterKey.ts';
import { rotateSigningKeys } from '../crypto/signingKeys.ts';
import { rewrapDataKeys } from '../crypto/vault.ts';
import type { House } from '../house.ts';
import { CommandError } from './commandError.ts';
import { type CommonOptions, withCommonOptions } from './options.ts';
import type { Output } from './output.ts';
import type { RegisterCommand } from './program.ts';
import { recordOperatorAct } from './recordOperatorAct.ts';
import { withHouse } from './withHouse.ts';

interface RotateOptions extends CommonOptions {
  master?: true;
  newMasterKeyFile?: string;
}

/** `keys rotate`: new signing keys, or a new master key. */
export const register: RegisterCommand = (program, io) => {
  const group = program.command('keys').description('signing keys and the master key');

  withCommonOptions(group.command('rotate'))
    .description('sign with new keys from now on; tokens signed before stay valid until they expire')
    .option('--master', 'replace the master key instead: the keys of stored secrets are wrapped anew')
    .option('--new-master-key-file <file>', 'with --master: the new key, made by you')
    .action((options: RotateOptions) =>
      withHouse(options, io, (house, output) =>
        options.master ? rotateMaster(house, output, options.newMasterKeyFile) : rotateSigning(house, output),
      ),
    );
};

async function rotateSigning({ database, vault, clock }: House, output: Output): Promise<void> {
  const kids = await rotateSigningKeys(database, vault, clock, (trx, made) =>
    recordOperatorAct(trx, clock, { description: 'Rotate the signing keys', details: { kids: made } }),
  );
  output.print({ kids }, `New signing keys: ${kids.join(', ')}. Running servers use them within seconds.`);
}

/**
 * Servers that run keep working, since they hold the unwrapped keys; they need the new master key to
 * start again. A staged key is never deleted here: after a fault nobody can tell whether the database
 * took it, and losing the right one loses everything.
 */
async function rotateMaster(house: House, output: Output, newKeyFile: string | undefined): Promise<void> {
  const { database, clock, settings } = house;
  const { masterKey: value, masterKeyCommand: command, masterKeyFile: file } = settings;
  if (newKeyFile === undefined && (value !== undefined || command)) {
    throw new CommandError(
      'usage',
      'The master key is not kept in a file here: make a new one and name it with --new-master-key-file.',
    );
  }
  const previous = await loadMasterKey({ value, command, file });
  const next = newKeyFile === undefined ? generateMasterKey() : await readKey(newKeyFile);
  const staged = newKeyFile === undefined ? await stageMasterKey(file, next) : undefined;
  const rewrapped = await rewrapDataKeys(database, previous, next, (trx) =>
    recordOperatorAct(trx, clock, { description: 'Replace the master key' }),
  );
  await staged?.commit();
  const rest = staged
    ? `${file} holds the new master key: back it up.`
    : `Put the key of ${newKeyFile} in the place of the old one before the next start.`;
  output.print({ rewrapped }, `Wrapped ${rewrapped} keys anew. ${rest}`);
}

async function readKey(file: string): Promise<MasterKey> {
  return loadMasterKey({ value: await readFile(file, 'utf8') });
}
