// Routes as they are kept: immutable versions, which of them get traffic, on or off.

import {
  RouteDefinition,
  type RouteDefinitionInput,
  type RouteTraffic,
  type RouteView,
  SluiceError,
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
   * A new route, enabled at once, or a new version of one that is there, which then gets all traffic.
   * @throws SluiceError `gateway.route_invalid`, `gateway.route_taken`
   */
  async save(input: RouteDefinitionInput): Promise<RouteView> {
    const definition = checked(input);
    const { name, path } = definition;
    if (this.#reserved().has(firstSegment(path))) {
      const problems = [
        `path ${path} begins with "/${firstSegment(path)}", which belongs to the platform on this port`,
      ];
      throw new SluiceError('gateway.route_invalid', { name, problems });
    }
    const problems = this.#problems(definition);
    if (problems.length > 0) throw new SluiceError('gateway.route_invalid', { name, problems });
    const before = this.#byName.get(definition.name) ?? null;
    const stored = before ? withVersion(before, definition, this.#now()) : newRoute(definition, this.#now());
    this.#mustBeFree(definition);
    await this.#write(stored, before);
    return viewOf(stored);
  }

  async setEnabled(name: string, enabled: boolean): Promise<RouteView> {
    const before = this.#find(name);
    const stored = { ...before, enabled, changedAt: this.#now() };
    if (enabled) this.#mustBeFree(viewOf(stored).definition);
    await this.#write(stored, before);
    return viewOf(stored);
  }

  async remove(name: string): Promise<void> {
    this.#find(name);
    await this.#records.write([{ collection: ROUTES, key: name, value: null }]);
    this.#byName.delete(name);
    await this.#changed();
  }

  #mustBeFree({ name, host, path, methods }: RouteDefinition): void {
    const shape = shapeOf(path);
    for (const other of this.enabled()) {
      if (other.name === name) continue;
      const { definition } = viewOf(other);
      const method = definition.methods.find((one) => methods.includes(one));
      if (method && definition.host === host && shapeOf(definition.path) === shape)
        throw new SluiceError('gateway.route_taken', { name, by: other.name, method, path });
    }
  }

  #find(name: string): StoredRoute {
    const found = this.#byName.get(name);
    if (!found) throw new SluiceError('gateway.route_unknown', { name });
    return found;
  }

  async #write(route: StoredRoute, before: StoredRoute | null): Promise<void> {
    await this.#records.write([{ collection: ROUTES, key: route.name, value: route, expected: before }]);
    this.#byName.set(route.name, route);
    await this.#changed();
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
