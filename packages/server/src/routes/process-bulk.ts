// One act for many processes.

import type { Engine } from '@sluice/engine';
import type { BulkAnswer, ProcessBulkRequest, SluiceError } from '@sluice/protocol';

/** How many a call takes on when it does not say. */
const MOST = 10_000;
const PAGE = 500;

/** Newest first; goes on past those that fail and names them. */
export async function forProcesses(
  engine: Engine,
  { filter, dryRun = false, limit = MOST, cursor }: ProcessBulkRequest,
  act: (id: string) => Promise<unknown>,
): Promise<BulkAnswer> {
  const ids: string[] = [];
  let next = cursor;
  do {
    const page = await engine.reads.processes(filter, { limit: Math.min(PAGE, limit - ids.length), cursor: next });
    ids.push(...page.items.map((process) => process.id));
    next = page.next ?? undefined;
  } while (next !== undefined && ids.length < limit);
  const more = next === undefined ? {} : { next };
  if (dryRun) return { done: 0, failed: [], matched: ids.length, ...more };
  const results = await Promise.allSettled(ids.map((id) => act(id)));
  const failed = results.flatMap((result, index) => {
    if (result.status === 'fulfilled') return [];
    const error = result.reason as SluiceError;
    return [{ id: ids[index]!, code: error.code ?? 'internal.unexpected', detail: error.message }];
  });
  return { done: results.length - failed.length, failed, ...more };
}
