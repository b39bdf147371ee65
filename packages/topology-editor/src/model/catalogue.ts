// What a node can be bound to, as the host knows it. The editor asks nobody: it is given this.

export interface ActionOffer {
  readonly name: string;
  readonly kind: 'connector' | 'batch' | 'custom';
  readonly label?: string | undefined;
  readonly description?: string | undefined;
  /** Key of the application it belongs to. */
  readonly application?: string | undefined;
  /** JSON Schemas of the bodies. */
  readonly inputSchema?: unknown;
  readonly outputSchema?: unknown;
}

export interface WorkerOffer {
  readonly name: string;
  /** Whether one of its replicas is there now. */
  readonly up: boolean;
  readonly actions: readonly ActionOffer[];
}

export interface Catalogue {
  readonly workers: readonly WorkerOffer[];
  readonly topologies: readonly { readonly name: string; readonly starts?: readonly string[] }[];
  readonly applications: readonly {
    readonly key: string;
    readonly name: string;
    readonly events?: readonly string[];
  }[];
}

export const EMPTY_CATALOGUE: Catalogue = { workers: [], topologies: [], applications: [] };

export interface Binding {
  readonly worker?: string | undefined;
  readonly action?: string | undefined;
}

/** What is known of a binding: the node may name what no worker has announced yet. */
export type BindingState = 'none' | 'known' | 'worker-down' | 'worker-unknown' | 'action-unknown';

export function bindingState({ workers }: Catalogue, { worker, action }: Binding): BindingState {
  if (!worker && !action) return 'none';
  const offer = workers.find(({ name }) => name === worker);
  if (!offer) return 'worker-unknown';
  if (action && !offer.actions.some(({ name }) => name === action)) return 'action-unknown';
  return offer.up ? 'known' : 'worker-down';
}

export function actionOf({ workers }: Catalogue, { worker, action }: Binding): ActionOffer | undefined {
  return workers.find(({ name }) => name === worker)?.actions.find(({ name }) => name === action);
}

export interface Found {
  readonly worker: WorkerOffer;
  readonly actions: readonly ActionOffer[];
}

/** Workers with those of their actions that contain every word of the query, in their order; `[]` when none does. */
export function searchActions({ workers }: Catalogue, query: string, kind?: ActionOffer['kind']): Found[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return workers.flatMap((worker) => {
    const actions = worker.actions.filter((action) => {
      if (kind !== undefined && action.kind !== kind) return false;
      const text = [worker.name, action.name, action.label, action.description, action.application]
        .join(' ')
        .toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return actions.length > 0 ? [{ worker, actions }] : [];
  });
}
