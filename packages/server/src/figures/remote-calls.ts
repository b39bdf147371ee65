// Requests of steps to remote services: the newest, for whoever looks at a process.

import type { LinkRecord, RemoteCallQuery, RemoteCallView } from '@sluice/protocol';
import { placeOf } from './endpoint.ts';

const MOST = 10_000;
const MOST_CHARACTERS = 2_000;

export class RemoteCalls {
  #calls: RemoteCallView[] = [];

  /** What a worker measured; what it says is only believed as far as it is of the right kind. */
  add(worker: string, record: LinkRecord): RemoteCallView {
    const { host, path } = placeOf(textOf(record.url) ?? '');
    const call = {
      at: numberOf(record.at) ?? Date.now(),
      worker,
      processId: textOf(record.processId),
      messageId: textOf(record.messageId),
      topology: textOf(record.topology),
      node: textOf(record.node),
      attempt: numberOf(record.attempt),
      method: textOf(record.method)?.toUpperCase().slice(0, 20) ?? '',
      host,
      path,
      status: numberOf(record.status) ?? 0,
      durationMs: numberOf(record.durationMs) ?? 0,
    };
    this.#calls.push(call);
    if (this.#calls.length > MOST * 1.1) this.#calls = this.#calls.slice(-MOST);
    return call;
  }

  /** The newest last. */
  list({ limit = 200, ...filter }: RemoteCallQuery): RemoteCallView[] {
    const wanted = Object.entries(filter).filter(([, value]) => value !== undefined) as [keyof typeof filter, string][];
    return this.#calls.filter((call) => wanted.every(([name, value]) => call[name] === value)).slice(-limit);
  }
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, MOST_CHARACTERS) : null;
const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.trunc(value) : null;
