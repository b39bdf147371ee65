// A topology under test: started, moved through time, looked at, and troubled, in this process and without a socket.

import { CRASH_POINTS, type Engine, type Ledger, type ProcessRecord, type Stores } from '@sluice/engine';
import type { CrashAt, Harness } from '@sluice/engine/harness';
import { type ApplicationManifest, type LinkRecord, SluiceError, type StepCall } from '@sluice/protocol';
import type { TopologyModel } from '@sluice/topology';
import { expectSame } from '../journal/compare.ts';
import { journalOf } from '../journal/journal.ts';
import type { Remote } from '../remote/remote.ts';
import { type DeliverOptions, delivered, eventOf } from '../webhook/delivery.ts';
import { encodeBodyOf } from './body.ts';
import { type Duration, inWords, milliseconds } from './duration.ts';
import type { FaultKind, FaultOptions, Faults } from './faults.ts';
import { everyPage } from './pages.ts';
import { Run } from './run.ts';
import { Waiting } from './waiting.ts';

/** A flow whose books do not change over so many timers waits for something that will not come. */
const IDLE_TIMERS = 1_000;

export interface StartOptions {
  /** Default: the first topology of the flow. */
  readonly topology?: string;
  readonly user?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly contentType?: string | undefined;
  readonly idempotencyKey?: string | undefined;
}

export class Flow {
  readonly #harness: Harness;
  readonly #models: readonly TopologyModel[];
  readonly #applications: readonly ApplicationManifest[];
  readonly #topology: string;
  readonly #faults: Faults;
  readonly #remote: Remote;
  readonly #seed: number | undefined;
  readonly #runs = new Map<string, Run>();
  /** What steps logged and measured. */
  readonly records: readonly LinkRecord[];
  #starts = 0;
  #closed = false;

  /** @internal  made by `testFlow` */
  constructor(parts: {
    harness: Harness;
    models: readonly TopologyModel[];
    /** Of all its workers. */
    applications: readonly ApplicationManifest[];
    faults: Faults;
    remote: Remote;
    seed: number | undefined;
    records: readonly LinkRecord[];
  }) {
    this.#harness = parts.harness;
    this.#models = parts.models;
    this.#applications = parts.applications;
    this.#topology = parts.models[0]!.name;
    this.#faults = parts.faults;
    this.#remote = parts.remote;
    this.#seed = parts.seed;
    this.records = parts.records;
  }

  /** The engine of now; another one after a crash. */
  get engine(): Engine {
    return this.#harness.engine;
  }
  get stores(): Stores {
    return this.#harness.stores;
  }
  /** Epoch milliseconds of the virtual clock. */
  get now(): number {
    return this.#harness.clock.now();
  }
  /** Milliseconds of virtual time since the flow began. */
  get elapsed(): number {
    return this.now - this.#harness.clock.began;
  }
  /** Every call that reached a step, in order. */
  get calls(): readonly StepCall[] {
    return this.#harness.calls;
  }

  /**
   * Start a process. Resolved = accepted: it goes on by itself as far as it can without the clock; `settle` waits for that.
   * A crash meanwhile is survived as a client would: the same request again, under the same idempotency key.
   */
  async start(node: string, body: unknown = {}, options: StartOptions = {}): Promise<Run> {
    const { topology = this.#topology, user, headers, idempotencyKey = `start ${++this.#starts}` } = options;
    const encoded = encodeBodyOf(body);
    const { processId } = await this.#harness.persist((engine) =>
      engine.run(topology, node, {
        body: encoded.body,
        contentType: options.contentType ?? encoded.contentType,
        user,
        headers,
        idempotencyKey,
      }),
    );
    const run = this.#runs.get(processId) ?? new Run(this, processId);
    this.#runs.set(processId, run);
    await run.refresh();
    return run;
  }

  /**
   * Deliver an event to a webhook node, as its service would: signed as the application says, and checked as by the platform.
   * @throws SluiceError `webhook.forged`, `webhook.too_old`
   */
  async deliver(node: string, body: unknown = {}, options: DeliverOptions = {}): Promise<Run> {
    const { topology = this.#topology, user, contentType } = options;
    const encoded = encodeBodyOf(body);
    const of = eventOf(this.#models, this.#applications, topology, node);
    const made = of ? delivered(of, encoded.body, options, this.now) : { headers: options.headers };
    return this.start(node, options.sent ?? encoded.body, {
      topology,
      user,
      contentType: contentType ?? encoded.contentType,
      ...made,
    });
  }

  /** Let everything happen that can happen without the clock. */
  async settle(): Promise<void> {
    await this.#harness.settle();
    await this.#look();
  }

  /** Let time pass, such as `'30 days'`: whatever is due on the way happens at its time. */
  async advance(duration: Duration): Promise<void> {
    await this.#harness.clock.advance(milliseconds(duration));
    await this.#look();
  }

  /**
   * Let time pass until nothing waits for it any more. What waits for a person stays.
   * @returns the time that passed, in milliseconds
   */
  async finish(): Promise<number> {
    const began = this.now;
    let before = '';
    for (let idle = 0; idle < IDLE_TIMERS; idle++) {
      await this.#harness.settle();
      const { nodes: _, ...ledger } = await this.ledger();
      const next = this.#harness.clock.next();
      if (ledger.queued + ledger.leased + ledger.delayed + ledger.limited === 0 || next === null) break;
      if (JSON.stringify(ledger) !== before) idle = 0;
      before = JSON.stringify(ledger);
      await this.#harness.clock.advance(next - this.now);
    }
    await this.#look();
    return this.now - began;
  }

  /** Announce trouble between the platform and a worker. */
  fail(kind: FaultKind, options: FaultOptions = {}): void {
    this.#faults.announce(kind, options);
  }

  /**
   * Let the engine die, as by `kill -9`, when it comes by a point for the so many-th time from now. It starts again at once over
   * what is on its disk.
   */
  crash({ at, occurrence = 1 }: { readonly at: CrashAt['point']; readonly occurrence?: number }): void {
    if (!CRASH_POINTS.includes(at)) throw new TypeError(`A flow dies at ${CRASH_POINTS.join(', ')}; got "${at}".`);
    this.#harness.crash({ point: at, count: occurrence });
  }

  ledger(): Promise<Ledger> {
    return this.engine.ledger();
  }

  /** Oldest first. */
  async processes(): Promise<readonly ProcessRecord[]> {
    return (await everyPage((page) => this.engine.reads.processes({}, page))).reverse();
  }

  /** Messages in trash, oldest first. */
  trash(): Promise<readonly Waiting[]> {
    return this.#waiting('trash');
  }

  /** Messages that wait for a person, oldest first. */
  tasks(): Promise<readonly Waiting[]> {
    return this.#waiting('held');
  }

  /** What happened, in lines: every process, or one. */
  journal(processId?: string): Promise<string> {
    return journalOf(this.engine, { began: this.#harness.clock.began, processId });
  }

  /**
   * Compare the journal with a file; `SLUICE_UPDATE=1` writes it.
   * @throws AssertionError with the difference
   */
  async expectJournal(file: string | URL): Promise<void> {
    expectSame(await this.journal(), file, this.#seed);
  }

  /**
   * End the flow, and ask whether all that was announced has happened.
   * @throws SluiceError `test.not_happened` for scripted exchanges, faults and crashes that nobody met
   */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#harness.close();
    this.#remote.check();
    const crashes = this.#harness.crashesLeft.map((point) => `crash at ${point}`);
    const missing = [...this.#faults.left, ...crashes, ...this.#remote.left];
    await this.#remote.close();
    if (missing.length > 0) throw new SluiceError('test.not_happened', { missing, after: inWords(this.elapsed) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #waiting(state: 'trash' | 'held'): Promise<readonly Waiting[]> {
    const items = await everyPage((page) => this.engine.reads.waiting({ state }, page));
    return Promise.all(
      items.map(async (step) => {
        const body = await this.engine.body(step.message.payload);
        return new Waiting(this.#harness, step, body);
      }),
    );
  }

  async #look(): Promise<void> {
    this.#remote.check();
    for (const run of this.#runs.values()) await run.refresh();
  }
}
