// Lines that workers wrote for people, and their remote calls. The newest are kept in memory; the process
// history, which is kept on disk, does not depend on them.

import type { LinkRecord, LogQuery, LogView } from '@sluice/protocol';
import { Counter, Histogram, type Registry } from 'prom-client';

const MAX_LINES = 10_000;
const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, 10_000) : null;

export class WorkerRecords {
  #lines: LogView[] = [];
  #revision = 0;
  readonly #measured: (worker: string, record: LinkRecord) => void;
  readonly #calls: Counter<'worker' | 'topology' | 'node' | 'status'>;
  readonly #durations: Histogram<'worker' | 'node'>;

  /** @param measured  told of every remote call */
  constructor(registry: Registry, measured: (worker: string, record: LinkRecord) => void) {
    this.#measured = measured;
    const registers = [registry];
    this.#calls = new Counter({
      name: 'sluice_remote_calls_total',
      help: 'Calls of connectors to remote services.',
      labelNames: ['worker', 'topology', 'node', 'status'],
      registers,
    });
    this.#durations = new Histogram({
      name: 'sluice_remote_call_seconds',
      help: 'Duration of calls to remote services.',
      labelNames: ['worker', 'node'],
      registers,
    });
  }

  add(worker: string, records: readonly LinkRecord[]): void {
    for (const record of records) {
      if (record?.type === 'metric') this.#measure(worker, record);
      else if (record?.type === 'log' && record.forAdmin) this.#keep(worker, record);
    }
  }

  /** Another one whenever a line came. */
  get revision(): number {
    return this.#revision;
  }

  /** The newest last. */
  lines({ text, ...filter }: Omit<LogQuery, 'limit'>, limit: number): LogView[] {
    const wanted = Object.entries(filter).filter(([, value]) => value !== undefined) as [keyof typeof filter, string][];
    const part = text?.toLowerCase();
    return this.#lines
      .filter(
        (line) =>
          wanted.every(([name, value]) => line[name] === value) &&
          (part === undefined || line.message.toLowerCase().includes(part)),
      )
      .slice(-limit);
  }

  #keep(worker: string, record: LinkRecord): void {
    this.#revision++;
    this.#lines.push({
      at: Number(record.at) || Date.now(),
      level: textOf(record.level) ?? 'info',
      message: textOf(record.message) ?? '',
      worker,
      processId: textOf(record.processId),
      topology: textOf(record.topology),
      node: textOf(record.node),
    });
    if (this.#lines.length > MAX_LINES * 1.1) this.#lines = this.#lines.slice(-MAX_LINES);
  }

  #measure(worker: string, record: LinkRecord): void {
    const { topology, node, status, durationMs } = record;
    this.#measured(worker, record);
    this.#calls.inc({
      worker,
      topology: textOf(topology) ?? '',
      node: textOf(node) ?? '',
      status: String(Number(status) || 0),
    });
    this.#durations.observe({ worker, node: textOf(node) ?? '' }, (Number(durationMs) || 0) / 1000);
  }
}
