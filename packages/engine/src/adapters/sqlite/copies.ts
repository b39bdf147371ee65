// Between the engine's objects and the plain copies that cross to the threads.
//
// Row numbers of stored content travel with the objects under a symbol that each store has for itself: the engine knows
// nothing of rows, and a map beside them would be work for every collection of garbage.

import { type Emission, type Message, type Payload, processOf } from '../../core/message.ts';
import { MAX_SHARED, type MessageCopy, type MessageRow, type PayloadCopy, type Several } from './operations.ts';

const NO_HEADERS = '{}';
/** More messages than this are copied when they are written out: all together they would outlive a collection of garbage. */
const MAX_AT_ONCE = 100;

/** Contents of an operation that were copied for it. */
export type Seen = { readonly payload: Payload; readonly copy: PayloadCopy }[];

type Stored = Payload & { [row: symbol]: number | undefined };

export class Copies {
  readonly #row = Symbol('row');

  /** @param seen  copies made for this operation, so that shared content stays shared */
  payload(payload: Payload, seen: Seen): PayloadCopy {
    for (const one of seen) if (one.payload === payload) return one.copy;
    const row = (payload as Stored)[this.#row] ?? null;
    const copy =
      row === null
        ? { row, body: payload.body, blob: payload.blob, bytes: payload.bytes }
        : { row, body: null, blob: null, bytes: 0 };
    if (seen.length < MAX_SHARED) seen.push({ payload, copy });
    return copy;
  }

  /** The content is stored from now on. */
  remember(payload: Payload, row: number): void {
    (payload as Stored)[this.#row] = row;
  }

  messages(emissions: readonly Emission[], seen: Seen): Several<MessageCopy> {
    const copy = (emission: Emission): MessageCopy => this.message(emission, seen);
    if (emissions.length <= MAX_AT_ONCE) return emissions.map(copy);
    return {
      length: emissions.length,
      *[Symbol.iterator]() {
        for (const emission of emissions) yield copy(emission);
      },
    };
  }

  message({ message, enter }: Emission, seen: Seen): MessageCopy {
    return {
      id: message.id,
      queue: message.queue,
      held: enter === 'queue' ? null : enter,
      parent: message.parentId,
      user: message.user,
      headers: this.headers(message.headers),
      contentType: message.contentType,
      payload: this.payload(message.payload, seen),
      cursor: message.cursor,
      sameCursor: message.sameCursor,
      orderingKey: message.orderingKey,
      dueAt: message.dueAt,
      arrivedAt: message.arrivedAt,
      processStartedAt: message.processStartedAt,
    };
  }

  headers(headers: Message['headers']): string {
    for (const _ in headers) return JSON.stringify(headers);
    return NO_HEADERS;
  }

  /** A message read from its row. */
  fromRow(row: MessageRow): Message {
    const payload: Payload = { body: row.body, blob: row.blob, bytes: row.bytes };
    // Content that stands in a trail has no row of its own.
    if (row.payload > 0) this.remember(payload, row.payload);
    return {
      id: row.id,
      queue: row.queue,
      processId: processOf(row.id),
      parentId: row.parent,
      user: row.user,
      headers: row.headers === NO_HEADERS ? {} : JSON.parse(row.headers),
      contentType: row.content_type,
      payload,
      attempt: row.attempt,
      cursor: row.cursor,
      sameCursor: row.same_cursor,
      orderingKey: row.ordering_key,
      dueAt: row.due_at,
      arrivedAt: row.arrived_at,
      processStartedAt: row.process_started_at,
    };
  }
}
