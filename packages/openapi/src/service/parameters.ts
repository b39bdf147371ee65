// Parameters of an operation, as members of its input.

import { PARAMETER_STYLES, type ParameterData, type ParameterStyle } from '@sluice/protocol';
import { below, isObject, type Problem } from '../reading/problem.ts';
import { type Reading, readInto, type Schema } from '../reading/schemas.ts';

export interface ReadParameters {
  readonly parameters: ParameterData[];
  readonly properties: [key: string, schema: Schema][];
  readonly required: string[];
}

export interface Given {
  readonly value: Readonly<Record<string, unknown>>;
  readonly pointer: string;
}

const PLACES = ['path', 'query', 'header', 'cookie'] as const;
const DEFAULT_STYLES = { path: 'simple', query: 'form', header: 'simple', cookie: 'form' } as const;
/** Said by other means: what is taken, what is sent, who asks. */
const NOT_PARAMETERS = /^(accept|content-type|authorization)$/i;

export function parametersOf(
  given: readonly Given[],
  reading: Reading,
  path: string,
  leftOut: Problem[],
): ReadParameters {
  const { problems } = reading.references;
  const read: ReadParameters = { parameters: [], properties: [], required: [] };
  const inPath = new Set([...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!));
  const names = given.map(({ value }) => String(value['name']));
  for (const { value, pointer } of given) {
    const { name, in: place } = value;
    if (typeof name !== 'string' || name === '') {
      problems.push({ pointer, message: 'is a parameter without a name' });
      continue;
    }
    if (!PLACES.includes(place as 'path')) {
      problems.push({
        pointer,
        message: `is a parameter in ${JSON.stringify(place ?? null).slice(0, 50)}; ${PLACES.join(', ')} are read`,
      });
      continue;
    }
    if (place === 'header' && NOT_PARAMETERS.test(name)) continue;
    if (place === 'header' && !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      problems.push({ pointer, message: 'is a header whose name no header can have' });
      continue;
    }
    if (place === 'path' && !inPath.delete(name)) {
      leftOut.push({ pointer, message: `is a parameter of the path, which has no {${name.slice(0, 100)}}` });
      continue;
    }
    const key = keyOf(name, place as 'path', names);
    const schema = schemaOf(value, reading, pointer);
    read.parameters.push({ key, in: place as 'path', name, ...writing(value, place as 'path', leftOut, pointer) });
    read.properties.push([key, schema]);
    if (place === 'path' || value['required'] === true) read.required.push(key);
  }
  // What a path names and nobody describes is a text.
  for (const name of inPath) {
    const key = keyOf(name, 'path', [...names, name]);
    read.parameters.push({ key, in: 'path', name, style: 'simple' });
    read.properties.push([key, { type: 'string' }]);
    read.required.push(key);
  }
  return read;
}

/** Its name, unless that is one of another place, of the body, or of what every object has. */
const keyOf = (name: string, place: string, all: readonly string[]): string =>
  name === 'body' || name === '__proto__' || all.filter((one) => one === name).length > 1
    ? `${name.replaceAll('__', '')}_in_${place}`
    : name;

function schemaOf(value: Given['value'], reading: Reading, pointer: string): Schema {
  const content = mediaOf(value);
  const [schema, at] = content
    ? [content[1]['schema'], below(pointer, 'content', content[0], 'schema')]
    : [value['schema'], below(pointer, 'schema')];
  const read = schema === undefined ? {} : readInto(reading, schema, at);
  const { description } = value;
  if (typeof read === 'boolean' || typeof description !== 'string' || description === '') return read;
  return { ...read, description: description.slice(0, 2_000) };
}

function mediaOf({ content }: Given['value']): [string, Record<string, unknown>] | undefined {
  const [first] = isObject(content) ? Object.entries(content) : [];
  return first && isObject(first[1]) ? [first[0], first[1]] : undefined;
}

function writing(
  value: Given['value'],
  place: (typeof PLACES)[number],
  leftOut: Problem[],
  pointer: string,
): Pick<ParameterData, 'style' | 'explode' | 'reserved'> {
  if (value['content'] !== undefined) return { style: 'json' };
  const { style = DEFAULT_STYLES[place], explode, allowReserved } = value;
  const known = PARAMETER_STYLES.includes(style as ParameterStyle);
  if (!known)
    leftOut.push({
      pointer,
      message: `has the style ${JSON.stringify(style).slice(0, 50)}, which nobody knows; ${DEFAULT_STYLES[place]} is taken`,
    });
  return {
    style: known ? (style as ParameterStyle) : DEFAULT_STYLES[place],
    ...(typeof explode === 'boolean' ? { explode } : {}),
    ...(allowReserved === true ? { reserved: true } : {}),
  };
}
