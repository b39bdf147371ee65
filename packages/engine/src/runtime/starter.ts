// The way in: a body becomes a process, durable before anybody is told (E1).

import { type Body, type Headers, MAX_HEADER_BYTES, ownHeaders, SluiceError } from '@sluice/protocol';
import type { Emission } from '../core/message.ts';
import type { Plan, PlanNode } from '../core/plan.ts';
import type { Accepted } from '../ports/message-store.ts';
import { payloadOf } from './content.ts';
import type { Context } from './context.ts';
import type { Emitter, Origin, Output } from './emitter.ts';
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
}

export interface Started {
  readonly processId: string;
  /** It was started before, by a request with the same idempotency key. */
  readonly duplicate: boolean;
}

const DEFAULT_USER = 'default';

export class Starter {
  readonly #context: Context;
  readonly #emitter: Emitter;
  readonly #waiters: Waiters;

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
    return this.#accept(plan, node, start, awaited, (origin, output) =>
      this.#emitter.emit(plan, node, origin, [output]),
    );
  }

  /** Start a process in the middle: its first message goes straight to a node (B3). */
  async startAt(plan: Plan, node: PlanNode, start: Start, cursor: string | null): Promise<Started> {
    return this.#accept(plan, node, start, undefined, async (origin, output) => [
      await this.#emitter.enter(
        plan,
        node.id,
        origin,
        output,
        'replay',
        cursor === null ? undefined : { cursor, sameCursor: 0 },
      ),
    ]);
  }

  async #accept(
    plan: Plan,
    node: PlanNode,
    start: Start,
    awaited: ((result: Promise<Awaited>) => void) | undefined,
    emit: (origin: Origin, output: Output) => Emission[] | Promise<Emission[]>,
  ): Promise<Started> {
    const { ids, clock, stores } = this.#context;
    const at = clock.now();
    const processId = ids.process(at);
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
      parentId: `${processId}.${ids.digest(`${plan.topology}/${plan.version}/${node.id}`)}`,
      processStartedAt: at,
    };
    const emitting = emit(origin, { payload, headers, contentType, user });
    const emitted = emitting instanceof Promise ? await emitting : emitting;
    const key = start.idempotencyKey ?? null;
    if (awaited) awaited(this.#waiters.expect(processId));
    this.#context.crash('before-accept');
    let accepted: Accepted;
    try {
      accepted = await stores.messages.accept({
        processId,
        topology: plan.topology,
        version: plan.version,
        startNode: node.id,
        user,
        at,
        idempotencyKey: key,
        bodyDigest:
          key === null
            ? null
            : ids.digest(typeof start.body === 'string' ? start.body : Buffer.from(start.body).toString('base64')),
        replayOf: start.replayOf ?? null,
        payload,
        headers,
        contentType,
        emitted,
      });
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
    if (payload.blob) await stores.blobs.forget([processId]);
    if (accepted.kind === 'conflict')
      throw new SluiceError('run.idempotency_conflict', { key: key!, processId: accepted.processId });
    return { processId: accepted.processId, duplicate: true };
  }
}

function bytesOf(headers: Headers): number {
  let bytes = 0;
  for (const name in headers) bytes += Buffer.byteLength(name) + Buffer.byteLength(headers[name]!);
  return bytes;
}
