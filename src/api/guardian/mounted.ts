import type { App } from '../../http/createApp.ts';
import { describedMount, mounts } from './mounts.ts';
import { handleGuardianError } from './problem.ts';
import { type Describe, described, undescribed } from './tagged.ts';

/** Registers calls at each mount. The OpenAPI document has them once. */
export async function atEachMount(
  app: App,
  register: (scope: App, describe: Describe) => void,
): Promise<void> {
  for (const mount of mounts) {
    const describe = mount === describedMount ? described : undescribed;
    await scoped(app, mount, (scope) => register(scope, describe));
  }
}

/** Registers calls below a prefix whose errors have this API's shape. */
export async function scoped(app: App, prefix: string, register: (scope: App) => void): Promise<void> {
  await app.register(
    async (scope) => {
      scope.setErrorHandler(handleGuardianError);
      register(scope);
    },
    { prefix },
  );
}
