// What rules look at: the platform brings it.

import type { EngineEvent, Ledger } from '@sluice/engine';

export interface Sources {
  ledger(): Promise<Ledger>;
  /** Recorded ends of processes after `seq`, oldest first. */
  events(afterSeq: number, limit: number): Promise<readonly EngineEvent[]>;
  lastEventSeq(): Promise<number>;
  workers(): readonly { readonly name: string; readonly health: string; readonly reason: string | null }[];
  installs(): Promise<
    readonly {
      readonly application: string;
      readonly user: string;
      readonly authorised: string;
      readonly reason: string | null;
    }[]
  >;
  /** Certificates that the platform shows, with the instant when they end. */
  certificates(): readonly { readonly name: string; readonly endsAt: number }[];
}
