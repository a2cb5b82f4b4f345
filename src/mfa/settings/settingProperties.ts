import type { TObject, TSchema } from 'typebox';
import { wireName } from '../../config/wireName.ts';

/** A factor's settings by the names that its schema has. */
export type FactorSettings = Record<string, unknown>;

/** What is read of a setting's JSON Schema. */
export interface SettingProperty extends TSchema {
  type?: string;
  const?: unknown;
  anyOf?: SettingProperty[];
  items?: SettingProperty;
  /** What a text of it is, in words: `a country such as DE`. */
  title?: string;
  minimum?: number;
  maximum?: number;
  /** What it brings about, in words for the operator. */
  description?: string;
  default?: unknown;
  /** Stored sealed, and never shown again. */
  secret?: boolean;
}

/** The schemas of a factor's settings by the names that operators read and write: `period_seconds`. */
export function settingProperties(
  schema: TObject,
): Map<string, { member: string; property: SettingProperty }> {
  const properties = Object.entries(schema.properties as Record<string, SettingProperty>);
  return new Map(properties.map(([member, property]) => [wireName(member), { member, property }]));
}

/** The settings under those names; of a secret one only whether it is set (S-105). */
export function toWireSettings(schema: TObject, settings: FactorSettings): FactorSettings {
  const described = [...settingProperties(schema)].map(([name, { member, property }]) => [
    name,
    property.secret ? standOf(settings[member]) : settings[member],
  ]);
  return Object.fromEntries(described);
}

/** A change in words for the log: what was, and what is. Of a secret one, whether it was replaced. */
export function describeChange(
  schema: TObject,
  before: FactorSettings,
  after: FactorSettings,
): { from: FactorSettings; to: FactorSettings } {
  const replaced = [...settingProperties(schema)]
    .filter(([, { member, property }]) => property.secret && before[member] && after[member])
    .filter(([, { member }]) => before[member] !== after[member])
    .map(([name]) => [name, 'replaced']);
  return {
    from: toWireSettings(schema, before),
    to: { ...toWireSettings(schema, after), ...Object.fromEntries(replaced) },
  };
}

/** What may be said of a secret setting. */
export function standOf(value: unknown): 'set' | 'not set' {
  return value ? 'set' : 'not set';
}

/** What a value has to be, in words. */
export function describeExpected(property: SettingProperty): string {
  const { type, const: only, anyOf, items, title = 'a text', minimum, maximum } = property;
  if (items) return `${describeExpected(items)}, several separated by commas`;
  if (anyOf) return anyOf.map(describeExpected).join(' or ');
  if (only !== undefined) return String(only);
  if (type === 'boolean') return 'true or false';
  if (type !== 'integer' && type !== 'number') return title;
  const bounds = [
    ...(minimum === undefined ? [] : [`from ${minimum}`]),
    ...(maximum === undefined ? [] : [`to ${maximum}`]),
  ];
  return [type === 'integer' ? 'a whole number' : 'a number', ...bounds].join(' ');
}
