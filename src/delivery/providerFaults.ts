import type { TObject } from 'typebox';
import { DeliveryError, type ProviderConfig, type ProviderDefinition } from './providers/provider.ts';
import type { ProviderSetUp } from './routes.ts';

/** A field of a provider that isn't as it should be, and what it should be; values are not repeated. */
export interface FieldFault {
  member: string;
  expected: string;
}

/** What an operator gave for the fields of a schema. */
export type Fields = Record<string, unknown>;

/** Every fault of the values at once. */
export async function fieldFaults(schema: TObject, fields: Fields): Promise<FieldFault[]> {
  const { Errors } = await import('typebox/value');
  const faults = new Map<string, string>();
  for (const error of Errors(schema, fields)) {
    const at = error.instancePath.split('/')[1];
    for (const member of at ? [at] : missingMembers(schema, fields)) {
      const { description } = schema.properties[member] as { description?: string };
      faults.set(member, description ?? 'invalid.');
    }
  }
  return [...faults].map(([member, expected]) => ({ member, expected }));
}

/**
 * Why a provider can't be used like this, in a word of its own; undefined where it can. It may know more than its
 * fields tell, such as that one of two has to be there.
 */
export function setUpFault(
  { tools }: Pick<ProviderSetUp, 'tools'>,
  definition: ProviderDefinition,
  config: ProviderConfig<Fields, Fields>,
): string | undefined {
  try {
    definition.create(config, tools).close?.();
    return undefined;
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    return error.code.replaceAll('_', ' ');
  }
}

function missingMembers(schema: TObject, fields: Fields): string[] {
  const required = (schema.required ?? []) as readonly string[];
  return required.filter((member) => fields[member] === undefined);
}
