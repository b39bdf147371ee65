// What the integration layer needs of workers of the existing wire. The server provides it.

import type { Action } from '@sluice/protocol';
import type { ExistingOffer } from './offer.ts';

/** A registered worker of the existing wire. */
export interface ExistingWorker {
  readonly worker: string;
  /** The last it said; known also while it is away. */
  readonly offer: ExistingOffer;
  readonly actions: readonly Action[];
  readonly up: boolean;
}

export interface ExistingRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** JSON in ASCII: anything else ends the worker. */
  readonly body?: string;
  readonly timeoutMs: number;
}

export interface ExistingResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Which action of which worker a node of a topology calls. */
export interface NodeAction {
  readonly worker: string;
  readonly kind: string;
  readonly action: string;
}

/** A webhook node: an event of an application. */
export interface WebhookNode {
  readonly application: string;
  readonly event: string;
}

export interface ExistingPort {
  workers(): readonly ExistingWorker[];
  /** Null = there is none of this name. */
  worker(name: string): ExistingWorker | null;
  /** With the headers of its registration. @throws Error in words, when no whole answer came */
  request(worker: string, request: ExistingRequest): Promise<ExistingResponse>;
  nodes(topology: string, version: number): Promise<readonly NodeAction[]>;
  /** Webhook nodes of the topologies that take new traffic, by their names. */
  webhookNodes(): Promise<ReadonlyMap<string, readonly WebhookNode[]>>;
}

export const noExisting: ExistingPort = {
  workers: () => [],
  worker: () => null,
  request: async (worker) => {
    throw new Error(`there is no worker "${worker}"`);
  },
  nodes: async () => [],
  webhookNodes: async () => new Map(),
};
