// The loop of one queue: as long as there is room, claim and run.
//
// Room is the smallest of the node's prefetch, what the worker will take, and what its circuit lets through. Who was
// answered gives its room back before the answer is committed, so that a worker does not wait for the disk. With no room
// nothing is claimed: messages of a worker that is away stay in their queue, where everybody can see them.

import { WORKER_KINDS } from '@sluice/topology';
import { bytesInMemory } from '../core/message.ts';
import type { Plan, PlanNode } from '../core/plan.ts';
import type { Circuits } from './circuits.ts';
import type { Context } from './context.ts';
import type { StepRunner } from './step-runner.ts';

const MAX_CLAIM = 256;
/**
 * Most steps from a node, and bytes of what they consume and emit, that may wait for their commit before more is claimed.
 * Enough for what a store has under way; more would be in memory for so long that every collection of garbage copies all
 * of it.
 */
const MAX_UNCOMMITTED = 768;
const MAX_UNCOMMITTED_BYTES = 16 * 1024 * 1024;
const RETRY_CLAIM_MS = 500;
/** A worker that so often in a row did not go on with a chain is not given one from this node for a while. */
const NOT_FOLLOWED = 16;
const NO_CHAIN_MS = 10_000;

export class Dispatcher {
  readonly #context: Context;
  readonly #plan: Plan;
  readonly #node: PlanNode;
  readonly #runner: StepRunner;
  readonly #circuits: Circuits;
  /** Name of the worker that serves this queue, or null for a built-in step. */
  readonly worker: string | null;
  /** Steps that run, and room that is kept for some. */
  #running = 0;
  /** Steps that have run and are not committed, those of chains that begin here among them: how many, and their bytes. */
  #uncommitted = 0;
  #uncommittedBytes = 0;
  #claiming = false;
  #again = false;
  #stopped = false;
  #notFollowed = 0;
  #noChainUntil = Number.NEGATIVE_INFINITY;

  constructor(context: Context, plan: Plan, node: PlanNode, runner: StepRunner, circuits: Circuits) {
    this.#context = context;
    this.#plan = plan;
    this.#node = node;
    this.#runner = runner;
    this.#circuits = circuits;
    this.worker = WORKER_KINDS.has(node.kind) ? node.worker : null;
  }

  get inWork(): number {
    return this.#running + this.#uncommitted;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** A chain may lead from here to the next node. */
  get leadsOn(): boolean {
    return this.#context.clock.now() >= this.#noChainUntil;
  }

  /** What the worker did where a chain led on from here. */
  ledOn(followed: boolean): void {
    this.#notFollowed = followed ? 0 : this.#notFollowed + 1;
    if (this.#notFollowed < NOT_FOLLOWED) return;
    this.#notFollowed = 0;
    this.#noChainUntil = this.#context.clock.now() + NO_CHAIN_MS;
  }

  /** Room for a message that comes without being claimed. @returns false when there is none */
  reserve(): boolean {
    if (this.#stopped || this.#running >= this.#node.prefetch) return false;
    this.#running++;
    return true;
  }

  /** A step has run, or one that room was reserved for never came. */
  release(): void {
    this.#running--;
    this.pump();
  }

  /** Something may be ready: look. Cheap when there is no room. */
  pump(): void {
    if (this.#claiming) {
      this.#again = true;
      return;
    }
    const room = this.#room();
    if (room <= 0 || this.#stopped) return;
    this.#claiming = true;
    this.#again = false;
    this.#context.stores.messages.claim(this.#node.queue, room).then(
      (messages) => {
        this.#claiming = false;
        if (messages.length > 0) this.#context.crash('after-claim');
        for (const message of messages) this.#work(message);
        // A full claim may have left more; a hint that came meanwhile says so.
        if (this.#again || messages.length === room) this.pump();
      },
      (error: unknown) => {
        this.#claiming = false;
        if (this.#stopped) return;
        this.#context.log.error('A queue could not be read; it is tried again.', { queue: this.#node.queue, error });
        this.#context.clock.at(this.#context.clock.now() + RETRY_CLAIM_MS, () => this.pump());
      },
    );
  }

  #work(message: Parameters<StepRunner['run']>[2]): void {
    if (this.#stopped) {
      this.#context.stores.messages.giveBack(message);
      return;
    }
    this.#running++;
    let bytes = bytesInMemory(message.payload);
    let steps = 0;
    const ran = (emitted: number, chained: number): void => {
      bytes += emitted;
      steps = chained;
      this.#uncommitted += steps;
      this.#uncommittedBytes += bytes;
      this.release();
    };
    void this.#runner.run(this.#plan, this.#node, message, ran).then(() => {
      const full = this.#isFull;
      this.#uncommitted -= steps;
      this.#uncommittedBytes -= bytes;
      if (full) this.pump();
    });
  }

  get #isFull(): boolean {
    return this.#uncommitted >= MAX_UNCOMMITTED || this.#uncommittedBytes >= MAX_UNCOMMITTED_BYTES;
  }

  #room(): number {
    let room = this.#isFull ? 0 : Math.min(this.#node.prefetch - this.#running, MAX_CLAIM);
    if (this.worker !== null && room > 0)
      room = Math.min(room, this.#context.workers.capacity(this.worker), this.#circuits.allowed(this.worker));
    return room;
  }
}
