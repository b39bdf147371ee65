// A description as a service: what an application and its connectors are made of.

import type { AuthDescriptor, JsonSchema, OperationData, ServiceData } from '@sluice/protocol';
import { slugOf } from '../contract/names.ts';
import type { Described } from '../reading/description.ts';
import { below, isObject, type Problem } from '../reading/problem.ts';
import { References } from '../reading/references.ts';
import type { Reading } from '../reading/schemas.ts';
import { addressOf } from './address.ts';
import { limitsOf } from './limits.ts';
import { operationName } from './names.ts';
import { type Example, endpointOf, readOperation, type Source } from './operation.ts';
import { securityOf } from './security.ts';

export interface ServiceOptions {
  /** Key of the application. Default: of its title. */
  readonly key?: string | undefined;
  /** Address of the service, instead of what the description says. */
  readonly server?: string | undefined;
  /** How one proves who asks, instead of what the description says. */
  readonly auth?: AuthDescriptor | undefined;
  /** Which operations are wanted. Default: all. */
  readonly only?: ((operation: Pick<OperationData, 'name' | 'method' | 'path' | 'tags'>) => boolean) | undefined;
  /** Names that connectors had before, by `METHOD /path`: they stay. */
  readonly names?: ReadonlyMap<string, string> | undefined;
}

export interface ReadService {
  readonly service: ServiceData;
  /** By name of the operation. */
  readonly examples: ReadonlyMap<string, Example>;
  /** What no connector can do, and is of no harm. */
  readonly leftOut: readonly Problem[];
  /** What is broken; with one of them nothing should be done. */
  readonly problems: readonly Problem[];
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;
const NO_METHOD = /^(\$ref|summary|description|servers|parameters|x-.*)$/;

export function serviceOf({ document, dialect }: Described, options: ServiceOptions = {}): ReadService {
  const references = new References(document);
  const leftOut: Problem[] = [];
  const info = isObject(document['info']) ? document['info'] : {};
  const title = textIn(info['title']) ?? 'API';
  const address =
    options.server === undefined
      ? addressOf(document['servers'], '/servers', leftOut)
      : { baseUrl: options.server, forms: [] };
  const base = URL.canParse(address.baseUrl) ? address.baseUrl : undefined;
  const security = securityOf(document, references, base, leftOut);
  const reading = (direction: 'request' | 'response', suffix: string): Reading => ({
    references,
    dialect,
    direction,
    names: new Map(),
    definitions: {},
    suffix,
    leftOut,
  });
  const names = options.names ?? new Map<string, string>();
  const source: Source = {
    references,
    request: reading('request', 'Input'),
    response: reading('response', ''),
    leftOut,
    names,
    taken: new Set(names.values()),
  };
  const { operations, examples } = operationsOf(document, source, options.only);
  const auth = options.auth ? [{ name: options.auth.kind, proofs: [options.auth] }] : security.auth;
  const description = textIn(info['description']);
  const website = websiteOf(document, info);
  const test = operations.find(
    ({ method, input, answer, server }) =>
      method === 'GET' && input['required'] === undefined && answer.kind === 'json' && server === undefined,
  );
  const usesOpenId =
    auth[0]?.proofs.some((proof) => proof.kind === 'oauth2' && proof.tokenUrl.startsWith('{openid.')) ?? false;
  const service: ServiceData = {
    key: options.key ?? (slugOf(title).slice(0, 60).replace(/-+$/, '') || 'api'),
    name: title.slice(0, 200),
    ...(description === undefined ? {} : { description: description.slice(0, 4_000) }),
    ...(website === undefined ? {} : { website }),
    baseUrl: address.baseUrl,
    forms: [...address.forms, ...(usesOpenId ? security.forms : [])],
    auth,
    limits: limitsOf(document, leftOut),
    ...(test ? { test: test.name } : {}),
    operations,
    definitions: { ...source.request.definitions, ...source.response.definitions } as Record<string, JsonSchema>,
  };
  return { service, examples, leftOut, problems: references.problems };
}

function operationsOf(document: Readonly<Record<string, unknown>>, source: Source, only: ServiceOptions['only']) {
  const operations: OperationData[] = [];
  const examples = new Map<string, Example>();
  const { references, leftOut } = source;
  for (const [path, given] of Object.entries(document['paths'] as Record<string, unknown>)) {
    if (path.startsWith('x-')) continue;
    const at = below('', 'paths', path);
    const item = references.follow(given, at);
    if (!item) continue;
    if (!isObject(item.value)) {
      references.problems.push({ pointer: item.pointer, message: 'is no path item' });
      continue;
    }
    const why = pathProblem(path);
    for (const member of Object.keys(item.value)) {
      if (NO_METHOD.test(member)) continue;
      const pointer = below(at, member);
      const method = METHODS.find((one) => one === member);
      if (!method || why)
        leftOut.push({ pointer, message: why ?? `is ${member.slice(0, 50).toUpperCase()}, which is not sent` });
      else if (!only || only(brief(source, method, path, item.value[method]))) {
        const read = readOperation(source, { path, method, item: item.value, pointer: item.pointer });
        if (!read) continue;
        operations.push(read.operation);
        if (Object.keys(read.example).length > 0) examples.set(read.operation.name, read.example);
      }
    }
  }
  return { operations, examples };
}

/** A path is put behind the address of the service; it must not lead out of it, nor bring a query that parameters write. */
function pathProblem(path: string): string | undefined {
  if (!path.startsWith('/')) return 'stands below a path that does not begin with "/"';
  if (/[?#]/.test(path)) return 'stands below a path with "?" or "#", which no path has';
  if (/[\0-\x20\\<>"^`|]/.test(path)) return 'stands below a path with characters that no address has';
  if (path.split('/').some((part) => /^(\.|%2e){1,2}$/i.test(part))) return 'stands below a path that leads elsewhere';
  return undefined;
}

function brief({ names }: Source, method: string, path: string, operation: unknown) {
  const { operationId, tags } = isObject(operation) ? operation : {};
  return {
    name: names.get(endpointOf(method, path)) ?? operationName(operationId, method, path),
    method: method.toUpperCase() as OperationData['method'],
    path,
    tags: (Array.isArray(tags) ? tags : []).filter((tag): tag is string => typeof tag === 'string'),
  };
}

function websiteOf(
  document: Readonly<Record<string, unknown>>,
  info: Readonly<Record<string, unknown>>,
): string | undefined {
  const { externalDocs } = document;
  const { contact } = info;
  const urls = [externalDocs, contact].map((one) => (isObject(one) ? one['url'] : undefined));
  return urls.find(
    (url): url is string =>
      typeof url === 'string' && /^https?:\/\//.test(url) && url.length <= 2_000 && URL.canParse(url),
  );
}

const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
