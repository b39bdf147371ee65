// What the gateway leads to and stands on, as it wants to see it. Whoever composes it brings them.

import type { Engine, Limiter, RecordStore } from '@sluice/engine';
import type { TargetContract } from '@sluice/openapi';
import type { Body, GatewayTarget, Headers } from '@sluice/protocol';

export type Records = RecordStore;
/** The engine's limits: exact over replicas, shared with queued and synchronous calls. */
export type Limits = Pick<Limiter, 'acquire' | 'pause'>;

/** Seals what must be read again, such as a secret that requests are signed with. */
export interface Sealer {
  /** @param place  where it is kept; only there it opens */
  seal(text: string, place: string): string;
  open(sealed: string, place: string): string;
  /** It was sealed under a master key of before. */
  isOld(sealed: string): boolean;
}

/** A request as those read it who take it whole. */
export interface WholeRequest {
  readonly body: Body;
  readonly contentType: string;
  readonly headers: Headers;
  readonly user: string;
  readonly idempotencyKey: string | undefined;
  readonly signal: AbortSignal;
}

/** Processes of an engine: of this process, or of another one that is reached by HTTP. */
export interface Processes {
  /** Resolved when it is durable. */
  start(topology: string, node: string, request: WholeRequest): Promise<{ readonly processId: string }>;
}

/** Processes of the engine in this process. */
export function ownProcesses(engine: Pick<Engine, 'run'>): Processes {
  return {
    start: (topology, node, { signal: _, ...start }) => engine.run(topology, node, start),
  };
}

/** What is known of what targets take and give, for descriptions. */
export interface Contracts {
  /** Null when nothing is known. Never throws for a target that is gone. */
  of(target: GatewayTarget): Promise<TargetContract | null>;
}
