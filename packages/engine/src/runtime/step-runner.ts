// One leased message: admit → run → commit. Whatever happens, the message ends in a commit or goes back to its queue.

import type { Called, StepCall } from '@sluice/protocol';
import { SluiceError } from '@sluice/protocol';
import { WORKER_KINDS } from '@sluice/topology';
import { bytesInMemory, type Message, splitQueue } from '../core/message.ts';
import type { Plan, PlanNode } from '../core/plan.ts';
import type { ProcessStatus, Step } from '../core/step.ts';
import type { Committed } from '../ports/message-store.ts';
import { runBuiltin } from './builtins.ts';
import { type ChainParts, ChainRun, type Place } from './chain-run.ts';
import type { Circuits } from './circuits.ts';
import type { Collector } from './collector.ts';
import type { Compensator } from './compensator.ts';
import { bodyOf } from './content.ts';
import type { Context } from './context.ts';
import type { Dispatchers } from './dispatchers.ts';
import type { Limiter } from './limiter.ts';
import type { Spawner } from './spawner.ts';
import type { Draft, StepBuilder } from './step-builder.ts';
import type { Waiters } from './waiters.ts';

const FIRST_COMMIT_RETRY_MS = 200;
const LONGEST_COMMIT_RETRY_MS = 5_000;

const NO_KEYS: readonly string[] = [];
const NO_STEPS: readonly Step[] = [];

/** Told of every attempt: how long it took, and whether it failed. Called between commits, so it must be quick. */
export type StepObserver = (queue: string, durationMs: number, failed: boolean) => void;

/** A step that has run, and what becomes of its message. */
interface Ran {
  readonly place: Place;
  readonly draft: Draft;
}

/** Where a step that a person or a timer decided takes its message from. */
type ByHand = Exclude<Step['from'], 'leased'>;

export class StepRunner {
  readonly #context: Context;
  readonly #builder: StepBuilder;
  readonly #limiter: Limiter;
  readonly #circuits: Circuits;
  readonly #waiters: Waiters;
  readonly #spawner: Spawner;
  readonly #collector: Collector;
  readonly #compensator: Compensator;
  #stopped = false;
  observer: StepObserver | null = null;
  #chains: ChainParts | null = null;

  constructor(parts: {
    context: Context;
    builder: StepBuilder;
    limiter: Limiter;
    circuits: Circuits;
    waiters: Waiters;
    spawner: Spawner;
    collector: Collector;
    compensator: Compensator;
  }) {
    this.#context = parts.context;
    this.#builder = parts.builder;
    this.#limiter = parts.limiter;
    this.#circuits = parts.circuits;
    this.#waiters = parts.waiters;
    this.#spawner = parts.spawner;
    this.#collector = parts.collector;
    this.#compensator = parts.compensator;
  }

  /** @param dispatchers  where chains find room; without them each step is a call of its own */
  chainOver(dispatchers: Dispatchers): void {
    this.#chains = {
      context: this.#context,
      builder: this.#builder,
      dispatchers,
      write: (steps, keeps) => this.#write(steps, keeps),
    };
  }

  /** No more attempts to write what cannot be written: the next start runs it again. */
  stop(): void {
    this.#stopped = true;
  }

  /**
   * Run one leased message to its commit. Never rejects.
   * @param release  gives back its room at the node: called once, when the step has run and before it is committed, with
   *   the bytes that it wants to commit, and how many steps the call leads through
   */
  run(plan: Plan, node: PlanNode, message: Message, release: (bytes: number, steps: number) => void): Promise<unknown> {
    // Hundreds of steps wait for their commit: what it took to run them is not kept meanwhile.
    return this.#toCommit(plan, node, message, release).then((ran) => ran && this.#commitRan(ran));
  }

  /** @returns null when there is nothing left to commit */
  async #toCommit(
    plan: Plan,
    node: PlanNode,
    message: Message,
    release: (bytes: number, steps: number) => void,
  ): Promise<Ran | null> {
    const started = this.#context.clock.now();
    let settle: (() => void) | null = null;
    let keys = NO_KEYS;
    let chain: ChainRun | null = null;
    let place: Place = { node, message, began: started, before: NO_STEPS };
    let draft: Draft;
    let bytes = 0;
    try {
      const shared = node.target ? this.#context.workers.limits(node.worker!, node.target, message.user) : NO_KEYS;
      if (node.limit || shared.length > 0) {
        keys = node.limit ? [await this.#limiter.keyOf(node, message), ...shared] : shared;
        const admission = await this.#limiter.admit(keys, message.id);
        if (!admission.granted) {
          const { limitKey } = admission;
          return { place, draft: { move: { to: 'limited', limitKey, reason: 'waits for a permit' }, emitted: [] } };
        }
        settle = admission.settle;
      }
      if (WORKER_KINDS.has(node.kind)) {
        if (keys.length === 0 && node.onward !== null && this.#chains)
          chain = ChainRun.begin(this.#chains, plan, node, message, started, (steps) => release(bytes, steps));
        let result: Called | null = await this.#call(node, message, chain);
        settle?.();
        settle = null;
        if (chain) {
          const arrived = await chain.arrive(result);
          if (!arrived) return null;
          place = arrived;
        }
        if (result.kind === 'unreachable' && place.before.length === 0) {
          this.#context.stores.messages.giveBack(place.message);
          return null;
        }
        const drafted = place.draft ?? this.#drafted(plan, place, result, keys);
        draft = drafted instanceof Promise ? await drafted : drafted;
        // The items of a batch are many: they are not kept a second time until the step is committed.
        result = null;
      } else if (node.kind === 'collect') {
        settle?.();
        settle = null;
        await this.#collector.run(plan, node, message, (made) => this.#commit(place, made));
        return null;
      } else draft = await this.#builtin(plan, node, message);
      bytes = bytesOf(draft);
    } catch (error) {
      draft = isStoreTrouble(error) ? this.#again(place.message) : this.#builder.fromError(place.node, error);
    } finally {
      settle?.();
      if (chain) chain.leave();
      else release(bytes, 1);
    }
    if (draft.move.to === 'trash' || message.cursor !== null)
      draft = await this.#finish(plan, place.node, place.message, draft);
    return { place, draft };
  }

  #commitRan({ place, draft }: Ran): Promise<unknown> {
    const committed = this.#commit(place, draft);
    const { move } = draft;
    return move.to === 'limited' ? committed.then(() => this.#limiter.parked(move.limitKey)) : committed;
  }

  #drafted(plan: Plan, { node, message }: Place, result: Called, keys: readonly string[]): Draft | Promise<Draft> {
    if (result.kind === 'limit' && keys.length > 0 && !result.own) return this.#full(keys, node.limit !== null, result);
    // Whoever was reached before is not out of reach: the message was sent.
    const answer = result.kind === 'unreachable' ? { ...result, kind: 'unanswered' as const } : result;
    return this.#builder.fromWorker(plan, node, message, answer);
  }

  /**
   * The remote side says it is full: all who use its key wait, not this message alone. Of the keys the first that the
   * application declares is meant, since it is the service that speaks; else that of the node.
   */
  async #full(keys: readonly string[], own: boolean, said: Extract<Called, { kind: 'limit' }>): Promise<Draft> {
    const limitKey = keys[own && keys.length > 1 ? 1 : 0]!;
    await this.#limiter.pause(limitKey, said.untilMs);
    return { move: { to: 'limited', limitKey, reason: said.reason }, emitted: [] };
  }

  /** Commit a step that a person or a timer decided. */
  async commitByHand(plan: Plan, message: Message, from: ByHand, draft: Draft): Promise<boolean> {
    const node = plan.nodes.get(splitQueue(message.queue).node);
    const finished = node ? await this.#compensator.goOn(plan, node, message, draft) : draft;
    const at = this.#context.clock.now();
    const clears = node?.clears ? { clears: true } : {};
    const step: Step = { message, from, ...finished, at, durationMs: 0, ...clears };
    const committed = await this.#context.stores.messages.commit(step);
    this.#report(step, committed);
    return committed.applied;
  }

  #builtin(plan: Plan, node: PlanNode, message: Message): Promise<Draft> {
    if (node.kind === 'call') return this.#spawner.call(plan, node, message);
    if (node.kind === 'topic' && !node.isStart) return this.#spawner.publish(plan, node, message);
    return runBuiltin(this.#context, node, message).then((builtin) =>
      this.#builder.fromBuiltin(plan, node, message, builtin),
    );
  }

  /** What few steps need: an error path instead of trash, the next undo step. */
  async #finish(plan: Plan, node: PlanNode, message: Message, draft: Draft): Promise<Draft> {
    try {
      const led = node.errors.length > 0 ? await this.#builder.alongErrorPath(plan, node, message, draft) : draft;
      return await this.#compensator.goOn(plan, node, message, led);
    } catch (error) {
      return isStoreTrouble(error) ? this.#again(message) : this.#builder.fromError(node, error);
    }
  }

  async #call(node: PlanNode, message: Message, chain: ChainRun | null): Promise<Called> {
    const worker = node.worker!;
    const body = bodyOf(this.#context, message.payload);
    const call: StepCall = {
      target: node.target!,
      idempotencyKey: message.id,
      processId: message.processId,
      processStartedAt: message.processStartedAt,
      messageId: message.id,
      parentId: message.parentId,
      attempt: message.attempt + 1,
      user: message.user,
      headers: message.headers,
      contentType: message.contentType,
      body: body instanceof Promise ? await body : body,
      cursor: message.cursor,
    };
    this.#context.crash('before-call');
    if (!this.#circuits.begin(worker)) return { kind: 'unreachable', reason: 'its circuit is open' };
    const result = await this.#context.workers.call(worker, call, node.timeoutMs, undefined, chain ?? undefined);
    this.#circuits.end(worker, result.kind === 'unreachable' || result.kind === 'unanswered' ? result.kind : 'answer');
    this.#context.crash('after-call');
    return result;
  }

  /** The step could not be prepared because the store cannot be used: run it again soon, without using an attempt. */
  #again(message: Message): Draft {
    const dueAt = this.#context.clock.now() + 1_000;
    const reason = 'the store could not be used while the step was prepared';
    return { move: { to: 'delayed', dueAt, attempt: message.attempt, code: 'repeat', reason }, emitted: [] };
  }

  /** @returns null when the engine stopped first: the message runs again at the next start */
  #commit({ node, message, began, before }: Place, draft: Draft): Promise<Committed | null> {
    const at = this.#context.clock.now();
    const plain: Step = {
      message,
      from: 'leased',
      move: draft.move,
      emitted: draft.emitted,
      at,
      durationMs: at - began,
      ...(draft.answer && { answer: draft.answer }),
    };
    const { starts, joins, timer } = draft;
    const step: Step =
      starts || joins || timer || node.clears
        ? { ...plain, ...(starts && { starts }), ...(joins && { joins }), ...(timer && { timer }), clears: node.clears }
        : plain;
    const written = before.length === 0 ? this.#writeOne(step) : this.#write([...before, step], false).then(lastOf);
    if (!node.timer) return written;
    return written.then(async (last) => {
      if (last && !last.applied) await this.#tooLate(step);
      return last;
    });
  }

  /** As {@link #write}, for most steps. */
  #writeOne(step: Step): Promise<Committed | null> {
    const { messages } = this.#context.stores;
    this.#context.crash('before-commit');
    return this.#untilWritten(step, () =>
      messages.commit(step).then((committed) => {
        this.#context.crash('after-commit');
        this.#report(step, committed);
        return committed;
      }),
    );
  }

  /** @returns null when the engine stopped first: the messages run again at the next start */
  #write(steps: readonly Step[], keeps: boolean): Promise<readonly Committed[] | null> {
    const { messages } = this.#context.stores;
    this.#context.crash('before-commit');
    return this.#untilWritten(steps[0]!, () =>
      messages.commitChain(steps, keeps).then((committed) => {
        this.#context.crash('after-commit');
        for (let index = 0; index < steps.length; index++) this.#report(steps[index]!, committed[index]!);
        return committed;
      }),
    );
  }

  /** No `async` up to here: all that such a function holds would wait for the commit. @returns null when the engine stopped first */
  #untilWritten<T>(first: Step, write: () => Promise<T>, waitMs = FIRST_COMMIT_RETRY_MS): Promise<T | null> {
    return write().catch(async (error: unknown) => {
      // The work is done and must not be done again: keep it and wait for the store.
      if (this.#stopped) return null;
      this.#context.log.error('A step could not be committed; it is kept and tried again.', {
        messageId: first.message.id,
        error,
      });
      await new Promise<void>((resolve) => this.#context.clock.at(this.#context.clock.now() + waitMs, resolve));
      if (this.#stopped) return null;
      return this.#untilWritten(first, write, Math.min(waitMs * 2, LONGEST_COMMIT_RETRY_MS));
    });
  }

  #measure({ message, durationMs, move }: Step): void {
    // Whoever waits for a permit was not called.
    if (this.observer === null || move.to === 'limited') return;
    const failed =
      move.to === 'trash' ||
      (move.to === 'delayed' && move.code === 'repeat') ||
      (move.to === 'done' && move.result === 'error');
    this.observer(message.queue, durationMs, failed);
  }

  /** The message left along its timer path while it was in work: the answer changes nothing, and its history says so. */
  async #tooLate({ message, at, durationMs, move }: Step): Promise<void> {
    const reason = `an answer came after the message had left along the timer path; it was ignored (${move.to})`;
    const record = { attempt: message.attempt + 1, at, durationMs, code: 'late', reason };
    await this.#context.stores.messages.note(message.id, record);
  }

  #report(step: Step, committed: Committed): void {
    if (!committed.applied) return;
    const { message, move, answer } = step;
    if (step.from === 'leased') this.#measure(step);
    if (answer) this.#waiters.answered(message.processId, answer);
    if (move.to === 'trash') this.#waiters.trashed(message.processId, move);
    if (committed.ended) this.#ended(message.processId, message, committed.ended);
    for (const { processId, ended } of committed.also ?? []) this.#ended(processId, message, ended);
  }

  #ended(processId: string, { queue }: Message, status: ProcessStatus): void {
    this.#waiters.ended(processId, status);
    if (status === 'failed') this.#compensator.failed(processId, queue);
  }
}

const lastOf = (committed: readonly Committed[] | null): Committed | null => committed?.at(-1) ?? null;

/** Content of what a step emits. */
function bytesOf({ emitted }: Draft): number {
  let bytes = 0;
  for (const { message } of emitted) bytes += bytesInMemory(message.payload);
  return bytes;
}

function isStoreTrouble(error: unknown): boolean {
  return error instanceof SluiceError && (error.code === 'store.write_failed' || error.code === 'store.read_failed');
}
