// Which route a request belongs to. A table is made once and never changed: a new one takes its place in one step, and
// requests under way go on with the handlers they have.

import { GATEWAY_METHODS, type GatewayMethod, type RouteDefinition, type RouteTraffic } from '@sluice/protocol';
import findMyWay, { type HTTPMethod, type Instance } from 'find-my-way';
import type { Handler } from '../exchange/exchange.ts';

/** A route as it answers now: the handler of each version that gets traffic. */
export interface LiveRoute {
  readonly name: string;
  readonly definition: RouteDefinition;
  readonly traffic: RouteTraffic;
  readonly handlers: ReadonlyMap<number, Handler>;
}

export interface Match {
  readonly route: LiveRoute;
  readonly params: Readonly<Record<string, string | undefined>>;
}

export class RouteTable {
  readonly #router: Instance<findMyWay.HTTPVersion.V1>;
  readonly size: number;

  constructor(routes: readonly LiveRoute[]) {
    this.size = routes.length;
    this.#router = findMyWay({ caseSensitive: true, ignoreTrailingSlash: false, maxParamLength: 2_000 });
    for (const route of routes) {
      const { path, methods, host } = route.definition;
      this.#router.on(
        methods as HTTPMethod[],
        patternOf(path),
        host === undefined ? {} : { constraints: { host: hostOf(host) } },
        () => {},
        route,
      );
    }
  }

  find(method: GatewayMethod, host: string, path: string): Match | null {
    const found = this.#router.find(method, path, { host });
    if (!found) return null;
    const route = found.store as LiveRoute;
    return { route, params: named(route.definition.path, found.params) };
  }

  /** Methods that the path takes. */
  allowed(host: string, path: string): GatewayMethod[] {
    return GATEWAY_METHODS.filter((method) => this.#router.find(method, path, { host }) !== null);
  }
}

/** `/a/{id}/{rest*}` as the router writes it: `/a/:id/*`. */
function patternOf(path: string): string {
  return path
    .replaceAll(':', '::')
    .replace(/\{[A-Za-z_][A-Za-z0-9_]*\*\}$/, '*')
    .replace(/\{([A-Za-z_][A-Za-z0-9_]*)\}/g, ':$1');
}

/** `*.example.com` has any one or more labels in front. */
function hostOf(host: string): string | RegExp {
  if (!host.startsWith('*.')) return host;
  return new RegExp(`^[a-z0-9.-]+${host.slice(1).replaceAll('.', '\\.')}$`);
}

/** Whether a route with this host answers there. */
export function hostMatches(host: string | undefined, asked: string): boolean {
  if (host === undefined) return true;
  const wanted = hostOf(host);
  return typeof wanted === 'string' ? wanted === asked : wanted.test(asked);
}

function named(path: string, params: Readonly<Record<string, string | undefined>>): Match['params'] {
  const rest = params['*'];
  if (rest === undefined) return params;
  return { ...params, [path.slice(path.lastIndexOf('{') + 1, -2)]: rest };
}
