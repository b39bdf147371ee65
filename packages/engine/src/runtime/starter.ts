// The way in: a body becomes a process, durable before anybody is told (E1).

import { type Body, type Headers, MAX_HEADER_BYTES, ownHeaders, SluiceError } from '@sluice/protocol';
import type { Acceptance, Parent } from '../core/acceptance.ts';
import type { Plan, PlanNode } from '../core/plan.ts';
import type { Accepted } from '../ports/message-store.ts';
import { inputOf, payloadOf } from './content.ts';
import type { Context } from './context.ts';
import type { Emitter, Output } from './emitter.ts';
import type { Awaited, Waiters } from './waiters.ts';

export interface Start {
  readonly body: Body;
  readonly contentType?: string | undefined;
  readonly headers?: Headers | undefined;
  /** Owner of the process: installs, limits and fairness go by it. */
  readonly user?: string | undefined;
  /** The same key and topology again gives the same process. */
  readonly idempotencyKey?: string | undefined;
  readonly replayOf?: string | undefined;
  /** Of a process that a message starts: its id, where it comes from, and how many are above it. */
  readonly processId?: string | undefined;
  readonly parent?: Parent | undefined;
  readonly depth?: number | undefined;
  /** Taken over from another process; without it the start node says how it is found. */
  readonly businessKey?: string | null | undefined;
}

export interface Started {
  readonly processId: string;
  /** It was started before, by a request with the same idempotency key. */
  readonly duplicate: boolean;
}

const DEFAULT_USER = 'default';
const MAX_BUSINESS_KEY = 500;

export class Starter {
  readonly #context: Context;
  readonly #emitter: Emitter;
  readonly #waiters: Waiters;
  /** What ids of messages say of the start node that they come from. */
  readonly #origins = new WeakMap<PlanNode, string>();

  constructor(context: Context, emitter: Emitter, waiters: Waiters) {
    this.#context = context;
    this.#emitter = emitter;
    this.#waiters = waiters;
  }

  /**
   * Start a process at a start node.
   * @param awaited  also wait for its answer or end; the promise is made before the process can begin
   */
  async start(
    plan: Plan,
    node: PlanNode,
    start: Start,
    awaited?: (result: Promise<Awaited>) => void,
  ): Promise<Started> {
    return await this.accept(await this.prepare(plan, node, start), awaited);
  }

  /** Start a process in the middle: its first message goes straight to a node (B3). */
  async startAt(plan: Plan, node: PlanNode, start: Start, cursor: string | null): Promise<Started> {
    return this.accept(await this.prepare(plan, node, start, { at: node, cursor, index: 'replay' }));
  }

  /**
   * All that a process begins with, stored by nobody yet.
   * @param enter  instead of the followers of the start: one message at a node
   */
  async prepare(
    plan: Plan,
    node: PlanNode,
    start: Start,
    enter?: { readonly at: PlanNode; readonly index: string; readonly cursor?: string | null },
  ): Promise<Acceptance> {
    const { ids, clock } = this.#context;
    const at = clock.now();
    const processId = start.processId ?? ids.process(at);
    const headers = ownHeaders(start.headers ?? {});
    const headerBytes = bytesOf(headers);
    if (headerBytes > MAX_HEADER_BYTES)
      throw new SluiceError('request.headers_too_large', { bytes: headerBytes, maxBytes: MAX_HEADER_BYTES });
    const user = start.user || DEFAULT_USER;
    const contentType = start.contentType || 'application/octet-stream';
    const kept = payloadOf(this.#context, processId, start.body);
    const payload = kept instanceof Promise ? await kept : kept;
    // The start itself is consumed as it is accepted; its id is the parent of what it leads to.
    const origin = {
      processId,
      parentId: `${processId}.${this.#originOf(plan, node)}`,
      processStartedAt: at,
    };
    const output: Output = { payload, headers, contentType, user };
    const emitting = enter
      ? this.#emitter.enter(plan, enter.at.id, origin, output, enter.index, pageAt(enter.cursor)).then((one) => [one])
      : this.#emitter.emit(plan, node, origin, [output]);
    const emitted = emitting instanceof Promise ? await emitting : emitting;
    const key = start.idempotencyKey ?? null;
    const { businessKey: expression } = node.settings;
    const businessKey =
      start.businessKey !== undefined || expression === undefined
        ? (start.businessKey ?? null)
        : await this.#businessKey(expression, output, start);
    return {
      processId,
      topology: plan.topology,
      version: plan.version,
      startNode: node.id,
      user,
      at,
      idempotencyKey: key,
      bodyDigest: key === null ? null : ids.digest(textOf(start.body)),
      replayOf: start.replayOf ?? null,
      payload,
      headers,
      contentType,
      emitted,
      ...(start.parent || businessKey !== null
        ? { lineage: { businessKey, parent: start.parent ?? null, depth: start.depth ?? 0 } }
        : {}),
    };
  }

  /** Store what was prepared (E1). */
  async accept(acceptance: Acceptance, awaited?: (result: Promise<Awaited>) => void): Promise<Started> {
    const { processId, payload, idempotencyKey } = acceptance;
    const { messages, blobs } = this.#context.stores;
    if (awaited) awaited(this.#waiters.expect(processId));
    this.#context.crash('before-accept');
    let accepted: Accepted;
    try {
      accepted = await messages.accept(acceptance);
    } catch (error) {
      this.#waiters.forget(processId);
      throw error;
    }
    this.#context.crash('after-accept');
    if (accepted.kind === 'accepted') {
      if (accepted.ended) this.#waiters.ended(processId, accepted.ended);
      return { processId, duplicate: false };
    }
    this.#waiters.forget(processId);
    if (payload.blob && accepted.processId !== processId) await blobs.forget([processId]);
    if (accepted.kind === 'conflict')
      throw new SluiceError('run.idempotency_conflict', { key: idempotencyKey!, processId: accepted.processId });
    return { processId: accepted.processId, duplicate: true };
  }

  #originOf(plan: Plan, node: PlanNode): string {
    let origin = this.#origins.get(node);
    if (origin === undefined) {
      origin = this.#context.ids.digest(`${plan.topology}/${plan.version}/${node.id}`);
      this.#origins.set(node, origin);
    }
    return origin;
  }

  async #businessKey(expression: string, output: Output, start: Start): Promise<string | null> {
    try {
      const value = await this.#context.expressions.evaluate(expression, await inputOf(this.#context, output));
      if (value === undefined || value === null) return null;
      return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, MAX_BUSINESS_KEY);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      // A publisher is not to suffer from what a subscriber wrote: that process begins without its key.
      if (start.parent?.relation !== 'topic') throw new SluiceError('run.business_key_failed', { expression, reason });
      this.#context.log.warn('A subscriber was started without its business key.', { expression, reason });
      return null;
    }
  }
}

const pageAt = (cursor: string | null | undefined) =>
  cursor === null || cursor === undefined ? undefined : { cursor, sameCursor: 0 };

const textOf = (body: Body): string => (typeof body === 'string' ? body : Buffer.from(body).toString('base64'));

function bytesOf(headers: Headers): number {
  let bytes = 0;
  for (const name in headers) bytes += Buffer.byteLength(name) + Buffer.byteLength(headers[name]!);
  return bytes;
}
