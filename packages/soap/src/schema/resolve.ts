import type { JsonSchema } from '@sluice/protocol';

/** What a schema allows, through references and alternatives; null apart. */
export function alternativesOf(schema: JsonSchema, root: JsonSchema): JsonSchema[] {
  if (typeof schema.$ref === 'string') {
    const definitions = (root.$defs ?? {}) as Readonly<Record<string, JsonSchema>>;
    const found = definitions[schema.$ref.slice('#/$defs/'.length)];
    return found ? alternativesOf(found, root) : [];
  }
  const alternatives = schema.anyOf as readonly JsonSchema[] | undefined;
  if (alternatives) return alternatives.flatMap((one) => alternativesOf(one, root));
  return schema.type === 'null' ? [] : [schema];
}
