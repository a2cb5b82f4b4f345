import type { TenantSettings } from '../tenant/tenantSettings.ts';
import type { MethodDescription } from './factor.ts';
import type { AuthenticationMethod, UsePlace } from './methods.ts';
import type { EngineParts, EngineUser } from './parts.ts';

/** What a person may see of a method. */
export interface MethodView extends MethodDescription {
  id: string;
  factor: string;
  /** What its person calls it, else what the factor says of it. */
  name?: string;
  /** The former alone. */
  label?: string;
  /** Channels of its factor that are on; absent for a factor without any. */
  channels?: readonly string[];
  isConfirmed: boolean;
  /** The person has it without enrolment. */
  isImplicit?: true;
  createdAt: number;
  lastUsedAt?: number;
  lastUse?: UsePlace;
}

/** All of a person's methods, described. */
export async function viewMethods(
  parts: EngineParts,
  settings: TenantSettings,
  user: EngineUser,
): Promise<MethodView[]> {
  const methods = await parts.methodsOf(parts.database.db, user, settings);
  return methods.map((method) => viewOf(parts, settings, method));
}

/** One method, described. */
export function viewOf(
  { registry }: Pick<EngineParts, 'registry'>,
  settings: TenantSettings,
  method: AuthenticationMethod,
): MethodView {
  const { id, factor: name, state, isConfirmed, isImplicit, createdAt, lastUsedAt, lastUse, label } = method;
  const factor = registry.get(name);
  const channels = factor && registry.channelsOf(factor, settings);
  return {
    id,
    factor: name,
    ...factor?.describe(state),
    ...(label === undefined ? {} : { name: label, label }),
    ...(channels ? { channels } : {}),
    isConfirmed,
    ...(isImplicit ? { isImplicit } : {}),
    createdAt,
    ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
    ...(lastUse ? { lastUse } : {}),
  };
}
