import { systemClock } from '../config/clock.ts';
import { runChecks } from './checks.ts';
import type { Finding } from './finding.ts';
import { type CommonOptions, settingOption, withCommonOptions } from './options.ts';
import { createOutput } from './output.ts';
import type { RegisterCommand } from './program.ts';
import { settingsOf } from './withHouse.ts';

const marks: Record<Finding['status'], string> = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' };

/** `doctor`: looks at everything the server needs and says what to mend. Exit code 1 when something failed. */
export const register: RegisterCommand = (program, io, setExitCode) => {
  withCommonOptions(program.command('doctor'))
    .description('check settings, database, clock, keys, e-mail and the public address; say what to mend')
    .addOption(settingOption('dev'))
    .addOption(settingOption('https'))
    .addOption(settingOption('port'))
    .addOption(settingOption('publicUrl'))
    .action(async (options: CommonOptions) => {
      const settings = await settingsOf(options, io);
      // A flag that says where the server is, or will be, wins over where it last was.
      const isNamed = [options.publicUrl, options.port, options.https].some((flag) => flag !== undefined);
      const checks = await runChecks(settings, systemClock, async (publicUrl) =>
        settings.dev && !isNamed ? settingsOf(options, io, { publicUrl }) : settings,
      );
      const isWell = checks.every(({ status }) => status !== 'failed');
      createOutput(io, options.json === true).print({ ok: isWell, checks }, checks.map(describe).join('\n'));
      if (!isWell) setExitCode(1);
    });
};

function describe({ name, status, message, advice }: Finding): string {
  return `${marks[status]}  ${name}: ${message}${advice === undefined ? '' : `\n         → ${advice}`}`;
}
