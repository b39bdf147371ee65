// One leased message: admit → run → commit. Whatever happens, the message ends in a commit or goes back to its queue.

import type { CallResult, StepCall } from '@sluice/protocol';
import { SluiceError } from '@sluice/protocol';
import { WORKER_KINDS } from '@sluice/topology';
import type { Message } from '../core/message.ts';
import type { Plan, PlanNode } from '../core/plan.ts';
import type { Step } from '../core/step.ts';
import type { Committed } from '../ports/message-store.ts';
import { runBuiltin } from './builtins.ts';
import type { Circuits } from './circuits.ts';
import { bodyOf } from './content.ts';
import type { Context } from './context.ts';
import type { Limiter } from './limiter.ts';
import type { Draft, StepBuilder } from './step-builder.ts';
import type { Waiters } from './waiters.ts';

const FIRST_COMMIT_RETRY_MS = 200;
const LONGEST_COMMIT_RETRY_MS = 5_000;

export class StepRunner {
  readonly #context: Context;
  readonly #builder: StepBuilder;
  readonly #limiter: Limiter;
  readonly #circuits: Circuits;
  readonly #waiters: Waiters;
  #stopped = false;

  constructor(context: Context, builder: StepBuilder, limiter: Limiter, circuits: Circuits, waiters: Waiters) {
    this.#context = context;
    this.#builder = builder;
    this.#limiter = limiter;
    this.#circuits = circuits;
    this.#waiters = waiters;
  }

  /** No more attempts to write what cannot be written: the next start runs it again. */
  stop(): void {
    this.#stopped = true;
  }

  /** Run one leased message to its commit. Never rejects. */
  async run(plan: Plan, node: PlanNode, message: Message): Promise<void> {
    const started = this.#context.clock.now();
    let settle: (() => void) | null = null;
    let draft: Draft;
    try {
      if (node.limit) {
        const admission = await this.#limiter.admit(await this.#limiter.keyOf(node, message), message.id);
        if (!admission.granted) {
          const { limitKey } = admission;
          await this.#commit(message, started, {
            move: { to: 'limited', limitKey, reason: 'waits for a permit' },
            emitted: [],
          });
          this.#limiter.parked(limitKey);
          return;
        }
        settle = admission.settle;
      }
      if (WORKER_KINDS.has(node.kind)) {
        const result = await this.#call(node, message);
        settle?.();
        settle = null;
        if (result.kind === 'unreachable') {
          this.#context.stores.messages.giveBack(message);
          return;
        }
        const drafted = this.#builder.fromWorker(plan, node, message, result);
        draft = drafted instanceof Promise ? await drafted : drafted;
      } else {
        draft = await this.#builder.fromBuiltin(plan, node, message, await runBuiltin(this.#context, node, message));
      }
    } catch (error) {
      draft = isStoreTrouble(error) ? this.#again(message) : this.#builder.fromError(node, error);
    }
    settle?.();
    await this.#commit(message, started, draft);
    if (draft.move.to === 'limited') this.#limiter.parked(draft.move.limitKey);
  }

  /** Commit a step that a person decided: from trash, or of a user task. */
  async commitByHand(message: Message, from: 'held' | 'trash', draft: Draft): Promise<boolean> {
    const committed = await this.#write({ message, from, ...draft, at: this.#context.clock.now(), durationMs: 0 });
    this.#report(message, draft, committed);
    return committed.applied;
  }

  async #call(node: PlanNode, message: Message): Promise<CallResult> {
    const worker = node.worker!;
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
      body: await bodyOf(this.#context, message.payload),
      cursor: message.cursor,
    };
    this.#context.crash('before-call');
    this.#circuits.begin(worker);
    const result = await this.#context.workers.call(worker, call, node.timeoutMs);
    this.#circuits.end(worker, result.kind === 'unreachable' || result.kind === 'unanswered' ? result.kind : 'answer');
    this.#context.crash('after-call');
    return result;
  }

  /** The step could not be prepared because the store cannot write: run it again soon, without using an attempt. */
  #again(message: Message): Draft {
    const dueAt = this.#context.clock.now() + 1_000;
    const reason = 'the store could not write what the step made';
    return { move: { to: 'delayed', dueAt, attempt: message.attempt, code: 'repeat', reason }, emitted: [] };
  }

  async #commit(message: Message, started: number, draft: Draft): Promise<void> {
    this.#context.crash('before-commit');
    const at = this.#context.clock.now();
    const step: Step = {
      message,
      from: 'leased',
      move: draft.move,
      emitted: draft.emitted,
      at,
      durationMs: at - started,
      ...(draft.answer && { answer: draft.answer }),
    };
    for (let waitMs = FIRST_COMMIT_RETRY_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_COMMIT_RETRY_MS)) {
      try {
        const committed = await this.#write(step);
        this.#context.crash('after-commit');
        this.#report(message, draft, committed);
        return;
      } catch (error) {
        // The work is done and must not be done again: keep it and wait for the store.
        if (this.#stopped) return;
        this.#context.log.error('A step could not be committed; it is kept and tried again.', {
          messageId: message.id,
          error,
        });
        await new Promise<void>((resolve) => this.#context.clock.at(this.#context.clock.now() + waitMs, resolve));
        if (this.#stopped) return;
      }
    }
  }

  #write(step: Step): Promise<Committed> {
    return this.#context.stores.messages.commit(step);
  }

  #report(message: Message, draft: Draft, committed: Committed): void {
    if (!committed.applied) return;
    if (draft.answer) this.#waiters.answered(message.processId, draft.answer);
    if (draft.move.to === 'trash') this.#waiters.trashed(message.processId, draft.move);
    if (committed.ended) this.#waiters.ended(message.processId, committed.ended);
  }
}

function isStoreTrouble(error: unknown): boolean {
  return error instanceof SluiceError && error.code === 'store.write_failed';
}
