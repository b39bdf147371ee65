// Topologies with their versions and what is in them now.

import type { LedgerView, StatisticsView, VersionView } from '@sluice/protocol';

export interface Overview {
  readonly name: string;
  /** Newest first. */
  readonly versions: readonly VersionView[];
  readonly enabled: VersionView | null;
  readonly running: number;
  /** Messages that wait for a worker or are with one. */
  readonly queued: number;
  readonly trash: number;
  /** Ended processes of the last day by hour, with those that failed. */
  readonly hours: readonly { readonly at: number; readonly completed: number; readonly failed: number }[];
}

export function overviewOf(
  versions: readonly VersionView[],
  ledger: LedgerView | undefined,
  statistics: StatisticsView | undefined,
): Overview[] {
  const names = [...new Set(versions.map(({ name }) => name))].sort();
  return names.map((name) => {
    const own = versions.filter((version) => version.name === name).sort((a, b) => b.version - a.version);
    const nodes = ledger?.nodes.filter((node) => node.topology === name) ?? [];
    const counted = statistics?.topologies.find(({ topology }) => topology === name);
    const from = statistics?.from ?? 0;
    const step = statistics?.bucketMs ?? 3_600_000;
    const hours = Array.from({ length: 24 }, (_, index) => {
      const bucket = counted?.buckets.find(({ at }) => at === from + index * step);
      return { at: from + index * step, completed: bucket?.completed ?? 0, failed: bucket?.failed ?? 0 };
    });
    return {
      name,
      versions: own,
      enabled: own.find(({ state }) => state === 'enabled') ?? null,
      running: counted?.running ?? 0,
      queued: nodes.reduce((sum, { queued, leased, delayed, limited }) => sum + queued + leased + delayed + limited, 0),
      trash: nodes.reduce((sum, { trash }) => sum + trash, 0),
      hours,
    };
  });
}
