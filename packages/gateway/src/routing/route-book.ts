// Routes as they are kept: immutable versions, which of them get traffic, on or off.

import type { RecordChange } from '@sluice/engine';
import {
  RouteDefinition,
  type RouteDefinitionInput,
  type RouteTraffic,
  type RouteView,
  SluiceError,
  sameRoute,
} from '@sluice/protocol';
import type { Records } from '../ports/ports.ts';
import { checkedTraffic } from './traffic.ts';

const ROUTES = 'gateway-route';
/** Counts the changes of all replicas, so that each sees what the others did. */
const REVISION = { collection: 'gateway', key: 'routes-revision' };
/** Without traffic; those with traffic are kept whatever their number. */
const KEPT_VERSIONS = 20;

export interface StoredRoute {
  readonly name: string;
  readonly enabled: boolean;
  readonly versions: Readonly<Record<string, RouteDefinition>>;
  readonly traffic: RouteTraffic;
  readonly createdAt: number;
  readonly changedAt: number;
}

/** Changes that are made together. */
export interface RouteChange {
  readonly save?: readonly RouteDefinitionInput[];
  readonly remove?: readonly string[];
  readonly enable?: readonly string[];
  readonly disable?: readonly string[];
  /** Only check. */
  readonly dryRun?: boolean;
}

export interface RouteBookParts {
  readonly records: Records;
  readonly now: () => number;
  /** First segments of paths that no route may begin with. */
  readonly reserved: () => ReadonlySet<string>;
  /** What else is wrong with a definition, in words. */
  readonly problems: (definition: RouteDefinition) => readonly string[];
  /** Resolved when what was written is what answers. */
  readonly changed: () => Promise<void>;
}

export class RouteBook {
  readonly #parts: RouteBookParts;
  #byName = new Map<string, StoredRoute>();
  #revision = 0;
  /** Changes come one after another. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: RouteBookParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { records } = this.#parts;
    this.#revision = (await records.get<number>(REVISION.collection, REVISION.key)) ?? 0;
    this.#byName = new Map((await records.list<StoredRoute>(ROUTES)).map(({ key, value }) => [key, value]));
  }

  /** Read what other replicas wrote, if they did. */
  async look(): Promise<void> {
    await this.#inTurn(async () => {
      const { records, changed } = this.#parts;
      const revision = (await records.get<number>(REVISION.collection, REVISION.key)) ?? 0;
      if (revision === this.#revision) return;
      await this.start();
      await changed();
    });
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
    return viewOf(find(this.#byName, name));
  }

  /** @throws SluiceError `gateway.route_unknown`, `gateway.version_unknown` */
  version(name: string, version: number): RouteDefinition {
    const found = find(this.#byName, name).versions[version];
    if (!found) throw new SluiceError('gateway.version_unknown', { name, version });
    return found;
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

  async remove(name: string): Promise<void> {
    await this.change({ remove: [name] });
  }

  /** @throws SluiceError `gateway.traffic_invalid`, `gateway.version_unknown` */
  async setTraffic(name: string, traffic: RouteTraffic): Promise<RouteView> {
    await this.#change((routes) => {
      const route = find(routes, name);
      routes.set(name, { ...route, traffic: checkedTraffic(route, traffic), changedAt: this.#parts.now() });
    });
    return this.get(name);
  }

  /**
   * All of these changes or none, in one step: no request sees some of them without the others. Only their outcome must be
   * free of conflicts, so routes may change places.
   * @returns routes as they are now, or with `dryRun` as they would be: saved, enabled, disabled, in this order
   * @throws SluiceError `gateway.route_invalid`, `gateway.route_taken`, `gateway.route_unknown`
   */
  async change({
    save = [],
    remove = [],
    enable = [],
    disable = [],
    dryRun = false,
  }: RouteChange): Promise<RouteView[]> {
    const definitions = save.map((input) => this.#checked(input));
    const concerned = new Set([...definitions.map(({ name }) => name), ...enable, ...disable]);
    let after: StoredRoute[] = [];
    await this.#change((routes) => {
      for (const name of remove) {
        find(routes, name);
        routes.delete(name);
      }
      for (const definition of definitions) routes.set(definition.name, this.#saved(routes, definition));
      for (const name of enable) routes.set(name, this.#switched(routes, name, true));
      for (const name of disable) routes.set(name, this.#switched(routes, name, false));
      after = [...concerned].map((name) => routes.get(name)!);
    }, dryRun);
    return after.map(viewOf);
  }

  #saved(routes: ReadonlyMap<string, StoredRoute>, definition: RouteDefinition): StoredRoute {
    const before = routes.get(definition.name);
    if (!before) return newRoute(definition, this.#parts.now());
    const alone = before.traffic.length === 1 ? before.versions[before.traffic[0]!.version] : undefined;
    return alone && sameRoute(alone, definition) ? before : withVersion(before, definition, this.#parts.now());
  }

  #switched(routes: ReadonlyMap<string, StoredRoute>, name: string, enabled: boolean): StoredRoute {
    const route = find(routes, name);
    return route.enabled === enabled ? route : { ...route, enabled, changedAt: this.#parts.now() };
  }

  #checked(input: RouteDefinitionInput): RouteDefinition {
    const definition = parsed(input);
    const { name, path } = definition;
    const problems = [...this.#parts.problems(definition)];
    if (this.#parts.reserved().has(firstSegment(path)))
      problems.push(`path ${path} begins with "/${firstSegment(path)}", which belongs to the platform on this port`);
    if (problems.length > 0) throw new SluiceError('gateway.route_invalid', { name, problems });
    return definition;
  }

  #change(change: (routes: Map<string, StoredRoute>) => void, dryRun = false): Promise<void> {
    return this.#inTurn(async () => {
      const before = this.#byName;
      const after = new Map(before);
      change(after);
      mustBeFree(before, after);
      const written = differences(before, after);
      if (dryRun || written.length === 0) return;
      const revision = { ...REVISION, value: this.#revision + 1, expected: this.#revision || null };
      await this.#parts.records.write([...written, revision]).catch(async (error: unknown) => {
        // Another replica was quicker: what it did is seen before anybody tries again.
        await this.start();
        await this.#parts.changed();
        throw error;
      });
      this.#revision++;
      this.#byName = after;
      await this.#parts.changed();
    });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn;
    return turn;
  }
}

function find(routes: ReadonlyMap<string, StoredRoute>, name: string): StoredRoute {
  const found = routes.get(name);
  if (!found) throw new SluiceError('gateway.route_unknown', { name });
  return found;
}

function differences(
  before: ReadonlyMap<string, StoredRoute>,
  after: ReadonlyMap<string, StoredRoute>,
): RecordChange[] {
  const changes: RecordChange[] = [];
  for (const [key, value] of after) if (before.get(key) !== value) changes.push({ collection: ROUTES, key, value });
  for (const key of before.keys()) if (!after.has(key)) changes.push({ collection: ROUTES, key, value: null });
  return changes;
}

function parsed(input: RouteDefinitionInput): RouteDefinition {
  const result = RouteDefinition.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.slice(0, 20).map(({ path, message }) => `${path.join('.') || 'it'} ${message}`);
  throw new SluiceError('gateway.route_invalid', { name: String((input as { name?: unknown })?.name ?? ''), problems });
}

/** No two enabled routes take the same requests. @throws SluiceError `gateway.route_taken` */
function mustBeFree(before: ReadonlyMap<string, StoredRoute>, after: ReadonlyMap<string, StoredRoute>): void {
  const owners = new Map<string, string>();
  const enabled = [...after.values()].filter(({ enabled }) => enabled);
  // Those that stay come first, so that what is refused is what is new.
  const stays = (route: StoredRoute): boolean => before.get(route.name) === route;
  for (const route of [...enabled.filter(stays), ...enabled.filter((one) => !stays(one))]) {
    const { host = '', path, methods } = mainOf(route);
    for (const method of methods) {
      const place = `${method} ${host} ${shapeOf(path)}`;
      const by = owners.get(place);
      if (by !== undefined && by !== route.name)
        throw new SluiceError('gateway.route_taken', { name: route.name, by, method, path });
      owners.set(place, route.name);
    }
  }
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
  const traffic = [{ version, percent: 100 }];
  return { ...route, versions: pruned({ ...route.versions, [version]: definition }, traffic), traffic, changedAt: at };
}

/** Those with traffic, and the newest of the others. */
function pruned(versions: StoredRoute['versions'], traffic: RouteTraffic): StoredRoute['versions'] {
  const used = new Set(traffic.map(({ version }) => version));
  const idle = Object.keys(versions)
    .map(Number)
    .filter((version) => !used.has(version))
    .sort((a, b) => b - a);
  const gone = new Set(idle.slice(KEPT_VERSIONS));
  return Object.fromEntries(Object.entries(versions).filter(([version]) => !gone.has(Number(version))));
}

const newestOf = ({ versions }: StoredRoute): number => Math.max(...Object.keys(versions).map(Number));

/** Two paths that take the same requests have the same shape. */
const shapeOf = (path: string): string => path.replace(/\{[^}]*\*\}$/, '*').replace(/\{[^}]*\}/g, '{}');

/** The version that gets most of the traffic. */
const mainOf = ({ traffic, versions }: StoredRoute): RouteDefinition =>
  versions[traffic.reduce((most, one) => (one.percent > most.percent ? one : most)).version]!;

export function viewOf(route: StoredRoute): RouteView {
  return {
    name: route.name,
    enabled: route.enabled,
    version: newestOf(route),
    versions: Object.keys(route.versions).map(Number),
    traffic: route.traffic,
    definition: mainOf(route),
    createdAt: route.createdAt,
    changedAt: route.changedAt,
  };
}

/** `orders` of `/orders/17`. */
export function firstSegment(path: string): string {
  const end = path.indexOf('/', 1);
  return end < 0 ? path.slice(1) : path.slice(1, end);
}
