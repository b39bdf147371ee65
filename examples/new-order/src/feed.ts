// The shop sends its orders: a few at a time, each with its number as idempotency key, so that the same order sent
// twice is one process.

import type { SluiceClient } from '@sluice/client';
import { type OrderFile, orderFiles } from './orders.ts';

const AT_ONCE = 8;

export interface Fed {
  readonly accepted: number;
  /** Sent again: an order that came before, in this run or an earlier one. */
  readonly repeated: number;
  readonly processes: ReadonlyMap<string, { readonly file: OrderFile; readonly processId: string }>;
}

export async function feedOrders(client: SluiceClient, files = orderFiles()): Promise<Fed> {
  const processes = new Map<string, { file: OrderFile; processId: string }>();
  let accepted = 0;
  let repeated = 0;
  const originals = files.filter((file) => file.fate !== 'duplicate');
  const duplicates = files.filter((file) => file.fate === 'duplicate');
  for (const group of [originals, duplicates]) {
    const queue = [...group];
    const sender = async (): Promise<void> => {
      for (let file = queue.shift(); file; file = queue.shift()) {
        const { processId, duplicate } = await client.run('new-order', 'order', {
          body: file.content,
          contentType: 'application/xml',
          idempotencyKey: `order-${file.order}`,
          headers: { 'x-file': file.file },
        });
        if (duplicate) repeated++;
        else accepted++;
        processes.set(file.file, { file, processId });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sender));
  }
  return { accepted, repeated, processes };
}
