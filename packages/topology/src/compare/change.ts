// What may be different between two versions of a topology, as data.

import type { Connection, Node } from '../model/schema.ts';

/** A setting and its value before and after; a side without a value had none. */
export interface Setting {
  readonly path: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Which connection: two nodes, and on what it is taken when that is not the ordinary course. */
export interface Ends {
  readonly from: string;
  readonly to: string;
  readonly on?: unknown;
}

export type Change =
  | ({ readonly change: 'topology.changed' } & Setting)
  | { readonly change: 'node.renamed'; readonly from: string; readonly to: string }
  | { readonly change: 'node.removed'; readonly node: Node }
  | { readonly change: 'node.added'; readonly node: Node }
  | ({ readonly change: 'node.changed'; readonly node: string } & Setting)
  | { readonly change: 'connection.removed'; readonly connection: Connection }
  | { readonly change: 'connection.added'; readonly connection: Connection }
  | ({ readonly change: 'connection.changed'; readonly connection: Ends } & Setting)
  /** A router takes the first connection whose condition is true, so their order is meaning. */
  | {
      readonly change: 'routes.reordered';
      readonly node: string;
      readonly before: readonly Connection[];
      readonly after: readonly Connection[];
    };
