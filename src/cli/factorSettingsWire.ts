import type { TObject, TSchema } from 'typebox';

/** By the names the factor's schema has. */
export type FactorSettings = Record<string, unknown>;

/** What this reads of a property's JSON Schema. */
interface Property extends TSchema {
  type?: string;
  const?: unknown;
  anyOf?: Property[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
}

/** The schemas of a factor's settings by the name that commands print and take: `period_seconds`. */
export function factorProperties(schema: TObject): Map<string, { member: string; property: Property }> {
  const properties = Object.entries(schema.properties as Record<string, Property>);
  return new Map(properties.map(([member, property]) => [wireName(member), { member, property }]));
}

export function toWireFactorSettings(settings: FactorSettings): FactorSettings {
  return Object.fromEntries(Object.entries(settings).map(([member, value]) => [wireName(member), value]));
}

/** A line each for people. */
export function describeFactorSettings(schema: TObject, settings: FactorSettings) {
  return [...factorProperties(schema)].map(([setting, { member, property }]) => ({
    setting,
    value: settings[member],
    default: property.default,
    expected: describeExpected(property),
  }));
}

/** What a value has to be, in words. */
export function describeExpected({ type, const: only, anyOf, minimum, maximum }: Property): string {
  if (anyOf) return anyOf.map(describeExpected).join(' or ');
  if (only !== undefined) return String(only);
  if (type === 'boolean') return 'true or false';
  if (type !== 'integer' && type !== 'number') return 'a text';
  const bounds = [
    ...(minimum === undefined ? [] : [`from ${minimum}`]),
    ...(maximum === undefined ? [] : [`to ${maximum}`]),
  ];
  return [type === 'integer' ? 'a whole number' : 'a number', ...bounds].join(' ');
}

function wireName(member: string): string {
  return member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
