// How fast nodes and remote services are. Counted in memory; the hour that runs is stored once a minute, so that a week
// survives a restart and an idle platform writes nothing.

import type { Log, RecordStore } from '@sluice/engine';
import type { CallFigures, FiguresView, NodeFigures, RemoteCallView } from '@sluice/protocol';
import type { Durations, StoredDurations } from './durations.ts';
import { endpointOf } from './endpoint.ts';
import { OTHERS, Timeline } from './timeline.ts';

const COLLECTION = 'figures';
const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
const SAVE_MS = 60_000;
const MOST_NODES = 2_000;
const MOST_ENDPOINTS = 500;
const KEPT = { nodes: MOST_NODES, calls: MOST_ENDPOINTS } as const;
const KINDS = ['nodes', 'calls'] as const;

export class Figures {
  readonly #records: RecordStore;
  readonly #log: Log;
  readonly #of = { nodes: new Timeline(KEPT.nodes), calls: new Timeline(KEPT.calls) };
  #changed = false;
  #hour = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(records: RecordStore, log: Log) {
    this.#records = records;
    this.#log = log;
  }

  /** Take up what was stored, and forget what is older than a week. */
  async start(): Promise<void> {
    const now = Date.now();
    const old: { collection: string; key: string; value: null }[] = [];
    for (const { key, value } of await this.#records.list<Record<string, StoredDurations>>(COLLECTION)) {
      const [kind, at] = key.split('/') as [(typeof KINDS)[number], string];
      if (now - Number(at) > WEEK + HOUR) old.push({ collection: COLLECTION, key, value: null });
      else this.#of[kind].restore(Number(at), value);
    }
    if (old.length > 0) await this.#records.write(old);
    this.#timer = setInterval(() => void this.#saveQuietly(), SAVE_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#saveQuietly();
  }

  /** @param queue  `topology/version/node` */
  step(queue: string, durationMs: number, failed: boolean): void {
    this.#of.nodes.add(queue, this.#now(), durationMs, failed);
  }

  call({ method, host, path, status, durationMs }: RemoteCallView): void {
    const failed = status === 0 || status >= 400;
    this.#of.calls.add(`${method} ${host} ${endpointOf(path)}`, this.#now(), durationMs, failed);
  }

  view(rangeMs: number): FiguresView {
    const now = Date.now();
    const from = now - rangeMs;
    const slowest = (a: { p95Ms: number }, b: { p95Ms: number }): number => b.p95Ms - a.p95Ms;
    return {
      from,
      to: now,
      nodes: [...this.#of.nodes.since(from, now)]
        .map(([key, durations]): NodeFigures => ({ ...nodeOf(key), ...figuresOf(durations, rangeMs) }))
        .sort(slowest),
      calls: [...this.#of.calls.since(from, now)]
        .map(([key, durations]): CallFigures => ({ ...callOf(key), ...figuresOf(durations, rangeMs) }))
        .sort(slowest),
    };
  }

  #now(): number {
    const now = Date.now();
    const hour = now - (now % HOUR);
    if (this.#hour !== hour) {
      // What was counted since the last saving belongs to the hour that is over.
      if (this.#hour !== 0) void this.#saveQuietly(this.#hour);
      this.#hour = hour;
    }
    this.#changed = true;
    return now;
  }

  async #saveQuietly(hour = this.#hour): Promise<void> {
    if (!this.#changed) return;
    this.#changed = false;
    const old = hour - WEEK - HOUR;
    try {
      await this.#records.write(
        KINDS.flatMap((kind) => [
          { collection: COLLECTION, key: `${kind}/${hour}`, value: this.#of[kind].hour(hour) },
          { collection: COLLECTION, key: `${kind}/${old}`, value: null },
        ]),
      );
    } catch (error) {
      this.#changed = true;
      this.#log.warn('Figures of nodes could not be stored; it is tried again.', { error });
    }
  }
}

function figuresOf(durations: Durations, rangeMs: number) {
  const { count, failed, totalMs, longestMs } = durations;
  return {
    count,
    failed,
    perMinute: count / (rangeMs / 60_000),
    meanMs: totalMs / count,
    p50Ms: durations.quantile(0.5),
    p95Ms: durations.quantile(0.95),
    longestMs,
  };
}

function nodeOf(key: string): Pick<NodeFigures, 'topology' | 'version' | 'node'> {
  const [topology = OTHERS, version = '0', node = OTHERS] = key.split('/');
  return { topology, version: Number(version), node };
}

function callOf(key: string): Pick<CallFigures, 'method' | 'host' | 'path'> {
  const [method = '', host = OTHERS, path = ''] = key.split(' ');
  return key === OTHERS ? { method: '', host: OTHERS, path: '' } : { method, host, path };
}
