// The query and the parameters of the path against their schemas. Both are text, so values are read as the schema wants them.

import { SluiceError } from '@sluice/protocol';
import type { Policy } from '../exchange/exchange.ts';
import { compileSchema, type JsonSchema } from './schema/json-schema.ts';
import { type PropertyTypes, propertyTypesOf } from './schema/property-types.ts';

interface Schemas {
  readonly query?: JsonSchema | undefined;
  readonly params?: JsonSchema | undefined;
}

export function parameterSchemasPolicy({ query, params }: Schemas = {}): Policy | null {
  if (query === undefined && params === undefined) return null;
  const queryTypes = propertyTypesOf(query);
  const paramTypes = propertyTypesOf(params);
  const checkQuery = query === undefined ? null : compileSchema(query, 'query');
  const checkParams = params === undefined ? null : compileSchema(params, 'path');
  return (next) => (exchange) => {
    const problems = [
      ...(checkParams?.(pathValues(exchange.params, paramTypes)) ?? []),
      ...(checkQuery?.(queryValues(exchange.query, queryTypes)) ?? []),
    ];
    if (problems.length > 0) throw new SluiceError('gateway.request_invalid', { problems });
    return next(exchange);
  };
}

/** Members of a query; one that comes twice, or that the schema wants to be a list, is a list. */
export function queryValues(query: string, types: PropertyTypes = new Map()): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null);
  const search = new URLSearchParams(query);
  for (const name of new Set(search.keys())) {
    const texts = search.getAll(name);
    const type = types.get(name);
    if (type?.own.has('array')) values[name] = texts.map((text) => coerced(text, type.items));
    else values[name] = texts.length === 1 ? coerced(texts[0]!, type?.own) : texts;
  }
  return { ...values };
}

function pathValues(
  params: Readonly<Record<string, string | undefined>>,
  types: PropertyTypes,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const name in params) values[name] = coerced(params[name] ?? '', types.get(name)?.own);
  return values;
}

/** For the judgement only: a number that is longer than a number can be exactly is handed on as it was sent. */
const NUMBER = /^-?\d{1,40}(\.\d{1,40})?$/;

/** What cannot be read as the type stays text: the schema says what is wrong with it. */
function coerced(text: string, types: ReadonlySet<string> | undefined): unknown {
  if (types === undefined) return text;
  if ((types.has('integer') || types.has('number')) && NUMBER.test(text)) return Number(text);
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
