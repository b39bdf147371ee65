// A description as routes of the gateway: one for each operation. Those that say where they lead (`x-sluice-target`) are
// bound; all others wait for somebody who binds them.

import { GATEWAY_METHODS, type GatewayMethod, RouteDefinition, type RouteDefinitionInput } from '@sluice/protocol';
import type { Described } from '../reading/description.ts';
import { below, isObject, type Problem } from '../reading/problem.ts';
import { References } from '../reading/references.ts';
import { accessOf } from './access.ts';
import { requestOf, responseOf, type Source } from './bodies.ts';
import { free, pathOf, slugOf } from './names.ts';

export interface ImportOptions {
  /** Name of the description. Default: of its title. */
  readonly contract?: string | undefined;
  /** Default: any. */
  readonly host?: string | undefined;
  /** Path before all paths. Default: that of its first server. */
  readonly prefix?: string | undefined;
}

export interface ImportedRoutes {
  readonly contract: string;
  readonly routes: readonly RouteDefinition[];
  /** What no route can be made from, and is of no harm. */
  readonly leftOut: readonly Problem[];
  /** What is broken; with one of them nothing should be done. */
  readonly problems: readonly Problem[];
}

const OPERATIONS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);
const TARGET = 'x-sluice-target';

export function routesOf({ document, dialect }: Described, options: ImportOptions = {}): ImportedRoutes {
  const references = new References(document);
  const { problems } = references;
  const leftOut: Problem[] = [];
  const routes: RouteDefinition[] = [];
  const taken = new Set<string>();
  const info = isObject(document['info']) ? document['info'] : {};
  const contract = options.contract ?? (slugOf(String(info['title'] ?? '')) || 'api');
  const prefix = (options.prefix ?? serverPath(document)).replace(/\/+$/, '');
  const reading: Reading = {
    source: { references, dialect },
    document,
    contract,
    prefix,
    host: options.host,
    taken,
    leftOut,
  };
  const paths = document['paths'] as Record<string, unknown>;
  for (const [path, given] of Object.entries(paths)) {
    if (path.startsWith('x-')) continue;
    const item = references.follow(given, below('', 'paths', path));
    if (!item) continue;
    if (!isObject(item.value)) problems.push({ pointer: item.pointer, message: 'is no path item' });
    else
      for (const method of Object.keys(item.value)) {
        if (!OPERATIONS.has(method)) continue;
        const route = routeOf(reading, { path, method, item: item.value, pointer: below(item.pointer, method) });
        if (route) routes.push(route);
      }
  }
  return { contract, routes, leftOut, problems };
}

interface Reading {
  readonly source: Source;
  readonly document: Readonly<Record<string, unknown>>;
  readonly contract: string;
  readonly prefix: string;
  readonly host: string | undefined;
  readonly taken: Set<string>;
  readonly leftOut: Problem[];
}

interface Place {
  readonly path: string;
  readonly method: string;
  readonly item: Readonly<Record<string, unknown>>;
  readonly pointer: string;
}

function routeOf(reading: Reading, place: Place): RouteDefinition | null {
  const { source, document, contract, prefix, host, leftOut, taken } = reading;
  const { problems } = source.references;
  const { path, item, pointer } = place;
  const operation = item[place.method];
  if (!isObject(operation)) {
    problems.push({ pointer, message: 'is no operation' });
    return null;
  }
  const method = place.method.toUpperCase() as GatewayMethod;
  if (!GATEWAY_METHODS.includes(method)) {
    leftOut.push({ pointer, message: `is ${method}, which no route takes` });
    return null;
  }
  if (path.split('/').some((part) => /[{}]/.test(part) && !/^\{[^{}]+\}$/.test(part))) {
    leftOut.push({ pointer, message: `has a parameter that is not a whole segment of its path: ${path}` });
    return null;
  }
  const security = operation['security'] ?? document['security'];
  const name = free(nameOf(operation['operationId'], method, path), taken);
  const parameters = parametersOf(source, item, operation, pointer);
  const request = requestOf(source, operation, parameters, pointer);
  const response = responseOf(source, operation, pointer);
  const target = operation[TARGET] ?? item[TARGET] ?? { kind: 'unbound' };
  const route = {
    name,
    ...texts(operation),
    ...(host === undefined ? {} : { host }),
    path: `${prefix}${pathOf(path)}`,
    methods: [method],
    access: accessOf(security, operation['security'] === undefined ? '' : pointer, problems),
    target,
    contract: { name: contract, operation: `${method} ${path}` },
    ...(request ? { request } : {}),
    ...(response ? { response } : {}),
  };
  const checked = RouteDefinition.safeParse(route);
  if (checked.success) {
    taken.add(name);
    return checked.data;
  }
  for (const { path: at, message } of checked.error.issues.slice(0, 5))
    problems.push({
      pointer: at[0] === 'target' ? below(pointer, TARGET) : pointer,
      message: `${at.join('.')} ${message}`,
    });
  return null;
}

const nameOf = (operationId: unknown, method: string, path: string): string =>
  (typeof operationId === 'string' && slugOf(operationId)) || slugOf(`${method} ${path}`);

function texts({ summary, description, tags }: Readonly<Record<string, unknown>>): Partial<RouteDefinitionInput> {
  return {
    ...(typeof summary === 'string' && summary !== '' ? { summary: summary.slice(0, 300) } : {}),
    ...(typeof description === 'string' && description !== '' ? { description: description.slice(0, 10_000) } : {}),
    ...(Array.isArray(tags) && tags.length > 0
      ? {
          tags: tags
            .filter((tag): tag is string => typeof tag === 'string' && tag !== '')
            .slice(0, 20)
            .map((tag) => tag.slice(0, 100)),
        }
      : {}),
  };
}

/** Those of the path, each replaced by the operation's own of the same name and place. */
function parametersOf(
  { references }: Source,
  item: Readonly<Record<string, unknown>>,
  operation: Readonly<Record<string, unknown>>,
  pointer: string,
) {
  const found = new Map<string, { readonly value: unknown; readonly pointer: string }>();
  const lists = [
    [item['parameters'], below(pointer.slice(0, pointer.lastIndexOf('/')), 'parameters')],
    [operation['parameters'], below(pointer, 'parameters')],
  ] as const;
  for (const [list, at] of lists) {
    if (list === undefined) continue;
    if (!Array.isArray(list)) {
      references.problems.push({ pointer: at, message: 'is no list' });
      continue;
    }
    for (const [index, given] of list.entries()) {
      const parameter = references.follow(given, below(at, index));
      if (!parameter) continue;
      if (isObject(parameter.value))
        found.set(`${String(parameter.value['in'])} ${String(parameter.value['name'])}`, parameter);
      else references.problems.push({ pointer: parameter.pointer, message: 'is no parameter' });
    }
  }
  return [...found.values()];
}

/** `/v2` of `https://api.example.com/v2`; nothing where the address has variables. */
function serverPath(document: Readonly<Record<string, unknown>>): string {
  const { servers } = document;
  const first: unknown = Array.isArray(servers) ? servers[0] : undefined;
  const url = isObject(first) ? first['url'] : undefined;
  if (typeof url !== 'string' || url.includes('{')) return '';
  return URL.canParse(url, 'http://nowhere.invalid') ? new URL(url, 'http://nowhere.invalid').pathname : '';
}
