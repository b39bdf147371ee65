// The query of a request against its schema. Everything in a query is text, so values are read as the schema wants them.

import { SluiceError } from '@sluice/protocol';
import type { Policy } from '../exchange/exchange.ts';
import { compileSchema, type JsonSchema } from './schema/json-schema.ts';

export function querySchemaPolicy(schema: JsonSchema | undefined): Policy | null {
  if (schema === undefined) return null;
  const check = compileSchema(schema, 'query');
  const types = typesOf(schema);
  return (next) => async (exchange) => {
    const problems = check(queryValues(exchange.query, types));
    if (problems.length > 0) throw new SluiceError('gateway.request_invalid', { problems });
    return next(exchange);
  };
}

/** Members of a query; one that comes twice, or that the schema wants to be a list, is a list. */
export function queryValues(
  query: string,
  types: ReadonlyMap<string, PropertyType> = new Map(),
): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null);
  const search = new URLSearchParams(query);
  for (const name of new Set(search.keys())) {
    const texts = search.getAll(name);
    const { type, items } = types.get(name) ?? {};
    if (type === 'array') values[name] = texts.map((text) => coerced(text, items));
    else values[name] = texts.length === 1 ? coerced(texts[0]!, type) : texts;
  }
  return { ...values };
}

interface PropertyType {
  readonly type?: unknown;
  readonly items?: unknown;
}

function typesOf(schema: JsonSchema): Map<string, PropertyType> {
  const properties =
    typeof schema === 'object' ? (schema.properties as Record<string, unknown> | undefined) : undefined;
  return new Map(
    Object.entries(properties ?? {}).map(([name, property]) => {
      const { type, items } = (property ?? {}) as { type?: unknown; items?: { type?: unknown } };
      return [name, { type, items: items?.type }];
    }),
  );
}

/** What cannot be read as the type stays text: the schema says what is wrong with it. */
function coerced(text: string, type: unknown): unknown {
  if ((type === 'integer' || type === 'number') && /^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
