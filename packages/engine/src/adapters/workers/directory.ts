// All workers by name, whatever they joined by. The engine calls names; this finds the transport.

import type { Called, CallTarget, StepCall } from '@sluice/protocol';
import type { Chain, WorkerCaller } from '../../ports/worker-caller.ts';

/** A way to one worker. */
export interface Transport {
  /** Calls it will take now, beyond those under way. */
  capacity(): number;
  /** Never rejects. */
  call(call: StepCall, timeoutMs: number, signal?: AbortSignal, chain?: Chain): Promise<Called>;
  /** Left out: it makes nothing of a chain. */
  chains?(): boolean;
  close(): Promise<void>;
}

const NO_KEYS: readonly string[] = [];

export class WorkerDirectory implements WorkerCaller {
  readonly #transports = new Map<string, Transport>();
  #limits: WorkerCaller['limits'] = () => NO_KEYS;
  readonly #capacityListeners: ((worker: string) => void)[] = [];
  readonly #arrivalListeners: ((worker: string) => void)[] = [];

  /** A worker joined; whoever had the name before is closed. */
  join(name: string, transport: Transport): void {
    const before = this.#transports.get(name);
    this.#transports.set(name, transport);
    if (before && before !== transport) void before.close();
    this.arrived(name);
  }

  async leave(name: string): Promise<void> {
    const transport = this.#transports.get(name);
    this.#transports.delete(name);
    await transport?.close();
  }

  has(name: string): boolean {
    return this.#transports.has(name);
  }

  /** The worker can be called (again): its circuit closes. */
  arrived(name: string): void {
    for (const listener of this.#arrivalListeners) listener(name);
    this.freed(name);
  }

  /** The worker has room for more. */
  freed(name: string): void {
    for (const listener of this.#capacityListeners) listener(name);
  }

  capacity(worker: string): number {
    return this.#transports.get(worker)?.capacity() ?? 0;
  }

  /** Who knows what workers declare; until then no action has a limit of its own. */
  limitedBy(limits: WorkerCaller['limits']): void {
    this.#limits = limits;
  }

  limits(worker: string, target: CallTarget, user: string): readonly string[] {
    return this.#limits(worker, target, user);
  }

  call(worker: string, call: StepCall, timeoutMs: number, signal?: AbortSignal, chain?: Chain): Promise<Called> {
    const transport = this.#transports.get(worker);
    if (!transport) return Promise.resolve({ kind: 'unreachable', reason: `no worker "${worker}" is connected` });
    return transport.call(call, timeoutMs, signal, chain);
  }

  chains(worker: string): boolean {
    return this.#transports.get(worker)?.chains?.() ?? false;
  }

  onCapacity(listener: (worker: string) => void): void {
    this.#capacityListeners.push(listener);
  }

  onArrival(listener: (worker: string) => void): void {
    this.#arrivalListeners.push(listener);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#transports.keys()].map((name) => this.leave(name)));
  }
}
