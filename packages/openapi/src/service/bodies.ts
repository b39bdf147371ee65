// Bodies of requests and answers: of the media types that are offered, the one that connectors speak best.

import type { AnswerData, BodyData, BodyPart, ParameterStyle } from '@sluice/protocol';
import { below, isObject } from '../reading/problem.ts';
import { type Reading, readInto, type Schema } from '../reading/schemas.ts';

type Members = Readonly<Record<string, unknown>>;

const KINDS: readonly (readonly [BodyData['kind'], RegExp])[] = [
  ['json', /^application\/json(?:;|$)/i],
  ['json', /^(?:application|text)\/(?:[\w.+-]+\+)?json(?:;|$)/i],
  ['json', /^\*\/\*$/],
  ['form', /^application\/x-www-form-urlencoded(?:;|$)/i],
  ['multipart', /^multipart\/form-data(?:;|$)/i],
  ['text', /^text\/|^application\/(?:[\w.+-]+\+)?(?:xml|yaml|x-yaml|x-ndjson|graphql|sql)(?:;|$)/i],
  ['bytes', /./],
];

interface Medium {
  readonly kind: BodyData['kind'];
  readonly type: string;
  readonly media: Members;
}

/** Bytes in JSON. */
const FILE: Schema = {
  type: 'object',
  properties: {
    base64: { type: 'string', contentEncoding: 'base64' },
    name: { type: 'string' },
    contentType: { type: 'string' },
  },
  required: ['base64'],
};
const TEXT_OR_FILE: Schema = { anyOf: [{ type: 'string' }, FILE] };

export interface ReadBody {
  readonly body: BodyData;
  readonly schema: Schema;
  readonly required: boolean;
  readonly example?: unknown;
}

export function requestBodyOf(given: unknown, pointer: string, reading: Reading): ReadBody | undefined {
  const found = reading.references.follow(given, pointer);
  if (!found || !isObject(found.value)) return undefined;
  const medium = preferred(found.value['content']);
  if (!medium) return undefined;
  const { kind, type, media } = medium;
  const at = below(found.pointer, 'content', type);
  const parts = partsOf(media, kind === 'multipart');
  const body: BodyData = {
    kind,
    type: type === '*/*' ? 'application/json' : type.replaceAll(/[^\x20-\x7e]/g, ''),
    ...(parts ? { parts } : {}),
  };
  const schema =
    kind === 'bytes'
      ? TEXT_OR_FILE
      : kind === 'multipart'
        ? multipart(media, at, reading)
        : schemaOf(media, at, reading);
  const example = exampleOf(media, reading);
  return { body, schema, required: found.value['required'] === true, ...(example === undefined ? {} : { example }) };
}

export interface ReadAnswer {
  readonly answer: AnswerData;
  readonly schema?: Schema;
  /** Of the first status: what lists are found by. */
  readonly first?: { readonly schema: unknown; readonly pointer: string; readonly headers: readonly string[] };
  readonly example?: unknown;
}

/** All that the description calls success. */
export function answerOf(responses: unknown, pointer: string, reading: Reading): ReadAnswer {
  const { references } = reading;
  const all = isObject(responses) ? Object.entries(responses) : [];
  const good = all.filter(([status]) => /^2(?:\d\d|XX)$/i.test(status)).sort(([a], [b]) => (a < b ? -1 : 1));
  const said = good.length > 0 ? good : all.filter(([status]) => status === 'default' && all.length === 1);
  if (said.length === 0) return elsewhere(all.map(([status]) => status));
  const schemas: Schema[] = [];
  let first: ReadAnswer['first'];
  let medium: Medium | undefined;
  let example: unknown;
  let empty = false;
  for (const [status, given] of said) {
    const found = references.follow(given, below(pointer, status));
    const holder: Members = found && isObject(found.value) ? found.value : {};
    const own = preferred(holder['content']);
    if (!own) {
      empty = true;
      continue;
    }
    medium ??= own;
    if (own.kind !== medium.kind) continue;
    const at = below(found!.pointer, 'content', own.type, 'schema');
    const headers = isObject(holder['headers']) ? Object.keys(holder['headers']).map((name) => name.toLowerCase()) : [];
    first ??= { schema: own.media['schema'], pointer: at, headers };
    example ??= exampleOf(own.media, reading);
    schemas.push(own.media['schema'] === undefined ? {} : readInto(reading, own.media['schema'], at));
  }
  if (!medium) return { answer: { kind: 'none' } };
  const isFile = isObject(medium.media['schema']) && medium.media['schema']['format'] === 'binary';
  const kind = medium.kind === 'json' && !isFile ? 'json' : medium.kind === 'text' && !isFile ? 'text' : 'bytes';
  const accept = medium.type.replaceAll(/[^\x20-\x7e]/g, '');
  if (kind !== 'json') return { answer: { kind, accept } };
  const alternatives = [
    ...new Map(schemas.map((one) => [JSON.stringify(one), one])).values(),
    ...(empty ? [{ type: 'null' }] : []),
  ];
  return {
    answer: { kind, accept: medium.type === '*/*' ? 'application/json' : accept },
    schema: alternatives.length === 1 ? alternatives[0]! : { anyOf: alternatives },
    ...(first ? { first } : {}),
    ...(example === undefined ? {} : { example }),
  };
}

/** Only that something is elsewhere, as services say it of downloads. */
function elsewhere(statuses: readonly string[]): ReadAnswer {
  const fine = statuses.map(Number).filter((status) => [301, 302, 303, 307, 308].includes(status));
  if (fine.length === 0) return { answer: { kind: 'none' } };
  return {
    answer: { kind: 'location', fine },
    schema: {
      type: 'object',
      properties: { status: { type: 'integer' }, location: { type: 'string', description: 'Where it is' } },
      required: ['status', 'location'],
    },
  };
}

function preferred(content: unknown): Medium | undefined {
  if (!isObject(content)) return undefined;
  const media = Object.entries(content).flatMap(([type, given]) => (isObject(given) ? [{ type, media: given }] : []));
  for (const [kind, pattern] of KINDS) {
    const found = media.find(({ type }) => pattern.test(type));
    if (found) return { kind, ...found };
  }
  return undefined;
}

const schemaOf = (media: Members, pointer: string, reading: Reading): Schema =>
  media['schema'] === undefined ? {} : readInto(reading, media['schema'], below(pointer, 'schema'));

/** A member of bytes is a file, or a text for its bytes. */
function multipart(media: Members, pointer: string, reading: Reading): Schema {
  const found = reading.references.follow(media['schema'] ?? {}, below(pointer, 'schema'));
  if (!found || !isObject(found.value) || !isObject(found.value['properties']))
    return schemaOf(media, pointer, reading);
  const properties = Object.entries(found.value['properties'])
    .filter(([name]) => name !== '__proto__')
    .map(([name, given]) => {
      const at = below(found.pointer, 'properties', name);
      const member = reading.references.follow(given, at)?.value;
      return [
        name,
        isFile(member)
          ? TEXT_OR_FILE
          : isFileList(member)
            ? { type: 'array', items: TEXT_OR_FILE }
            : readInto(reading, given, at),
      ];
    });
  const { required } = found.value;
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(Array.isArray(required) && required.length > 0 ? { required } : {}),
  };
}

const isFile = (schema: unknown): boolean =>
  isObject(schema) &&
  (schema['type'] === 'file' ||
    /^(binary|base64)$/.test(String(schema['format'] ?? '')) ||
    schema['contentMediaType'] !== undefined);
const isFileList = (schema: unknown): boolean =>
  isObject(schema) && schema['type'] === 'array' && isFile(schema['items']);

function partsOf({ encoding }: Members, multipart: boolean): Record<string, BodyPart> | undefined {
  if (!isObject(encoding)) return undefined;
  const parts = Object.entries(encoding).flatMap(([name, given]): [string, BodyPart][] => {
    if (!isObject(given) || name === '__proto__') return [];
    const { contentType, style, explode } = given;
    // Of several that are allowed none is named.
    const type = typeof contentType === 'string' && /^[\w.+-]+\/[\w.+-]+$/.test(contentType) ? contentType : undefined;
    const part = {
      ...(type === undefined ? {} : { type }),
      ...(typeof style === 'string' && !multipart ? { style: style as ParameterStyle } : {}),
      ...(typeof explode === 'boolean' && !multipart ? { explode } : {}),
    };
    return Object.keys(part).length > 0 ? [[name, part]] : [];
  });
  return parts.length > 0 ? Object.fromEntries(parts) : undefined;
}

/** The first that the description shows. */
function exampleOf(media: Members, { references }: Reading): unknown {
  if (media['example'] !== undefined) return media['example'];
  const [first] = isObject(media['examples']) ? Object.values(media['examples']) : [];
  const found = first === undefined ? null : references.follow(first, '')?.value;
  return isObject(found) ? found['value'] : undefined;
}
