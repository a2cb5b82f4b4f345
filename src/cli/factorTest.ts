import type { Command } from 'commander';
import { CommandError } from './commandError.ts';
import type { CommandIo } from './commandIo.ts';
import { findFactor } from './findFactor.ts';
import { type CommonOptions, withServerOptions } from './options.ts';
import { withHouse } from './withHouse.ts';

/** Adds `factor test`: asks the service of a factor whether it is there and takes the settings. */
export function registerFactorTest(group: Command, io: CommandIo): void {
  withServerOptions(group.command('test'))
    .description('ask the service that a factor sends people to whether it takes the settings')
    .argument('<factor>', 'its name, as in duo')
    .action((name: string, options: CommonOptions) =>
      withHouse(options, io, async ({ engine }, output) => {
        const factor = findFactor(engine.registry, name);
        const probed = await engine.redirects.probe(factor.name);
        if (!probed) throw new CommandError('invalid_input', `${name} sends people to no other service.`);
        if (!probed.isUp) {
          const what = probed.isOutage ? 'can’t be reached' : 'refuses';
          throw new CommandError('service_unavailable', `The service of ${name} ${what}: ${probed.detail}.`);
        }
        output.print({ name, ok: true }, `The service of ${name} takes the settings.`);
      }),
    );
}
