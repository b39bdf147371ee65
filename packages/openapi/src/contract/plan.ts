// What an imported description changes: compared with the routes that are there, by what they mean.

import { type RouteDefinition, type RouteView, sameRoute } from '@sluice/protocol';
import type { ImportedRoutes } from './routes.ts';

export interface ImportPlan {
  readonly created: readonly RouteDefinition[];
  readonly updated: readonly RouteDefinition[];
  readonly unchanged: readonly RouteDefinition[];
  /** Enabled routes of operations that the description has no more. */
  readonly retired: readonly string[];
  /** Routes of something else that have the names. */
  readonly taken: readonly string[];
}

/** What a description says; everything else of a route is its operator's, and a new description leaves it alone. */
const OF_THE_CONTRACT = ['summary', 'description', 'tags', 'host', 'path', 'methods', 'contract'] as const;

export function planImport(
  { contract, routes }: Pick<ImportedRoutes, 'contract' | 'routes'>,
  existing: readonly RouteView[],
): ImportPlan {
  const byOperation = new Map<string, RouteView>();
  const byName = new Map(existing.map((route) => [route.name, route]));
  for (const route of existing)
    if (route.definition.contract?.name === contract) byOperation.set(route.definition.contract.operation, route);
  const created: RouteDefinition[] = [];
  const updated: RouteDefinition[] = [];
  const unchanged: RouteDefinition[] = [];
  const taken: string[] = [];
  const kept = new Set<string>();
  for (const route of routes) {
    const before = byOperation.get(route.contract!.operation);
    if (before) {
      kept.add(before.name);
      const after = changed(before.definition, route);
      (before.enabled && sameRoute(before.definition, after) ? unchanged : updated).push(after);
    } else if (byName.has(route.name)) taken.push(route.name);
    else created.push(route);
  }
  const retired = [...byOperation.values()]
    .filter(({ name, enabled }) => enabled && !kept.has(name))
    .map(({ name }) => name);
  return { created, updated, unchanged, retired, taken };
}

/** The route keeps its name, and its target where the description names none. */
function changed(before: RouteDefinition, now: RouteDefinition): RouteDefinition {
  const after: Record<string, unknown> = { ...before };
  for (const member of OF_THE_CONTRACT) {
    if (now[member] === undefined) delete after[member];
    else after[member] = now[member];
  }
  const { access } = before;
  // Who named single consumers meant it: a description knows of none.
  after['access'] =
    'consumers' in access && !('public' in now.access) ? { ...now.access, consumers: access.consumers } : now.access;
  after['request'] = merged(before.request, now.request, ['schema', 'query', 'params', 'accepts']);
  after['response'] = merged(before.response, now.response, ['schema']);
  for (const member of ['request', 'response']) if (after[member] === undefined) delete after[member];
  if (now.target.kind !== 'unbound') after['target'] = now.target;
  return after as RouteDefinition;
}

function merged(before: object | undefined, now: object | undefined, members: readonly string[]): object | undefined {
  const out: Record<string, unknown> = { ...before };
  for (const member of members) {
    delete out[member];
    const value = (now as Record<string, unknown> | undefined)?.[member];
    if (value !== undefined) out[member] = value;
  }
  return Object.keys(out).length > 0 ? out : undefined;
}
