// A process begins: its row, its content, its first messages.

import type { AcceptOp, OpResult } from '../operations.ts';
import type { Counts } from '../process-counts.ts';
import { applied, enterAll } from './insert.ts';
import { keepLineage } from './lineage.ts';
import type { Tables } from './tables.ts';
import { setTimers } from './timers.ts';

export function accept(t: Tables, op: AcceptOp): OpResult {
  if (op.idempotencyKey !== null) {
    const first = startWith(t, op.topology, op.idempotencyKey);
    if (first) return { kind: first.digest === op.bodyDigest ? 'duplicate' : 'conflict', processId: first.id };
  }
  const open = op.emitted.length;
  const flow = t.flow(t.queue(op.startQueue));
  flow.accepted++;
  flow.finished++;
  t.unwritten.begin(op);
  const called = op.extras?.lineage?.parent?.relation === 'call';
  if (op.extras?.lineage) keepLineage(t, op.processId, op.extras.lineage);
  t.processes.begin(op.processId, op.topology, open, called);
  const places = enterAll(t, op.emitted, op.at);
  if (op.extras) setTimers(t, op.extras.timers);
  if (open > 0) return applied(null, places);
  // A start that nothing follows is over as it begins.
  const counts: Counts = { topology: op.topology, called, status: 'completed', total: 1, done: 1, failed: 0, open: 0 };
  t.processes.end(op.processId, counts, op.at);
  t.event(op.at, 'process.completed', op.topology, op.processId, null, null);
  return applied('completed', places);
}

function startWith(t: Tables, topology: string, key: string): { id: string; digest: string | null } | undefined {
  const recent = t.unwritten.startWith(topology, key);
  if (recent) return { id: recent.processId, digest: recent.bodyDigest };
  return t
    .sql('SELECT id, body_digest AS digest FROM process WHERE topology = ? AND idempotency_key = ?')
    .get(topology, key) as { id: string; digest: string | null } | undefined;
}
