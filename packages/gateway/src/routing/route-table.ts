// Which route a request belongs to. A table is made once and never changed: a new one takes its place in one step, and
// requests under way go on with the handlers they have.
//
// Of several routes that fit, the one with the named host is taken before one with `*.`, and that before one for any
// host; then segment by segment from the left: literal before parameter before rest parameter.

import { GATEWAY_METHODS, type GatewayMethod, type RouteDefinition, type RouteTraffic } from '@sluice/protocol';
import findMyWay, { type HTTPMethod, type Instance } from 'find-my-way';
import type { Handler } from '../exchange/exchange.ts';

/** One version of a route, ready to answer. */
export interface LiveVersion {
  readonly definition: RouteDefinition;
  readonly handler: Handler;
  /** Of upgrades to WebSocket; null = takes none. */
  readonly upgrade: Handler | null;
  /** Of clients that come back for an answer; null = there are none. */
  readonly answers: Handler | null;
}

/** A route as it answers now: each version that gets traffic. */
export interface LiveRoute {
  readonly name: string;
  readonly definition: RouteDefinition;
  readonly traffic: RouteTraffic;
  readonly versions: ReadonlyMap<number, LiveVersion>;
}

export interface Match {
  readonly route: LiveRoute;
  readonly params: Readonly<Record<string, string | undefined>>;
}

/** So many routes are put in before others get their turn: some milliseconds. */
const SLICE = 25;

export class RouteTable {
  readonly #router: Instance<findMyWay.HTTPVersion.V1>;
  readonly #byName: ReadonlyMap<string, LiveRoute>;
  readonly size: number;

  private constructor(routes: readonly LiveRoute[]) {
    this.size = routes.length;
    this.#byName = new Map(routes.map((route) => [route.name, route]));
    this.#router = findMyWay({ caseSensitive: true, ignoreTrailingSlash: false, maxParamLength: 2_000 });
  }

  static readonly empty = new RouteTable([]);

  /** In slices, so that requests are answered meanwhile. */
  static async of(routes: readonly LiveRoute[]): Promise<RouteTable> {
    const table = new RouteTable(routes);
    for (let at = 0; at < routes.length; at += SLICE) {
      for (const route of routes.slice(at, at + SLICE)) table.#add(route);
      await othersTurn();
    }
    return table;
  }

  byName(name: string): LiveRoute | null {
    return this.#byName.get(name) ?? null;
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

  #add(route: LiveRoute): void {
    const { path, methods, host } = route.definition;
    const constraints = host === undefined ? {} : { constraints: { host: hostOf(host) } };
    this.#router.on(methods as HTTPMethod[], patternOf(path), constraints, () => {}, route);
  }
}

/** Whatever waits is done before this goes on. */
export const othersTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

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
  const { '*': rest, ...others } = params;
  if (rest === undefined) return params;
  return { ...others, [path.slice(path.lastIndexOf('{') + 1, -2)]: rest };
}
