// What became of the orders, in words.

import type { SluiceClient } from '@sluice/client';
import type { ProcessView, StepView } from '@sluice/protocol';
import type { DemoOptions, World } from './index.ts';

export async function printSummary(
  client: SluiceClient,
  world: World,
  { url, tokenShown, print }: DemoOptions,
): Promise<void> {
  const trash = await collect<StepView>(client, (page) =>
    client.trash.list({ topology: 'new-order', limit: 500, ...page }),
  );
  const processes = await collect<ProcessView>(client, (page) =>
    client.processes.list({ topology: 'new-order', limit: 500, ...page }),
  );
  const count = (status: ProcessView['status']): number =>
    processes.filter((process) => process.status === status).length;
  const ledger = await client.ledger('new-order');

  print();
  print(`  Orders    ${processes.length} accepted, ${count('completed')} finished, ${count('failed')} in trash`);
  print(
    `  ERP       ${world.erp.salesOrders.size} sales orders since this start; turned away ${world.erp.turnedAway()} requests while it was down, all repeated`,
  );
  print(`  E-mail    ${world.mailbox.received()} confirmations since this start`);
  print(`  Stock     ${world.stock.shelves.bookings} bookings since this start, seen at ${world.stock.url}/stock`);
  print(
    `  Ledger    ${ledger.accepted} accepted + ${ledger.emitted} emitted = ${ledger.finished} finished + ${ledger.queued + ledger.leased} queued + ${ledger.delayed} delayed + ${ledger.limited} limited + ${ledger.held} held + ${ledger.trash} in trash: ${ledger.balanced ? 'balanced' : 'NOT BALANCED'}`,
  );
  if (trash.length > 0) {
    print('  In trash, for the shop clerk:');
    for (const { reason, processId } of trash.slice(0, 12)) print(`    ${processId.slice(-12)}  ${reason ?? ''}`);
    if (trash.length > 12) print(`    … and ${trash.length - 12} more: GET ${url}/api/v1/trash`);
  }
  print();
  print('Send an order yourself:');
  print(
    `  curl -X POST '${url}/run/new-order/order' -H "authorization: Bearer ${tokenShown}" -H 'content-type: application/xml' --data-binary @examples/new-order/orders/10001.xml`,
  );
  print('Kill this process with kill -9 and start it again: nothing will be missing. Ctrl-C stops it cleanly.');
}

async function collect<T>(client: SluiceClient, list: Parameters<typeof client.all<T>>[0]): Promise<T[]> {
  const items: T[] = [];
  for await (const item of client.all(list)) items.push(item);
  return items;
}
