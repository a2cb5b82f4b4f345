import type { TenantSettings } from '../tenant/tenantSettings.ts';
import type { MethodDescription } from './factor.ts';
import type { EngineParts, EngineUser } from './parts.ts';

/** What a person may see of a method. */
export interface MethodView extends MethodDescription {
  id: string;
  factor: string;
  /** Channels of its factor that are on; absent for a factor without any. */
  channels?: readonly string[];
  isConfirmed: boolean;
  /** The person has it without enrolment. */
  isImplicit?: true;
  createdAt: number;
  lastUsedAt?: number;
}

/** All of a person's methods, described. */
export async function viewMethods(
  parts: EngineParts,
  settings: TenantSettings,
  user: EngineUser,
): Promise<MethodView[]> {
  const methods = await parts.methodsOf(parts.database.db, user, settings);
  return methods.map(({ id, factor: name, state, isConfirmed, isImplicit, createdAt, lastUsedAt }) => {
    const factor = parts.registry.get(name);
    const channels = factor && parts.registry.channelsOf(factor, settings);
    return {
      id,
      factor: name,
      ...factor?.describe(state),
      ...(channels ? { channels } : {}),
      isConfirmed,
      ...(isImplicit ? { isImplicit } : {}),
      createdAt,
      ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
    };
  });
}
