// One operation of a description, as a connector needs it.

import type { JsonSchema, OperationData } from '@sluice/protocol';
import { free } from '../contract/names.ts';
import { below, isObject, type Problem } from '../reading/problem.ts';
import type { References } from '../reading/references.ts';
import { type Reading, readInto, type Schema } from '../reading/schemas.ts';
import { addressOf } from './address.ts';
import { answerOf, requestBodyOf } from './bodies.ts';
import { operationName } from './names.ts';
import { pagesOf } from './pages.ts';
import { type Given, parametersOf } from './parameters.ts';

type Members = Readonly<Record<string, unknown>>;

export interface Source {
  readonly references: References;
  readonly request: Reading;
  readonly response: Reading;
  readonly leftOut: Problem[];
  /** Names that connectors had before, by `METHOD /path`. */
  readonly names: ReadonlyMap<string, string>;
  /** Those, and what this reading has given. */
  readonly taken: Set<string>;
}

export interface Place {
  readonly path: string;
  readonly method: string;
  readonly item: Members;
  /** Of the path item. */
  readonly pointer: string;
}

/** What the description shows of an operation. */
export interface Example {
  readonly body?: unknown;
  readonly answer?: unknown;
}

export interface ReadOperation {
  readonly operation: OperationData;
  readonly example: Example;
}

export const endpointOf = (method: string, path: string): string => `${method.toUpperCase()} ${path}`;

export function readOperation(source: Source, { path, method, item, pointer }: Place): ReadOperation | null {
  const { references, request, response, leftOut } = source;
  const at = below(pointer, method);
  const operation = item[method];
  if (!isObject(operation)) {
    references.problems.push({ pointer: at, message: 'is no operation' });
    return null;
  }
  const { parameters, properties, required } = parametersOf(
    givenParameters(item, operation, pointer, at, references),
    request,
    path,
    leftOut,
  );
  const read =
    operation['requestBody'] === undefined
      ? undefined
      : requestBodyOf(operation['requestBody'], below(at, 'requestBody'), request);
  const answer = answerOf(operation['responses'], below(at, 'responses'), response);
  const list = pagesOf({
    operation,
    method: method.toUpperCase(),
    parameters,
    properties,
    first: answer.first,
    references,
  });
  const output = list ? readInto(response, list.item.schema, list.item.pointer) : answer.schema;
  const description = textOf(operation);
  return {
    operation: {
      name: nameOf(source, operation['operationId'], method, path),
      method: method.toUpperCase() as OperationData['method'],
      path,
      ...elsewhere(operation['servers'] ?? item['servers'], at),
      ...(description === undefined ? {} : { description }),
      ...tagsOf(operation['tags']),
      ...(operation['deprecated'] === true ? { deprecated: true } : {}),
      parameters,
      ...(read ? { body: read.body } : {}),
      answer: answer.answer,
      ...(list ? { pages: list.pages } : {}),
      input: inputOf(
        [...properties, ...(read ? [['body', read.schema] as const] : [])],
        [...required, ...(read?.required ? ['body'] : [])],
      ),
      ...(output === undefined ? {} : { output: objectOf(output) }),
    },
    example: {
      ...(read?.example === undefined ? {} : { body: read.example }),
      ...(answer.example === undefined ? {} : { answer: answer.example }),
    },
  };
}

function nameOf({ names, taken }: Source, operationId: unknown, method: string, path: string): string {
  const before = names.get(endpointOf(method, path));
  if (before !== undefined) return before;
  const name = free(operationName(operationId, method, path), taken);
  taken.add(name);
  return name;
}

/** An address with questions of its own would need a form of its own. */
function elsewhere(servers: unknown, at: string): Pick<OperationData, 'server'> {
  if (!Array.isArray(servers) || servers.length === 0) return {};
  const { baseUrl, forms } = addressOf(servers.slice(0, 1), below(at, 'servers'), []);
  return forms.length > 0 ? {} : { server: baseUrl };
}

function textOf({ summary, description }: Members): string | undefined {
  const texts = [summary, description].filter((one): one is string => typeof one === 'string' && one.trim() !== '');
  const [first] = texts;
  return first
    ?.trim()
    .split(/\n\s*\n/, 1)[0]
    ?.slice(0, 1_000);
}

const tagsOf = (tags: unknown): Pick<OperationData, 'tags'> => {
  const texts = (Array.isArray(tags) ? tags : []).filter((tag): tag is string => typeof tag === 'string' && tag !== '');
  return texts.length > 0 ? { tags: texts.slice(0, 20).map((tag) => tag.slice(0, 100)) } : {};
};

function inputOf(properties: readonly (readonly [string, Schema])[], required: readonly string[]): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(properties.map(([key, schema]) => [key, objectOf(schema)])),
    ...(required.length > 0 ? { required: [...required] } : {}),
  } as JsonSchema;
}

const objectOf = (schema: Schema): JsonSchema =>
  (schema === true ? {} : schema === false ? { not: {} } : schema) as JsonSchema;

/** Those of the path, each replaced by the operation's own of the same name and place. */
function givenParameters(
  item: Members,
  operation: Members,
  pointer: string,
  at: string,
  references: References,
): Given[] {
  const found = new Map<string, Given>();
  for (const [list, from] of [
    [item['parameters'], below(pointer, 'parameters')],
    [operation['parameters'], below(at, 'parameters')],
  ] as const) {
    if (list === undefined) continue;
    if (!Array.isArray(list)) {
      references.problems.push({ pointer: from, message: 'is no list' });
      continue;
    }
    for (const [index, given] of list.entries()) {
      const parameter = references.follow(given, below(from, index));
      if (!parameter) continue;
      const { value } = parameter;
      if (isObject(value))
        found.set(`${String(value['in'])} ${String(value['name'])}`, { value, pointer: parameter.pointer });
      else references.problems.push({ pointer: parameter.pointer, message: 'is no parameter' });
    }
  }
  return [...found.values()];
}
