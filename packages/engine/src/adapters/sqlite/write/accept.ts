// A process begins: its row, its content, its first messages.

import type { ProcessStatus } from '../../../core/step.ts';
import type { AcceptOp, OpResult, PayloadCopy } from '../operations.ts';
import { STATUS } from '../schema.ts';
import { insertAll } from './insert.ts';
import { keepLineage } from './lineage.ts';
import type { Tables } from './tables.ts';
import { setTimers } from './timers.ts';

export function accept(t: Tables, op: AcceptOp): OpResult {
  if (op.idempotencyKey !== null) {
    const first = t
      .sql('SELECT id, body_digest FROM process WHERE topology = ? AND idempotency_key = ?')
      .get(op.topology, op.idempotencyKey) as { id: string; body_digest: string | null } | undefined;
    if (first) return { kind: first.body_digest === op.bodyDigest ? 'duplicate' : 'conflict', processId: first.id };
  }
  const rows = new Map<PayloadCopy, number>();
  const open = op.emitted.length;
  const status: ProcessStatus = open > 0 ? 'running' : 'completed';
  t.sql(
    `INSERT INTO process (id, topology, version, start_node, user, status, total, done, failed, open, emitted, started_at, ended_at,
       replay_of, idempotency_key, body_digest, payload, headers, content_type)
     VALUES (?, ?, ?, ?, ?, ?, ?, 1, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    op.processId,
    op.topology,
    op.version,
    op.startNode,
    op.user,
    STATUS[status],
    1 + open,
    open,
    open,
    op.at,
    open > 0 ? null : op.at,
    op.replayOf,
    op.idempotencyKey,
    op.bodyDigest,
    t.payloadRow(op.payload, rows),
    op.headers,
    op.contentType,
  );
  const flow = t.flow(t.queue(op.startQueue));
  flow.accepted++;
  flow.finished++;
  if (op.extras?.lineage) keepLineage(t, op.processId, op.extras.lineage);
  if (open > 0) t.processes.begin(op.processId, op.topology, open, op.extras?.lineage?.parent?.relation === 'call');
  else t.event(op.at, 'process.completed', op.topology, op.processId, null, null);
  const { positions, payloads, nextDue } = insertAll(t, op.emitted, op.at, rows);
  if (op.extras) setTimers(t, op.extras.timers);
  return { kind: 'ok', ended: open > 0 ? null : status, positions, payloads, nextDue };
}
