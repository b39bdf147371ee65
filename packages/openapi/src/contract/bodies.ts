// Bodies and parameters of an operation, as the policies of a route.

import type { ContentFormat, RouteDefinitionInput } from '@sluice/protocol';
import { below, isObject } from '../reading/problem.ts';
import type { References } from '../reading/references.ts';
import { type Direction, readSchema, type Schema } from '../reading/schemas.ts';
import { parameterName } from './names.ts';

export interface Source {
  readonly references: References;
  readonly dialect: '3.0' | '3.1';
}

type RequestPolicies = NonNullable<RouteDefinitionInput['request']>;
type ResponsePolicies = NonNullable<RouteDefinitionInput['response']>;

const FORMATS: readonly (readonly [ContentFormat, RegExp])[] = [
  ['json', /^application\/(?:[\w.+-]+\+)?json(?:;|$)/i],
  ['xml', /^(?:application|text)\/(?:[\w.+-]+\+)?xml(?:;|$)/i],
  ['form', /^application\/x-www-form-urlencoded(?:;|$)/i],
  ['csv', /^text\/csv(?:;|$)/i],
];

/** @param parameters  with where each stands */
export function requestOf(
  source: Source,
  operation: Readonly<Record<string, unknown>>,
  parameters: readonly { readonly value: unknown; readonly pointer: string }[],
  pointer: string,
): RequestPolicies | undefined {
  const request: { -readonly [K in keyof RequestPolicies]: RequestPolicies[K] } = {};
  const query = parametersOf(source, parameters, 'query');
  if (query) request.query = query;
  const params = parametersOf(source, parameters, 'path');
  if (params) request.params = params;
  if (operation['requestBody'] !== undefined) {
    const body = source.references.follow(operation['requestBody'], below(pointer, 'requestBody'));
    const { schema, formats } = contentOf(source, body?.value, body?.pointer ?? pointer, 'request');
    if (schema !== undefined) request.schema = schema;
    // One that takes JSON only needs no conversion.
    if (formats.some((format) => format !== 'json')) request.accepts = formats;
  }
  return Object.keys(request).length > 0 ? request : undefined;
}

/** The schema of the answer when all went well: of the lowest 2xx that has one. */
export function responseOf(
  source: Source,
  operation: Readonly<Record<string, unknown>>,
  pointer: string,
): ResponsePolicies | undefined {
  const { responses } = operation;
  if (!isObject(responses)) return undefined;
  const good = Object.keys(responses)
    .filter((status) => /^2(?:\d\d|XX)$/.test(status))
    .sort();
  for (const status of good) {
    const answer = source.references.follow(responses[status], below(pointer, 'responses', status));
    if (!answer) continue;
    const { schema } = contentOf(source, answer.value, answer.pointer, 'response');
    if (schema !== undefined) return { schema };
  }
  return undefined;
}

function contentOf(
  { references, dialect }: Source,
  holder: unknown,
  pointer: string,
  direction: Direction,
): { readonly schema?: Schema; readonly formats: ContentFormat[] } {
  const content = isObject(holder) ? holder['content'] : undefined;
  if (!isObject(content)) return { formats: [] };
  const formats: ContentFormat[] = [];
  let schema: Schema | undefined;
  for (const [type, media] of Object.entries(content)) {
    const format = FORMATS.find(([, pattern]) => pattern.test(type))?.[0];
    if (!format) continue;
    if (!formats.includes(format)) formats.push(format);
    if (schema === undefined && isObject(media) && media['schema'] !== undefined)
      schema = readSchema(references, dialect, direction, media['schema'], below(pointer, 'content', type, 'schema'));
  }
  return schema === undefined ? { formats } : { schema, formats };
}

function parametersOf(
  { references, dialect }: Source,
  parameters: readonly { readonly value: unknown; readonly pointer: string }[],
  place: 'query' | 'path',
): Schema | undefined {
  const properties: Record<string, unknown> = {};
  const definitions: Record<string, unknown> = {};
  const required: string[] = [];
  for (const { value, pointer } of parameters) {
    if (!isObject(value) || value['in'] !== place || typeof value['name'] !== 'string') continue;
    const name = place === 'path' ? parameterName(value['name']) : value['name'];
    if (name === '__proto__') continue;
    const schema =
      value['schema'] === undefined
        ? true
        : readSchema(references, dialect, 'request', value['schema'], below(pointer, 'schema'));
    properties[name] = lifted(schema, definitions);
    if (place === 'path' || value['required'] === true) required.push(name);
  }
  if (place === 'path' && Object.values(properties).every(isAnyString)) return undefined;
  if (Object.keys(properties).length === 0) return undefined;
  return {
    type: 'object',
    properties,
    ...(required.length > 0 ? { required } : {}),
    ...(Object.keys(definitions).length > 0 ? { $defs: definitions } : {}),
  };
}

/** Definitions belong to the root of a schema; this one becomes a member of another. */
function lifted(schema: Schema, definitions: Record<string, unknown>): Schema {
  if (typeof schema === 'boolean' || !isObject(schema['$defs'])) return schema;
  const { $defs, ...rest } = schema;
  Object.assign(definitions, $defs);
  return rest;
}

const isAnyString = (schema: unknown): boolean =>
  schema === true ||
  (isObject(schema) &&
    schema['type'] === 'string' &&
    Object.keys(schema).every((key) => ['type', 'description', 'title'].includes(key)));
