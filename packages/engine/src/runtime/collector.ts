// Joins: parts are parked until their whole is there, then consumed in the one commit that emits it.
//
// A part waits as a held message; its place among the others is on disk. The part that makes the whole is not parked:
// it stays leased until the whole is committed, so after a crash it comes again and completes it again. Decisions
// about one whole are taken one after the other, in order of arrival; the commits of parts that park do not wait for
// each other.

import { SluiceError } from '@sluice/protocol';
import type { Message } from '../core/message.ts';
import { splitQueue } from '../core/message.ts';
import type { Plan, PlanNode } from '../core/plan.ts';
import type { Committed } from '../ports/message-store.ts';
import type { PartRecord } from '../ports/read-model.ts';
import { bodyOf, inputOf, payloadOf } from './content.ts';
import type { Context } from './context.ts';
import type { Deployer } from './deployer.ts';
import { isTrue } from './emitter.ts';
import { type Draft, type StepBuilder, trash } from './step-builder.ts';
import { inOrder, joinedBody, sharedHeaders } from './whole.ts';

const MAX_PARTS = 10_000;

/** Commits the step of the message; null when the engine stopped before it could. */
export type Commit = (draft: Draft) => Promise<Committed | null>;
type CommitHeld = (plan: Plan, message: Message, draft: Draft) => Promise<boolean>;

interface Part extends PartRecord {
  readonly collection: string;
  /** The key as a person reads it. */
  readonly key: string;
  readonly count: number | null;
}

/** What is known of a whole while parts of it are in work. */
interface Whole {
  turn: Promise<unknown>;
  users: number;
  /** Null = ask the store. */
  parked: number | null;
  closed: boolean;
  readonly parking: Set<Promise<unknown>>;
}

export class Collector {
  readonly #context: Context;
  readonly #deployer: Deployer;
  readonly #builder: StepBuilder;
  readonly #commitHeld: CommitHeld;
  readonly #wholes = new Map<string, Whole>();
  /** The last reading of a part at each node: parts are read in the order they were claimed. */
  readonly #readings = new Map<string, Promise<unknown>>();

  constructor(context: Context, deployer: Deployer, builder: StepBuilder, commitHeld: CommitHeld) {
    this.#context = context;
    this.#deployer = deployer;
    this.#builder = builder;
    this.#commitHeld = commitHeld;
  }

  /** One claimed part, to its commit. Throws only before anything was committed. */
  async run(plan: Plan, node: PlanNode, message: Message, commit: Commit): Promise<void> {
    const part = await this.#next(node, message);
    // What the turn answers is not waited for inside it: the next part may be decided on while this one parks.
    const { committed } = await this.#inTurn(part.collection, (whole) => this.#decide(plan, node, part, whole, commit));
    await committed;
  }

  /** The time of a whole is up. */
  async expired(collection: string): Promise<void> {
    await this.#inTurn(collection, async (whole) => {
      await Promise.all(whole.parking);
      whole.parked = null;
      const parts = await this.#context.stores.reads.parts(collection);
      const last = parts.at(-1)?.message;
      const { topology, version, node: id } = splitQueue(last?.queue ?? '//');
      const plan = last ? await this.#deployer.plan(topology, version) : null;
      const node = plan?.nodes.get(id);
      if (last && plan && node) {
        if (node.settings.onTimeout === 'fail') await this.#failAll(plan, node, collection, parts);
        else await this.#commitHeld(plan, last, await this.#join(plan, node, last, collection, parts, parts));
      }
      // What is left could not be decided now; its time stays up.
      const { parts: left } = await this.#context.stores.reads.collection(collection);
      if (left === 0 || !node) await this.#context.stores.messages.clearTimer(collection);
    });
  }

  async #decide(plan: Plan, node: PlanNode, part: Part, whole: Whole, commit: Commit) {
    for (;;) {
      await this.#count(part.collection, whole);
      if (whole.closed) return { committed: commit(await this.#late(plan, node, part)) };
      const present = whole.parked! + 1;
      if (present > MAX_PARTS) {
        const details = { node: node.id, key: part.key, max: MAX_PARTS };
        throw new SluiceError('collect.too_many', details);
      }
      if (!(await this.#isWhole(node, part, present, whole)))
        return { committed: this.#park(node, part, whole, commit) };
      await Promise.all(whole.parking);
      // A part that could not be parked after all: count again.
      if (whole.parked === null) continue;
      const parked = await this.#context.stores.reads.parts(part.collection);
      const draft = await this.#join(plan, node, part.message, part.collection, parked, [...parked, part]);
      const committed = await commit(draft);
      whole.parked = null;
      if (committed && !committed.applied && committed.stale) continue;
      return { committed: Promise.resolve(committed) };
    }
  }

  #park(node: PlanNode, part: Part, whole: Whole, commit: Commit): Promise<void> {
    const { timeoutMs } = node.settings;
    const dueAt = this.#context.clock.now() + (timeoutMs ?? 0);
    whole.parked!++;
    const parking: Promise<void> = commit({
      move: {
        to: 'collected',
        collection: part.collection,
        place: part.place,
        reason: `waits for the other parts of ${part.key}`,
      },
      emitted: [],
      // The first part sets it; for the others it is there already.
      ...(timeoutMs === undefined ? {} : { timer: { id: part.collection, of: 'collection' as const, dueAt } }),
    }).then((committed) => {
      whole.parking.delete(parking);
      if (!committed?.applied) whole.parked = null;
    });
    whole.parking.add(parking);
    return parking;
  }

  async #join(
    plan: Plan,
    node: PlanNode,
    message: Message,
    collection: string,
    parked: readonly PartRecord[],
    all: readonly PartRecord[],
  ): Promise<Draft> {
    const parts = inOrder(all).map((part) => part.message);
    const body = joinedBody(
      await Promise.all(parts.map(async (part) => ({ ...part, body: await bodyOf(this.#context, part.payload) }))),
    );
    const draft = await this.#builder.forward(plan, node, message, {
      payload: await payloadOf(this.#context, message.processId, body),
      headers: sharedHeaders(parts),
      contentType: 'application/json',
      user: message.user,
    });
    return {
      ...draft,
      joins: {
        collection,
        parts: parts.map(({ id }) => id),
        parked: parked.map((part) => part.message.id),
        closes: node.settings.scope === 'topology' ? null : message.processId,
      },
    };
  }

  async #late(plan: Plan, node: PlanNode, { key, message }: Part): Promise<Draft> {
    if (node.settings.late === 'stop')
      return { move: { to: 'done', result: 'stopped', reason: `came after ${key} had been released` }, emitted: [] };
    const error = new SluiceError('collect.late', { node: node.id, key });
    return this.#builder.alongErrorPath(plan, node, message, trash(error.code, error.message));
  }

  async #failAll(plan: Plan, node: PlanNode, collection: string, parts: readonly PartRecord[]): Promise<void> {
    for (const { message } of parts) {
      const details = { node: node.id, key: collection, parts: parts.length, timeoutMs: node.settings.timeoutMs! };
      const error = new SluiceError('collect.incomplete', details);
      const draft = await this.#builder.alongErrorPath(plan, node, message, trash(error.code, error.message));
      await this.#commitHeld(plan, message, draft);
    }
  }

  async #isWhole(node: PlanNode, part: Part, present: number, whole: Whole): Promise<boolean> {
    if (part.count !== null && present >= part.count) return true;
    const { complete } = node.settings;
    if (complete === undefined) return false;
    await Promise.all(whole.parking);
    const parked = await this.#context.stores.reads.parts(part.collection);
    const parts = inOrder([...parked, part]).map(({ message }) => message);
    const bodies = parts.map(async (made) => ({ ...made, body: await bodyOf(this.#context, made.payload) }));
    const value = await this.#context.expressions.evaluate(complete, {
      headers: sharedHeaders(parts),
      user: part.message.user,
      contentType: 'application/json',
      body: joinedBody(await Promise.all(bodies)),
    });
    return isTrue(value);
  }

  async #count(collection: string, whole: Whole): Promise<void> {
    if (whole.parked !== null) return;
    await Promise.all(whole.parking);
    const { parts, closed } = await this.#context.stores.reads.collection(collection);
    whole.parked = parts;
    whole.closed = closed;
  }

  /** Read a part after the one that was claimed before it, so that the order of arrival is that of the queue. */
  #next(node: PlanNode, message: Message): Promise<Part> {
    const before = this.#readings.get(node.queue) ?? Promise.resolve();
    const reading = before.then(() => this.#read(node, message));
    const settled = reading.then(
      () => {},
      () => {},
    );
    this.#readings.set(node.queue, settled);
    return reading;
  }

  async #read(node: PlanNode, message: Message): Promise<Part> {
    const { key, count, index, scope } = node.settings;
    const input = await inputOf(this.#context, message);
    const evaluate = (expression: string): Promise<unknown> => this.#context.expressions.evaluate(expression, input);
    const text = key === undefined ? null : JSON.stringify((await evaluate(key)) ?? null);
    const owner = scope === 'topology' ? '' : message.processId;
    const place = index === undefined ? undefined : await evaluate(index);
    return {
      message,
      collection: `collect.${this.#context.ids.digest(`${node.queue}|${owner}|${text}`)}`,
      key: text === null ? `process ${message.processId}` : `key ${text}`,
      count: count === undefined ? null : typeof count === 'number' ? count : countOf(node, await evaluate(count)),
      place: place === undefined ? null : JSON.stringify(place),
    };
  }

  #inTurn<T>(collection: string, act: (whole: Whole) => Promise<T>): Promise<T> {
    let whole = this.#wholes.get(collection);
    if (!whole) {
      whole = { turn: Promise.resolve(), users: 0, parked: null, closed: false, parking: new Set() };
      this.#wholes.set(collection, whole);
    }
    const own = whole;
    own.users++;
    const result = own.turn.then(() => act(own));
    own.turn = result.then(
      () => {},
      () => {},
    );
    // Nobody in work: what is on disk says it all.
    void own.turn
      .then(() => Promise.all(own.parking))
      .then(() => {
        if (--own.users === 0) this.#wholes.delete(collection);
      });
    return result;
  }
}

function countOf(node: PlanNode, value: unknown): number {
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MAX_PARTS) return count;
  throw new SluiceError('collect.count_invalid', { node: node.id, got: JSON.stringify(value) ?? 'nothing' });
}
