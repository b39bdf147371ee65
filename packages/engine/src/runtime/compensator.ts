// Undoing what a failed process did: the undo steps of its completed steps, the last one first, one after the other.
//
// A compensation is a process of its own, linked to the failed one. What it undoes is written down when it begins, and
// each undo step emits the next one in its own commit: so it survives every crash, and an undo that fails stops the
// chain in trash, where a person lets it go on.

import { type Body, type Headers, SluiceError } from '@sluice/protocol';
import { type Message, splitQueue } from '../core/message.ts';
import type { Plan, PlanNode } from '../core/plan.ts';
import type { ProcessRecord, StepRecord } from '../ports/read-model.ts';
import { bodyOf, payloadOf } from './content.ts';
import type { Context } from './context.ts';
import type { Deployer } from './deployer.ts';
import type { Emitter, Output } from './emitter.ts';
import type { Started, Starter } from './starter.ts';
import { type Draft, originOf } from './step-builder.ts';

/** How a step may have ended that did something. */
const DID = new Set(['forwarded', 'ended', 'responded']);
const MAX_STEPS = 10_000;

/** One thing to undo, as it is written down. */
interface Undo {
  /** Step that is undone, and the one that undoes it. */
  readonly of: string;
  readonly node: string;
  readonly messageId: string;
  readonly text: string;
  readonly base64: boolean;
  readonly contentType: string;
  readonly headers: Headers;
  readonly user: string;
}

export class Compensator {
  readonly #context: Context;
  readonly #deployer: Deployer;
  readonly #emitter: Emitter;
  readonly #starter: Starter;

  constructor(context: Context, deployer: Deployer, emitter: Emitter, starter: Starter) {
    this.#context = context;
    this.#deployer = deployer;
    this.#emitter = emitter;
    this.#starter = starter;
  }

  /** Failed processes whose compensation did not begin before the engine ended. */
  async start(): Promise<void> {
    for (const { name, version, state } of await this.#deployer.list()) {
      const plan = state === 'draft' ? null : await this.#deployer.plan(name, version);
      if (plan?.compensates) await this.#failedBefore(plan);
    }
  }

  /** A process failed: compensate it when its topology says so. */
  failed(processId: string, queue: string): void {
    const { topology, version } = splitQueue(queue);
    void this.#deployer
      .plan(topology, version)
      .then((plan) => (plan?.compensates ? this.#automatic(processId) : undefined))
      .catch((error: unknown) =>
        this.#context.log.error('A compensation could not begin; it is tried again at the next start.', {
          processId,
          error,
        }),
      );
  }

  /**
   * Begin to undo a process. The second time it is the same compensation.
   * @throws SluiceError `process.unknown`, `process.running`, `process.nothing_to_compensate`
   */
  async compensate(processId: string): Promise<Started> {
    const process = await this.#context.stores.reads.process(processId);
    if (!process) throw new SluiceError('process.unknown', { id: processId });
    if (process.status === 'running') throw new SluiceError('process.running', { id: processId });
    const plan = await this.#deployer.plan(process.topology, process.version);
    if (!plan) throw new SluiceError('topology.version_unknown', { name: process.topology, version: process.version });
    const list = await this.#list(plan, processId);
    if (list.length === 0) throw new SluiceError('process.nothing_to_compensate', { id: processId });
    return this.#begin(plan, process, list);
  }

  /** After an undo step: the next one, in the same commit. Leaves every other step as it is. */
  async goOn(plan: Plan, node: PlanNode, message: Message, draft: Draft): Promise<Draft> {
    const place = placeOf(message.cursor);
    if (place === null || (draft.move.to !== 'done' && draft.move.to !== 'trash')) return draft;
    const list = await this.#writtenDown(message.processId);
    if (draft.move.to === 'trash') {
      const details = { node: node.id, of: list[place]!.of, left: list.length - place - 1, reason: draft.move.reason };
      return {
        ...draft,
        move: {
          to: 'trash',
          code: 'compensation.failed',
          reason: new SluiceError('compensation.failed', details).message,
        },
      };
    }
    const next = list[place + 1];
    if (!next) return draft;
    const output = await this.#outputOf(next, message.processId);
    const emission = await this.#emitter.enter(plan, next.node, originOf(message), output, 'undo', pageOf(place + 1));
    return { ...draft, emitted: [...draft.emitted, emission] };
  }

  async #automatic(processId: string): Promise<void> {
    const process = await this.#context.stores.reads.process(processId);
    // An undo that failed is for a person; undoing it would be no undoing.
    if (process?.parent?.relation === 'compensation') return;
    try {
      await this.compensate(processId);
    } catch (error) {
      // Replayed meanwhile, or nothing was done that could be undone.
      const code = error instanceof SluiceError ? error.code : null;
      if (code !== 'process.running' && code !== 'process.nothing_to_compensate') throw error;
    }
  }

  async #failedBefore(plan: Plan): Promise<void> {
    const filter = { topology: plan.topology, status: 'failed' } as const;
    let cursor: string | undefined;
    do {
      const page = await this.#context.stores.reads.processes(filter, { limit: 500, cursor });
      for (const process of page.items)
        if (process.version === plan.version && !(await this.#context.stores.reads.process(this.#idOf(process))))
          await this.#automatic(process.id);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
  }

  #idOf(process: ProcessRecord): string {
    return this.#context.ids.derived(process.startedAt, `compensation|${process.id}`);
  }

  async #begin(plan: Plan, process: ProcessRecord, list: readonly Undo[]): Promise<Started> {
    const first = list[0]!;
    const start = {
      body: JSON.stringify(list),
      contentType: 'application/json',
      user: process.user,
      processId: this.#idOf(process),
      idempotencyKey: `compensation/${process.id}`,
      parent: { processId: process.id, messageId: null, relation: 'compensation' as const },
      depth: process.depth + 1,
      businessKey: process.businessKey,
    };
    const prepared = await this.#starter.prepare(plan, plan.nodes.get(process.startNode)!, start, {
      at: plan.nodes.get(first.node)!,
      index: 'undo',
      cursor: cursorOf(0),
    });
    const output = await this.#outputOf(first, prepared.processId);
    const emitted = prepared.emitted.map((emission) => ({
      ...emission,
      message: { ...emission.message, ...output },
    }));
    return this.#starter.accept({ ...prepared, emitted, bodyDigest: null });
  }

  async #writtenDown(processId: string): Promise<readonly Undo[]> {
    const content = (await this.#context.stores.reads.content(processId))!;
    return JSON.parse(String(await bodyOf(this.#context, content.payload))) as Undo[];
  }

  async #outputOf(undo: Undo, processId: string): Promise<Output> {
    const body: Body = undo.base64 ? new Uint8Array(Buffer.from(undo.text, 'base64')) : undo.text;
    return {
      payload: await payloadOf(this.#context, processId, body),
      headers: { ...undo.headers, compensates: undo.messageId },
      contentType: undo.contentType,
      user: undo.user,
    };
  }

  /** Completed steps with an undo step, the last one first. */
  async #list(plan: Plan, processId: string): Promise<Undo[]> {
    const steps: StepRecord[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#context.stores.reads.history(processId, { limit: 500, cursor });
      steps.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined && steps.length < MAX_STEPS);
    const did = steps
      .map((step, order) => ({ step, order, undo: plan.nodes.get(step.node)?.undo ?? null }))
      .filter(({ step, undo }) => undo !== null && step.state === 'done' && DID.has(step.result ?? ''))
      .sort((a, b) => b.step.changedAt - a.step.changedAt || b.order - a.order);
    return Promise.all(did.map(({ step, undo }) => this.#undoOf(plan, step, undo!, steps)));
  }

  /** An undo step gets what the step made, because it has to know what to undo; where it made none or many, what it got. */
  async #undoOf(plan: Plan, step: StepRecord, undo: string, steps: readonly StepRecord[]): Promise<Undo> {
    const { kind } = plan.nodes.get(step.node)!;
    const one = kind !== 'batch' && kind !== 'split';
    const made = one ? steps.find((other) => other.message.parentId === step.message.id)?.message : undefined;
    const { payload, contentType, headers, user } = made ?? step.message;
    const body = await bodyOf(this.#context, payload);
    const base64 = typeof body !== 'string';
    return {
      of: step.node,
      node: undo,
      messageId: step.message.id,
      text: base64 ? Buffer.from(body).toString('base64') : body,
      base64,
      contentType,
      headers,
      user,
    };
  }
}

const PLACE = 'undo:';
const cursorOf = (place: number): string => `${PLACE}${place}`;
const pageOf = (place: number) => ({ cursor: cursorOf(place), sameCursor: 0 });

function placeOf(cursor: string | null): number | null {
  return cursor?.startsWith(PLACE) ? Number(cursor.slice(PLACE.length)) : null;
}
