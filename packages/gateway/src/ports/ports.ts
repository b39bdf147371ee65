// What the gateway stands on, as it wants to see it. Whoever composes it brings them.

import type { Limiter, RecordStore } from '@sluice/engine';
import type { TargetContract } from '@sluice/openapi';
import type { GatewayTarget } from '@sluice/protocol';

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

/** What is known of what targets take and give, for descriptions. */
export interface Contracts {
  /** Null when nothing is known. Never throws for a target that is gone. */
  of(target: GatewayTarget): Promise<TargetContract | null>;
}
