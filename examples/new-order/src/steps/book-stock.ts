// The step inside the stock service: no API between them, just a method call.

import { CustomNode, type Message } from '@sluice/sdk';
import type { Order } from '../order.ts';
import type { Shelves } from '../services/shelves.ts';

export class BookStock extends CustomNode {
  readonly name = 'book-stock';
  override readonly description = 'Takes the ordered pieces from stock, or brings returned ones back.';
  readonly #shelves: Shelves;

  constructor(shelves: Shelves) {
    super();
    this.#shelves = shelves;
  }

  process(message: Message): unknown {
    const order = message.json<Order>();
    const booked = this.#shelves.book(message.idempotencyKey, order.lines);
    return { order: order.id, warehouse: order.warehouse, booked };
  }
}
