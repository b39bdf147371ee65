// A route as an operation of OpenAPI.

import type { ContentFormat, GatewayMethod, RouteDefinition } from '@sluice/protocol';
import { problemsOf } from './problems.ts';
import type { SchemaShelf } from './schemas.ts';
import { securityOf } from './security.ts';

/** What is known of what a target takes and gives. */
export interface TargetContract {
  readonly summary?: string | undefined;
  /** Of the body; of a request without one: of its query. */
  readonly input?: unknown;
  readonly output?: unknown;
  /** Status of an answer when all went well. Default 200. */
  readonly status?: number | undefined;
}

export interface DescribedRoute {
  readonly version: number;
  readonly definition: RouteDefinition;
  readonly contract: TargetContract | null;
}

const MEDIA: Readonly<Record<ContentFormat, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  form: 'application/x-www-form-urlencoded',
  csv: 'text/csv',
};
const BODILESS: ReadonlySet<GatewayMethod> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);
const PROCESS_STARTED = {
  type: 'object',
  required: ['processId'],
  properties: { processId: { type: 'string', format: 'uuid' }, status: { type: 'string' } },
};

export interface Describing {
  readonly shelf: SchemaShelf;
  /** Names of schemes that callers may use. */
  readonly schemes: readonly string[];
  /** Where routes lead is told as well. */
  readonly targets: boolean;
}

export function operationOf(
  route: DescribedRoute,
  method: GatewayMethod,
  { shelf, schemes, targets }: Describing,
): Record<string, unknown> {
  const { definition, contract, version } = route;
  const { name, methods, access, limits, target, description, tags, host } = definition;
  const bodiless = BODILESS.has(method);
  const input = definition.request?.map === undefined ? contract?.input : undefined;
  const query = definition.request?.query ?? (bodiless ? input : undefined);
  const parameters = [
    ...pathParameters(definition, shelf),
    ...queryParameters(name, query, shelf),
    ...(definition.idempotency && !bodiless ? [idempotencyKey(definition.idempotency.required)] : []),
  ];
  const takesBody = !bodiless && target.kind !== 'description';
  return {
    operationId: methods.length === 1 ? name : `${name}-${method.toLowerCase()}`,
    summary: definition.summary ?? contract?.summary ?? name,
    ...(description === undefined ? {} : { description }),
    tags: tags ?? ['routes'],
    ...(host === undefined ? {} : { servers: [serverOf(host)] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(takesBody ? { requestBody: bodyOf(definition, input, shelf) } : {}),
    responses: { ...answersOf(definition, contract, method, shelf), ...problemsOf(definition, takesBody) },
    security: securityOf(access, schemes),
    'x-sluice-route': name,
    'x-sluice-version': version,
    ...(limits && limits.length > 0 ? { 'x-sluice-limits': limits } : {}),
    ...(targets ? { 'x-sluice-target': target } : {}),
  };
}

function pathParameters({ path, name, request }: RouteDefinition, shelf: SchemaShelf): unknown[] {
  const schemas = propertiesOf(name, 'params', request?.params, shelf);
  return [...path.matchAll(/\{([^{}*]+)(\*?)\}/g)].map(([, parameter, rest]) => ({
    name: parameter!,
    in: 'path',
    required: true,
    ...(rest ? { description: 'All that follows, slashes included.' } : {}),
    schema: schemas.properties[parameter!] ?? { type: 'string' },
  }));
}

function queryParameters(name: string, query: unknown, shelf: SchemaShelf): unknown[] {
  const { properties, required } = propertiesOf(name, 'query', query, shelf);
  return Object.entries(properties).map(([parameter, schema]) => ({
    name: parameter,
    in: 'query',
    ...(required.includes(parameter) ? { required: true } : {}),
    ...(typeof (schema as { description?: unknown } | null)?.description === 'string'
      ? { description: (schema as { description: string }).description }
      : {}),
    schema,
  }));
}

/** Members of an object, each with a schema that can stand elsewhere. */
function propertiesOf(name: string, part: string, schema: unknown, shelf: SchemaShelf) {
  const { properties, required, $defs } = (typeof schema === 'object' && schema !== null ? schema : {}) as {
    properties?: Record<string, unknown>;
    required?: readonly string[];
    $defs?: unknown;
  };
  const placed = Object.entries(properties ?? {}).map(([key, one]) => {
    const whole = typeof one === 'object' && one !== null && $defs !== undefined ? { ...one, $defs } : one;
    const put = shelf.put(`${name}.${part}.${key.replaceAll(/[^\w.-]/g, '_')}`, whole);
    return [key, put === whole || (put as { $ref?: string }).$ref === undefined ? one : put] as const;
  });
  return { properties: Object.fromEntries(placed), required: required ?? [] };
}

function bodyOf({ name, request, target }: RouteDefinition, input: unknown, shelf: SchemaShelf): unknown {
  const given = request?.schema ?? input;
  const types = request?.accepts?.map((format) => MEDIA[format]) ?? [
    given === undefined && target.kind !== 'action' ? '*/*' : MEDIA.json,
  ];
  return {
    required: given !== undefined && given !== true,
    content: contentOf(types, `${name}.request`, given, shelf),
  };
}

function answersOf(
  { name, response, target }: RouteDefinition,
  contract: TargetContract | null,
  method: GatewayMethod,
  shelf: SchemaShelf,
): Record<string, unknown> {
  const given = response?.schema ?? (response?.map === undefined ? contract?.output : undefined);
  const started = {
    description: 'The process is durable.',
    content: contentOf([MEDIA.json], `${name}.started`, PROCESS_STARTED, shelf),
  };
  if (target.kind === 'process') return { 202: started };
  const types = response?.produces?.map((format) => MEDIA[format]) ?? [
    given === undefined && target.kind === 'upstream' ? '*/*' : MEDIA.json,
  ];
  const status = contract?.status ?? 200;
  return {
    [status]: {
      description: 'All went well.',
      ...(method === 'HEAD' || status === 204 ? {} : { content: contentOf(types, `${name}.response`, given, shelf) }),
    },
    ...(target.kind === 'wait'
      ? { 202: { ...started, description: 'It takes longer; the answer says where to come back to.' } }
      : {}),
  };
}

function contentOf(
  types: readonly string[],
  name: string,
  schema: unknown,
  shelf: SchemaShelf,
): Record<string, unknown> {
  if (schema === undefined) return Object.fromEntries(types.map((type) => [type, {}]));
  const placed = shelf.put(name, schema);
  const example = shelf.example(placed);
  return Object.fromEntries(
    types.map((type) => [
      type,
      { schema: placed, ...(example === undefined || type !== MEDIA.json ? {} : { example }) },
    ]),
  );
}

const idempotencyKey = (required: boolean) => ({
  name: 'Idempotency-Key',
  in: 'header',
  ...(required ? { required } : {}),
  description: 'A request with a key that is known gets the answer of the first.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
});

const serverOf = (host: string) =>
  host.startsWith('*.')
    ? {
        url: `//{label}${host.slice(1)}`,
        variables: { label: { default: 'www', description: 'Any label, or several.' } },
      }
    : { url: `//${host}` };
