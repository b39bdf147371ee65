// Members in the order in which a sequence wants its elements: JSON has none.

import type { JsonSchema } from '@sluice/protocol';
import { alternativesOf } from '../schema/resolve.ts';

/** @param schema  of the input; its properties stand in the order of the WSDL */
export function ordered(value: unknown, schema: JsonSchema, root: JsonSchema = schema): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const alternatives = alternativesOf(schema, root);
  const known = alternatives.find((one) => one.items ?? one.properties) ?? {};
  if (Array.isArray(value)) {
    const items = (known.items ?? known) as JsonSchema;
    return value.map((item) => ordered(item, items, root));
  }
  const properties = (known.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  const names = [...Object.keys(properties).filter((name) => Object.hasOwn(value, name)), ...Object.keys(value)];
  return Object.fromEntries(
    [...new Set(names)].map((name) => [
      name,
      ordered((value as Record<string, unknown>)[name], Object.hasOwn(properties, name) ? properties[name]! : {}, root),
    ]),
  );
}
