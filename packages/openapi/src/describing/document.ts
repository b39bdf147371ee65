// Routes as one document of OpenAPI 3.1.

import { callOperation, type DescribedCall } from './calls.ts';
import { type DescribedRoute, operationOf, type TargetContract } from './operation.ts';
import { PROBLEM_SCHEMA, problemResponses } from './problems.ts';
import { SchemaShelf } from './schemas.ts';
import { PLATFORM_TOKEN, SECURITY_SCHEMES } from './security.ts';

export type { DescribedCall, DescribedRoute, TargetContract };

export interface Description {
  readonly title: string;
  readonly version?: string | undefined;
  readonly about?: string | undefined;
  /** Routes that have a version with traffic and are enabled. */
  readonly routes: readonly DescribedRoute[];
  /** Kinds of the gateway's schemes. */
  readonly schemes: readonly string[];
  /** What the platform itself answers at. Default none. */
  readonly calls?: readonly DescribedCall[];
  /** Say where routes lead: for those who run the gateway, not for those who call it. Default false. */
  readonly targets?: boolean;
}

/** @returns a document that is JSON; the same routes make the same document */
export function describeApi({
  title,
  version = '1',
  about,
  routes,
  schemes,
  calls = [],
  targets = false,
}: Description): Record<string, unknown> {
  const shelf = new SchemaShelf();
  const paths = new Map<string, Record<string, unknown>>();
  const leftOut: { route: string; host: string | null; method: string }[] = [];
  const tags = new Set<string>();
  const place = (path: string, method: string, operation: Record<string, unknown>): boolean => {
    const item = paths.get(path) ?? {};
    if (Object.hasOwn(item, method)) return false;
    item[method] = operation;
    paths.set(path, item);
    for (const tag of operation['tags'] as string[]) tags.add(tag);
    return true;
  };
  for (const route of routes)
    for (const method of route.definition.methods) {
      const { name, host = null, path } = route.definition;
      const operation = operationOf(route, method, { shelf, schemes, targets });
      // A document knows one operation for a path and a method; what another host has there is named, not mixed in.
      if (!place(path.replace('*}', '}'), method.toLowerCase(), operation)) leftOut.push({ route: name, host, method });
    }
  for (const call of calls) place(call.path, call.method.toLowerCase(), callOperation(call, shelf));
  const known = schemes.filter((name) => Object.hasOwn(SECURITY_SCHEMES, name));
  return {
    openapi: '3.1.0',
    info: { title, version, ...(about === undefined ? {} : { description: about }) },
    servers: [{ url: '/' }],
    tags: [...tags].sort().map((name) => ({ name })),
    paths: Object.fromEntries([...paths].sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: { Problem: PROBLEM_SCHEMA, ...shelf.components },
      responses: {
        ...problemResponses(),
        ...(calls.length > 0
          ? {
              Problem: {
                description: 'It did not go well.',
                content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
              },
            }
          : {}),
      },
      securitySchemes: {
        ...Object.fromEntries(known.map((name) => [name, SECURITY_SCHEMES[name]!])),
        ...(calls.length > 0 ? { platform: PLATFORM_TOKEN } : {}),
      },
    },
    ...(leftOut.length > 0 ? { 'x-sluice-left-out': leftOut } : {}),
  };
}
