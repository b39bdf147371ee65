// One call that leads through several steps: what the worker says on the way becomes steps that are committed together,
// those that were done while others waited as soon as they are known.

import type { Called, ChainLink } from '@sluice/protocol';
import { childId } from '../core/child-id.ts';
import type { Message } from '../core/message.ts';
import type { Plan, PlanNode } from '../core/plan.ts';
import type { Step } from '../core/step.ts';
import type { Committed } from '../ports/message-store.ts';
import type { Chain, Forward } from '../ports/worker-caller.ts';
import type { Context } from './context.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Dispatchers } from './dispatchers.ts';
import type { Draft, StepBuilder } from './step-builder.ts';

/** Most steps of one call: they run without anybody else having a turn. */
const MAX_STEPS = 16;

/** Where the call is, and the steps that lead there and are not committed yet. */
export interface Place {
  readonly node: PlanNode;
  readonly message: Message;
  /** When the step at this place began. */
  readonly began: number;
  readonly before: readonly Step[];
  /** Set when the way ends here whatever came afterwards: the step did something else than the worker thought. */
  readonly draft?: Draft;
}

/** Commits steps. Null when the engine stopped. */
type Write = (steps: readonly Step[], keeps: boolean) => Promise<readonly Committed[] | null>;

/** What every chain works with. */
export interface ChainParts {
  readonly context: Context;
  readonly builder: StepBuilder;
  readonly dispatchers: Dispatchers;
  readonly write: Write;
}

export class ChainRun implements Chain {
  readonly links: readonly ChainLink[];
  readonly #context: Context;
  readonly #builder: StepBuilder;
  readonly #write: Write;
  readonly #plan: Plan;
  readonly #nodes: readonly PlanNode[];
  readonly #dispatchers: readonly Dispatcher[];
  readonly #releaseFirst: (steps: number) => void;
  /** Index of the node where the call is. */
  #at = 0;
  /** Steps that the worker said are done. */
  #told = 0;
  #message: Message;
  #began: number;
  readonly #passed: { readonly outcome: Forward; readonly durationMs: number }[] = [];
  #steps: Step[] = [];
  #cut: Draft | null = null;
  #lost = false;
  #flush: NodeJS.Immediate | null = null;
  /** Commits of what was passed, one behind the other; null before the first. */
  #flushing: Promise<void> | null = null;

  private constructor(
    parts: ChainParts,
    plan: Plan,
    message: Message,
    began: number,
    nodes: readonly PlanNode[],
    dispatchers: readonly Dispatcher[],
    release: (steps: number) => void,
  ) {
    this.#context = parts.context;
    this.#builder = parts.builder;
    this.#write = parts.write;
    this.#plan = plan;
    this.#nodes = nodes;
    this.#dispatchers = dispatchers;
    this.#releaseFirst = release;
    this.#message = message;
    this.#began = began;
    const links: ChainLink[] = [];
    let parent = message.id;
    for (let index = 1; index < nodes.length; index++) {
      const { queue, id, target, timeoutMs } = nodes[index]!;
      parent = childId(message.processId, queue, parent, `0:${id}`);
      links.push({ target: target!, messageId: parent, timeoutMs });
    }
    this.links = links;
  }

  /**
   * Room is reserved at the nodes that follow until the call is through there, or until `leave`.
   * @param release  gives back the room that the caller has at the first node; called once, as for those that follow, with how
   *   many steps the call leads through
   * @returns null when nothing may follow at once
   */
  static begin(
    parts: ChainParts,
    plan: Plan,
    node: PlanNode,
    message: Message,
    began: number,
    release: (steps: number) => void,
  ): ChainRun | null {
    if (message.cursor !== null || !parts.context.workers.chains(node.worker!)) return null;
    const first = parts.dispatchers.of(node.queue);
    if (!first?.leadsOn) return null;
    const nodes = [node];
    const dispatchers = [first];
    for (let id: string | null = node.onward; id !== null && nodes.length < MAX_STEPS; ) {
      const next: PlanNode = plan.nodes.get(id)!;
      const dispatcher = parts.dispatchers.of(next.queue);
      if (!next.entersPlain || limited(parts.context, next, message.user) || !dispatcher?.reserve()) break;
      nodes.push(next);
      dispatchers.push(dispatcher);
      id = dispatcher.leadsOn ? next.onward : null;
    }
    return nodes.length > 1 ? new ChainRun(parts, plan, message, began, nodes, dispatchers, release) : null;
  }

  passed(outcome: Forward, durationMs: number): void {
    this.#dispatchers[this.#told]!.ledOn(true);
    this.#release(this.#told++);
    this.#passed.push({ outcome, durationMs });
    // Usually all of it comes at once, and the end with it.
    this.#flush ??= setImmediate(() => {
      this.#flush = null;
      this.#flushing = this.#flushing ? this.#flushing.then(() => this.#commitPassed()) : this.#commitPassed();
    });
  }

  /** The call has its result. @returns null when it no longer matters: the process was cancelled, or the engine stopped */
  async arrive(result: Called): Promise<Place | null> {
    if (result.kind === 'forward' && !result.followers && this.#told < this.links.length)
      this.#dispatchers[this.#told]!.ledOn(false);
    if (this.#flush) clearImmediate(this.#flush);
    this.#flush = null;
    if (this.#flushing) await this.#flushing;
    const deciding = this.#decide();
    if (deciding) await deciding;
    if (this.#lost) return null;
    const place = { node: this.#nodes[this.#at]!, message: this.#message, began: this.#began, before: this.#steps };
    if (this.#cut) return { ...place, draft: this.#cut };
    return place;
  }

  /** The call is over: let go of the room that is left. */
  leave(): void {
    for (let index = this.#told; index < this.#dispatchers.length; index++) this.#release(index);
  }

  #release(index: number): void {
    if (index === 0) this.#releaseFirst(this.#nodes.length);
    else this.#dispatchers[index]!.release();
  }

  async #commitPassed(): Promise<void> {
    await this.#decide();
    const steps = this.#steps;
    // What ends the way is committed by whoever waits for the call.
    if (steps.length === 0 || this.#cut || this.#lost) return;
    this.#steps = [];
    const committed = await this.#write(steps, true);
    this.#lost = committed === null || !committed.every(({ applied }) => applied);
  }

  /** From what the worker said to steps. @returns when something of it has to be waited for */
  #decide(): Promise<void> | undefined {
    for (let next = this.#passed.shift(); next && !this.#cut && !this.#lost; next = this.#passed.shift()) {
      const node = this.#nodes[this.#at]!;
      const { durationMs } = next;
      let drafted: Draft | Promise<Draft>;
      try {
        drafted = this.#builder.fromWorker(this.#plan, node, this.#message, next.outcome);
      } catch (error) {
        drafted = this.#builder.fromError(node, error);
      }
      if (drafted instanceof Promise)
        return drafted
          .catch((error: unknown) => this.#builder.fromError(node, error))
          .then((draft) => {
            this.#add(draft, durationMs);
            return this.#decide();
          });
      this.#add(drafted, durationMs);
    }
    return undefined;
  }

  #add(draft: Draft, durationMs: number): void {
    const [emission] = draft.emitted;
    if (draft.move.to !== 'done' || emission?.message.id !== this.links[this.#at]!.messageId) {
      this.#cut = draft;
      return;
    }
    const at = Math.min(this.#began + durationMs, this.#context.clock.now());
    const message = { ...emission.message, arrivedAt: at };
    this.#steps.push({
      message: this.#message,
      from: 'leased',
      move: draft.move,
      // It is in work already: a breakpoint that was set meanwhile comes too late.
      emitted: [{ message, enter: 'queue' }],
      at,
      durationMs: at - this.#began,
    });
    this.#at++;
    this.#message = message;
    this.#began = at;
  }
}

function limited(context: Context, node: PlanNode, user: string): boolean {
  return context.workers.limits(node.worker!, node.target!, user).length > 0;
}
