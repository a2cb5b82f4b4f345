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
}

/** The schemas of a factor's settings by the names that operators read and write: `period_seconds`. */
export function settingProperties(
  schema: TObject,
): Map<string, { member: string; property: SettingProperty }> {
  const properties = Object.entries(schema.properties as Record<string, SettingProperty>);
  return new Map(properties.map(([member, property]) => [wireName(member), { member, property }]));
}

/** The settings under those names. */
export function toWireSettings(settings: FactorSettings): FactorSettings {
  return Object.fromEntries(Object.entries(settings).map(([member, value]) => [wireName(member), value]));
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
