// Descriptions of the routes that answer now. Made when somebody asks, and kept for a moment: many may ask at once, and what
// targets say of themselves may change without a route changing.

import type { DescribedRoute } from '@sluice/openapi';
import type { RouteDefinition, TargetOf } from '@sluice/protocol';
import { allows } from '../consumers/access.ts';
import type { Consumer } from '../consumers/consumer.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { Contracts } from '../ports/ports.ts';
import { hostMatches } from '../routing/route-table.ts';

/** @returns JSON text */
export type Describe = (target: TargetOf<'description'>, exchange: Exchange) => Promise<string>;

/** A route as it answers now. */
export interface Live {
  readonly version: number;
  readonly definition: RouteDefinition;
}

const KEPT_MS = 5_000;
const MOST_KEPT = 100;

export class Descriptions {
  readonly #live: () => readonly Live[];
  readonly #schemes: () => readonly string[];
  readonly #contracts: Contracts | null;
  readonly #now: () => number;
  readonly #kept = new Map<string, { readonly text: Promise<string>; readonly until: number }>();

  constructor(
    live: () => readonly Live[],
    schemes: () => readonly string[],
    contracts: Contracts | null,
    now: () => number,
  ) {
    this.#live = live;
    this.#schemes = schemes;
    this.#contracts = contracts;
    this.#now = now;
  }

  /** What is kept is not true any more. */
  forget(): void {
    this.#kept.clear();
  }

  get schemes(): readonly string[] {
    return this.#schemes();
  }

  /** @param host  only routes that answer there. Default: all */
  routes(host?: string): Promise<DescribedRoute[]> {
    return this.#described(
      this.#live().filter(({ definition }) => host === undefined || hostMatches(definition.host, host)),
    );
  }

  /** For a caller: at the host it asked, and by default only what it may call. */
  readonly describe: (target: TargetOf<'description'>, host: string, consumer: Consumer | null) => Promise<string> = (
    target,
    host,
    consumer,
  ) => {
    // Two tokens of one consumer may have different scopes.
    const who =
      target.routes === 'all' || consumer === null ? null : [consumer.name, consumer.scheme, ...consumer.scopes];
    const key = JSON.stringify([target, host, who]);
    const known = this.#kept.get(key);
    if (known && known.until > this.#now()) return known.text;
    const text = this.#make(target, host, consumer);
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#kept.set(key, { text, until: this.#now() + KEPT_MS });
    text.catch(() => this.#kept.delete(key));
    return text;
  };

  async #make(target: TargetOf<'description'>, host: string, consumer: Consumer | null): Promise<string> {
    const shown = this.#live().filter(
      ({ definition }) =>
        hostMatches(definition.host, host) && (target.routes === 'all' || allows(definition.access, consumer)),
    );
    const { title, about } = target;
    // Loaded for the first one that is asked for.
    const { describeApi } = await import('@sluice/openapi');
    return JSON.stringify(
      describeApi({ title, about, routes: await this.#described(shown), schemes: this.#schemes() }),
    );
  }

  #described(live: readonly Live[]): Promise<DescribedRoute[]> {
    return Promise.all(
      live.map(async ({ version, definition }) => ({
        version,
        definition,
        contract: (await this.#contracts?.of(definition.target)) ?? null,
      })),
    );
  }
}
