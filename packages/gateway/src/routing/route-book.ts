// Routes as they are kept: immutable versions, which of them get traffic, on or off.

import {
  RouteDefinition,
  type RouteDefinitionInput,
  type RouteTraffic,
  type RouteView,
  SluiceError,
  sameRoute,
} from '@sluice/protocol';
import type { Records } from '../ports/ports.ts';

const ROUTES = 'gateway-route';

export interface StoredRoute {
  readonly name: string;
  readonly enabled: boolean;
  readonly versions: Readonly<Record<string, RouteDefinition>>;
  readonly traffic: RouteTraffic;
  readonly createdAt: number;
  readonly changedAt: number;
}

export interface RouteChange {
  readonly save?: readonly RouteDefinitionInput[];
  readonly enable?: readonly string[];
  readonly disable?: readonly string[];
  /** Only check. */
  readonly dryRun?: boolean;
}

export class RouteBook {
  readonly #records: Records;
  readonly #now: () => number;
  readonly #reserved: () => ReadonlySet<string>;
  readonly #problems: (definition: RouteDefinition) => readonly string[];
  readonly #changed: () => Promise<void>;
  readonly #byName = new Map<string, StoredRoute>();

  /**
   * @param reserved  first segments of paths that no route may begin with
   * @param problems  what is wrong with a definition that has the right shape
   * @param changed  resolved when what was written is what answers
   */
  constructor(
    records: Records,
    now: () => number,
    reserved: () => ReadonlySet<string>,
    problems: (definition: RouteDefinition) => readonly string[],
    changed: () => Promise<void>,
  ) {
    this.#records = records;
    this.#now = now;
    this.#reserved = reserved;
    this.#problems = problems;
    this.#changed = changed;
  }

  async start(): Promise<void> {
    for (const { key, value } of await this.#records.list<StoredRoute>(ROUTES)) this.#byName.set(key, value);
  }

  /** Those that take requests. */
  enabled(): StoredRoute[] {
    return [...this.#byName.values()].filter(({ enabled }) => enabled);
  }

  list(): RouteView[] {
    return [...this.#byName.values()].map(viewOf);
  }

  /** @throws SluiceError `gateway.route_unknown` */
  get(name: string): RouteView {
    return viewOf(this.#find(name));
  }

  /**
   * A new route, enabled at once, or a new version of one that is there, which then gets all traffic. One that says the
   * same already stays as it is.
   * @throws SluiceError `gateway.route_invalid`, `gateway.route_taken`
   */
  async save(input: RouteDefinitionInput): Promise<RouteView> {
    return (await this.change({ save: [input] }))[0]!;
  }

  async setEnabled(name: string, enabled: boolean): Promise<RouteView> {
    return (await this.change(enabled ? { enable: [name] } : { disable: [name] }))[0]!;
  }

  /**
   * Many routes at once: all of it or nothing, and traffic sees it in one step.
   * @returns routes as they are now, or with `dryRun` as they would be: saved, enabled, disabled, in this order
   * @throws SluiceError `gateway.route_invalid`, `gateway.route_taken`, `gateway.route_unknown`
   */
  async change({ save = [], enable = [], disable = [], dryRun = false }: RouteChange): Promise<RouteView[]> {
    const at = this.#now();
    const after = new Map<string, StoredRoute>();
    for (const definition of save.map(checked)) {
      this.#mustBeUsable(definition);
      const before = after.get(definition.name) ?? this.#byName.get(definition.name) ?? null;
      after.set(definition.name, before ? withVersion(before, definition, at) : newRoute(definition, at));
    }
    for (const [names, enabled] of [
      [enable, true],
      [disable, false],
    ] as const)
      for (const name of names) {
        const before = after.get(name) ?? this.#find(name);
        after.set(name, before.enabled === enabled ? before : { ...before, enabled, changedAt: at });
      }
    mustBeApart([...new Map([...this.#byName, ...after]).values()], after);
    if (!dryRun) await this.#write(after);
    return [...after.values()].map(viewOf);
  }

  async remove(name: string): Promise<void> {
    this.#find(name);
    await this.#records.write([{ collection: ROUTES, key: name, value: null }]);
    this.#byName.delete(name);
    await this.#changed();
  }

  /** It has the right shape; what else can be wrong with it. */
  #mustBeUsable(definition: RouteDefinition): void {
    const { name, path } = definition;
    const problems = this.#reserved().has(firstSegment(path))
      ? [`path ${path} begins with "/${firstSegment(path)}", which belongs to the platform on this port`]
      : this.#problems(definition);
    if (problems.length > 0) throw new SluiceError('gateway.route_invalid', { name, problems });
  }

  #find(name: string): StoredRoute {
    const found = this.#byName.get(name);
    if (!found) throw new SluiceError('gateway.route_unknown', { name });
    return found;
  }

  async #write(after: ReadonlyMap<string, StoredRoute>): Promise<void> {
    const changed = [...after].filter(([name, route]) => this.#byName.get(name) !== route);
    if (changed.length === 0) return;
    await this.#records.write(
      changed.map(([key, value]) => ({ collection: ROUTES, key, value, expected: this.#byName.get(key) ?? null })),
    );
    for (const [name, route] of changed) this.#byName.set(name, route);
    await this.#changed();
  }
}

/** Two routes would take the same requests. @param changed  the ones to blame */
function mustBeApart(routes: readonly StoredRoute[], changed: ReadonlyMap<string, StoredRoute>): void {
  const owners = new Map<string, string>();
  // Those that stay come first, so that what is refused is what is new.
  const inOrder = [...routes.filter(({ name }) => !changed.has(name)), ...changed.values()];
  for (const route of inOrder.filter(({ enabled }) => enabled)) {
    const { name, host = '', path, methods } = viewOf(route).definition;
    for (const method of methods) {
      const place = JSON.stringify([host, method, shapeOf(path)]);
      const by = owners.get(place);
      if (by !== undefined) throw new SluiceError('gateway.route_taken', { name, by, method, path });
      owners.set(place, name);
    }
  }
}

function checked(input: RouteDefinitionInput): RouteDefinition {
  const parsed = RouteDefinition.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 20).map(({ path, message }) => `${path.join('.') || 'it'} ${message}`);
  throw new SluiceError('gateway.route_invalid', { name: String((input as { name?: unknown })?.name ?? ''), problems });
}

function newRoute(definition: RouteDefinition, at: number): StoredRoute {
  return {
    name: definition.name,
    enabled: true,
    versions: { 1: definition },
    traffic: [{ version: 1, percent: 100 }],
    createdAt: at,
    changedAt: at,
  };
}

function withVersion(route: StoredRoute, definition: RouteDefinition, at: number): StoredRoute {
  const alone = route.traffic.length === 1 ? route.versions[route.traffic[0]!.version] : undefined;
  if (alone && sameRoute(alone, definition)) return route;
  const version = newestOf(route) + 1;
  return {
    ...route,
    versions: { ...route.versions, [version]: definition },
    traffic: [{ version, percent: 100 }],
    changedAt: at,
  };
}

const newestOf = ({ versions }: StoredRoute): number => Math.max(...Object.keys(versions).map(Number));

/** Two paths that take the same requests have the same shape. */
const shapeOf = (path: string): string => path.replace(/\{[^}]*\*\}$/, '*').replace(/\{[^}]*\}/g, '{}');

export function viewOf(route: StoredRoute): RouteView {
  const main = route.traffic.reduce((most, one) => (one.percent > most.percent ? one : most));
  return {
    name: route.name,
    enabled: route.enabled,
    version: newestOf(route),
    versions: Object.keys(route.versions).map(Number),
    traffic: route.traffic,
    definition: route.versions[main.version]!,
    createdAt: route.createdAt,
    changedAt: route.changedAt,
  };
}

/** `orders` of `/orders/17`. */
export function firstSegment(path: string): string {
  const end = path.indexOf('/', 1);
  return end < 0 ? path.slice(1) : path.slice(1, end);
}
