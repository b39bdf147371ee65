// Routes as they answer now. They are made anew when something changed; a version that did not change keeps its handlers,
// and with them what those know. Several changes that come at once are one.

import { isDeepStrictEqual } from 'node:util';
import type { RouteDefinition } from '@sluice/protocol';
import { type StoredRoute, viewOf } from './route-book.ts';
import { type LiveRoute, type LiveVersion, othersTurn, RouteTable } from './route-table.ts';

/** So many routes get their handlers before others get their turn. */
const SLICE = 25;

export class LiveRoutes {
  readonly #enabled: () => readonly StoredRoute[];
  readonly #make: (definition: RouteDefinition) => LiveVersion;
  #built = new Map<string, LiveRoute>();
  #table = RouteTable.empty;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  /**
   * @param enabled  what shall answer
   * @param make  the handlers of one version
   */
  constructor(enabled: () => readonly StoredRoute[], make: (definition: RouteDefinition) => LiveVersion) {
    this.#enabled = enabled;
    this.#make = make;
  }

  get table(): RouteTable {
    return this.#table;
  }

  /** Resolved when what is stored now is what answers. */
  refresh(): Promise<void> {
    if (!this.#running) return this.#begin();
    // One that runs may have read the routes before the change.
    this.#next ??= this.#running.then(
      () => this.#begin(),
      () => this.#begin(),
    );
    return this.#next;
  }

  #begin(): Promise<void> {
    this.#next = null;
    this.#running = this.#build().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #build(): Promise<void> {
    const stored = this.#enabled();
    const next = new Map<string, LiveRoute>();
    for (let at = 0; at < stored.length; at += SLICE) {
      for (const route of stored.slice(at, at + SLICE)) next.set(route.name, this.#liveOf(route));
      await othersTurn();
    }
    const table = await RouteTable.of([...next.values()]);
    this.#built = next;
    this.#table = table;
  }

  #liveOf(stored: StoredRoute): LiveRoute {
    const before = this.#built.get(stored.name)?.versions;
    const versions = new Map<number, LiveVersion>();
    for (const { version } of stored.traffic) {
      const definition = stored.versions[version]!;
      const known = before?.get(version);
      const same = known && (known.definition === definition || isDeepStrictEqual(known.definition, definition));
      versions.set(version, same ? known : this.#make(definition));
    }
    return { name: stored.name, definition: viewOf(stored).definition, traffic: stored.traffic, versions };
  }
}
