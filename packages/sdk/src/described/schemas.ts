// A schema of an operation with what it refers to: the table of definitions is one for all, and each schema leaves it alone.

import type { JsonSchema } from '@sluice/protocol';

const REFERENCE = /^#\/\$defs\/(.+)$/;

export function standing(schema: JsonSchema, definitions: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const needed = new Map<string, JsonSchema>();
  collect(schema, definitions, needed);
  return needed.size === 0 ? schema : { ...schema, $defs: Object.fromEntries(needed) };
}

function collect(
  value: unknown,
  definitions: Readonly<Record<string, JsonSchema>>,
  needed: Map<string, JsonSchema>,
): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const name = key === '$ref' && typeof member === 'string' ? REFERENCE.exec(member)?.[1] : undefined;
    if (name === undefined) collect(member, definitions, needed);
    else if (!needed.has(name) && Object.hasOwn(definitions, name)) {
      needed.set(name, definitions[name]!);
      collect(definitions[name], definitions, needed);
    }
  }
}
