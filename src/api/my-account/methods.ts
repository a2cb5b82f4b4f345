import type { MfaEngine } from '../../mfa/engine.ts';
import type { MethodView } from '../../mfa/methodViews.ts';
import { readTenantSettings } from '../../tenant/tenantSettings.ts';
import type { MyAccountDependencies } from './dependencies.ts';
import { describeMethod } from './methodObject.ts';
import { describePassword } from './password.ts';

/** Everything that a person signs in by: the password, then the confirmed methods, oldest first. */
export async function methodsOf(dependencies: MyAccountDependencies, userId: string) {
  const { engine, database } = dependencies;
  const password = await describePassword(database.db, userId);
  const methods = (await engine.methods(userId)).filter(({ isConfirmed }) => isConfirmed);
  const describe = await describer(dependencies, userId);
  return [...(password ? [password] : []), ...methods.flatMap((method) => describe(method) ?? [])];
}

/** Tells methods of one person. */
export async function describer(
  { engine, database }: { engine: MfaEngine; database: MyAccountDependencies['database'] },
  userId: string,
) {
  const { passkeySignIn: signsInAlone } = await readTenantSettings(database.db);
  return (method: MethodView) => {
    const factor = engine.registry.get(method.factor);
    return factor && describeMethod(factor, method, { userId, signsInAlone });
  };
}
