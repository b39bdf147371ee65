// ReadModel over the tables in memory.

import { EMPTY_ENTRY, type LedgerEntry } from '../../core/ledger.ts';
import { splitQueue } from '../../core/message.ts';
import type {
  EndedCount,
  Page,
  Paged,
  ProcessFilter,
  ReadModel,
  StepRecord,
  WaitingFilter,
  WaitingGroup,
} from '../../ports/read-model.ts';
import type { MemoryDisk, MessageRow } from './disk.ts';

export function memoryReadModel(disk: MemoryDisk, isLeased: (id: string) => boolean): ReadModel {
  const toStep = (row: MessageRow): StepRecord => stepOf(row, disk.joined.get(row.message.id) ?? []);
  return {
    process: async (id) => disk.processes.get(id)?.record ?? null,
    content: async (id) => disk.processes.get(id)?.content ?? null,

    async processes(filter: ProcessFilter, page: Page) {
      const found = [...disk.processes.values()]
        .map((row) => row.record)
        .filter(
          (r) =>
            (filter.topology === undefined || r.topology === filter.topology) &&
            (filter.status === undefined || r.status === filter.status) &&
            (filter.user === undefined || r.user === filter.user) &&
            (filter.replayOf === undefined || r.replayOf === filter.replayOf) &&
            (filter.businessKey === undefined || r.businessKey === filter.businessKey) &&
            (filter.parentId === undefined || r.parent?.processId === filter.parentId) &&
            (filter.startedFrom === undefined || r.startedAt >= filter.startedFrom) &&
            (filter.startedTo === undefined || r.startedAt < filter.startedTo) &&
            (page.cursor === undefined || r.id < page.cursor),
        )
        .sort((a, b) => (a.id < b.id ? 1 : -1));
      return paged(found, page.limit, (record) => record.id);
    },

    async history(processId, page) {
      const rows = disk.of(processId).filter((row) => row.seq > Number(page.cursor ?? 0));
      const { items, next } = paged(rows, page.limit, (row) => String(row.seq));
      return { items: items.map(toStep), next };
    },

    async step(messageId) {
      const row = disk.messages.get(messageId);
      return row ? toStep(row) : null;
    },

    async waiting(filter: WaitingFilter, page: Page) {
      const rows = waitingRows(disk, filter).filter(({ seq }) => seq > Number(page.cursor ?? 0));
      const { items, next } = paged(rows, page.limit, (row) => String(row.seq));
      return { items: items.map(toStep), next };
    },

    async waitingGroups(filter) {
      const groups = new Map<string, WaitingGroup>();
      for (const { message, code, reason, changedAt } of waitingRows(disk, filter)) {
        const key = JSON.stringify([message.queue, code]);
        const known = groups.get(key);
        const { topology, version, node } = splitQueue(message.queue);
        groups.set(key, {
          topology,
          version,
          node,
          code,
          reason,
          count: (known?.count ?? 0) + 1,
          oldestAt: Math.min(known?.oldestAt ?? changedAt, changedAt),
          newestAt: Math.max(known?.newestAt ?? changedAt, changedAt),
        });
      }
      return [...groups.values()].sort((a, b) => b.count - a.count).slice(0, MAX_GROUPS);
    },

    async statistics({ from, to, bucketMs }) {
      const ended = new Map<string, EndedCount>();
      const running = new Map<string, number>();
      for (const { record, open } of disk.processes.values()) {
        const { topology, status, startedAt, endedAt } = record;
        if (status === 'running' && open > 0) running.set(topology, (running.get(topology) ?? 0) + 1);
        if (status === 'running' || endedAt === null || endedAt < from || endedAt >= to) continue;
        const at = endedAt - ((endedAt - from) % bucketMs);
        const key = JSON.stringify([topology, at, status]);
        const known = ended.get(key);
        ended.set(key, {
          topology,
          at,
          status,
          count: (known?.count ?? 0) + 1,
          totalMs: (known?.totalMs ?? 0) + endedAt - startedAt,
          longestMs: Math.max(known?.longestMs ?? 0, endedAt - startedAt),
        });
      }
      return {
        ended: [...ended.values()],
        running: [...running].map(([topology, count]) => ({ topology, count })),
      };
    },

    collection: async (id) => ({ parts: disk.partsOf(id).length, closed: disk.closed.has(id) }),

    parts: async (collection) =>
      disk
        .partsOf(collection)
        .map((id) => ({ message: disk.messages.get(id)!.message, place: disk.parts.get(id)!.place })),

    async dueTimers(now, max) {
      const due = [...disk.timers.values()].filter((timer) => timer.dueAt <= now);
      return due.sort((a, b) => a.dueAt - b.dueAt).slice(0, max);
    },

    async ledger(topology) {
      const entries = new Map<string, { -readonly [K in keyof LedgerEntry]: number }>();
      for (const [queue, flow] of disk.flows)
        if (topology === undefined || splitQueue(queue).topology === topology)
          entries.set(queue, { ...EMPTY_ENTRY, ...flow });
      for (const { message, state } of disk.messages.values()) {
        const entry = entries.get(message.queue);
        if (!entry || state === 'done') continue;
        if (state === 'ready') entry[isLeased(message.id) ? 'leased' : 'queued']++;
        else entry[state === 'blocked' ? 'queued' : state]++;
      }
      return entries;
    },

    events: async (after, limit) => disk.events.filter((event) => event.seq > after).slice(0, limit),
    lastEventSeq: async () => disk.eventSeq,

    async audit(limit) {
      return [...disk.processes.values()].slice(-limit).flatMap(({ record, open }) => {
        const rows = disk.of(record.id);
        const live = rows.filter((row) => row.state !== 'done' && row.state !== 'trash').length;
        if (live === open && rows.length === record.total - 1) return [];
        const parent = rows.find(
          (row) => row.emitted > rows.filter((child) => child.message.parentId === row.message.id).length,
        );
        return [
          {
            processId: record.id,
            topology: record.topology,
            version: record.version,
            node: parent ? splitQueue(parent.message.queue).node : record.startNode,
            messageId: parent?.message.id ?? null,
            expected: record.total - 1,
            found: rows.length,
          },
        ];
      });
    },

    size: async () => 0,
  };
}

/** Groups that one answer names at most. */
const MAX_GROUPS = 500;

function waitingRows(disk: MemoryDisk, filter: WaitingFilter): MessageRow[] {
  return [...disk.messages.values()].filter(({ message, state, code, result }) => {
    const { topology, node } = splitQueue(message.queue);
    return (
      state === filter.state &&
      (filter.topology === undefined || topology === filter.topology) &&
      (filter.node === undefined || node === filter.node) &&
      (filter.processId === undefined || message.processId === filter.processId) &&
      (filter.code === undefined || code === filter.code) &&
      (filter.user === undefined || message.user === filter.user) &&
      (filter.hold === undefined || result === filter.hold)
    );
  });
}

function stepOf(row: MessageRow, parts: readonly string[]): StepRecord {
  const { message, state, result, code, reason, changedAt, durationMs, emitted, attempts } = row;
  return {
    message,
    node: splitQueue(message.queue).node,
    state,
    result,
    code,
    reason,
    changedAt,
    durationMs,
    emitted,
    attempts: [...attempts],
    parts,
  };
}

function paged<T>(rows: readonly T[], limit: number, cursorOf: (row: T) => string): Paged<T> {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? cursorOf(items[items.length - 1]!) : null };
}
