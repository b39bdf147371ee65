// One act for many processes.

import type { Engine, ProcessRecord } from '@sluice/engine';
import { type BulkAnswer, type ProcessBulkRequest, SluiceError } from '@sluice/protocol';

/** How many a call takes on when it does not say. */
const MOST = 10_000;
const PAGE = 500;

export interface BulkAct {
  readonly act: (id: string) => Promise<unknown>;
  /** They run again on that version, from this node or their start: a dry run says where. */
  readonly to?: { readonly version: number; readonly node: string | undefined };
}

/** Newest first; goes on past those that fail and names them. */
export async function forProcesses(
  engine: Engine,
  { filter, dryRun = false, limit = MOST, cursor }: ProcessBulkRequest,
  { act, to }: BulkAct,
): Promise<BulkAnswer> {
  const found: ProcessRecord[] = [];
  let next = cursor;
  do {
    const page = await engine.reads.processes(filter, { limit: Math.min(PAGE, limit - found.length), cursor: next });
    found.push(...page.items);
    next = page.next ?? undefined;
  } while (next !== undefined && found.length < limit);
  const more = next === undefined ? {} : { next };
  if (dryRun) {
    const foreseen = to && { foreseen: await foresee(engine, found, to) };
    return { done: 0, failed: [], matched: found.length, ...foreseen, ...more };
  }
  const results = await Promise.allSettled(found.map(({ id }) => act(id)));
  const failed = results.flatMap((result, index) => {
    if (result.status === 'fulfilled') return [];
    const error = result.reason as SluiceError;
    return [{ id: found[index]!.id, code: error.code ?? 'internal.unexpected', detail: error.message }];
  });
  return { done: results.length - failed.length, failed, ...more };
}

/** At which nodes of another version they would begin. */
async function foresee(
  engine: Engine,
  processes: readonly ProcessRecord[],
  { version, node: from }: NonNullable<BulkAct['to']>,
): Promise<BulkAnswer['foreseen']> {
  const groups = new Map<string, { topology: string; version: number; node: string; count: number }>();
  for (const { topology, version: own, startNode } of processes) {
    const node = from ?? startNode;
    const key = JSON.stringify([topology, own, node]);
    groups.set(key, { topology, version: own, node, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return Promise.all(
    [...groups.values()].map(async (group) => {
      const plan = await engine.topologies.runnable(group.topology, version).catch((error: unknown) => {
        if (error instanceof SluiceError && error.code.startsWith('topology.')) return null;
        throw error;
      });
      return { ...group, to: plan?.nodes.has(group.node) ? group.node : null };
    }),
  );
}
