// Door of the example: the process of the page, with all the services around it, on loopback.

import { setTimeout as pause } from 'node:timers/promises';
import { SluiceClient } from '@sluice/client';
import { type Served, serve } from '@sluice/sdk';
import { feedOrders } from './feed.ts';
import { ERP_WSDL, type Erp, type ErpTemper, MOODY, startErp } from './services/erp.ts';
import { type Mailbox, startMailbox } from './services/mailbox.ts';
import { type StockService, startStock } from './services/stock.ts';
import { installTopology, registerWorkers } from './set-up.ts';
import { BookStock } from './steps/book-stock.ts';
import { CreateSalesOrder } from './steps/create-sales-order.ts';
import { ParseOrder } from './steps/parse-order.ts';
import { SendConfirmation, smtp } from './steps/send-confirmation.ts';
import { TransformOrder } from './steps/transform-order.ts';
import { printSummary } from './summary.ts';

export { feedOrders } from './feed.ts';
export { type OrderFile, orderFiles } from './orders.ts';
export { TOPOLOGY } from './set-up.ts';
export { BookStock, CreateSalesOrder, ParseOrder, SendConfirmation, TransformOrder };

export interface DemoOptions {
  readonly url: string;
  readonly adminToken: string;
  /** How a person finds the token; printed instead of it. */
  readonly tokenShown: string;
  /** Folder for what the demo must remember over restarts. */
  readonly stateDirectory: string;
  readonly print: (line?: string) => void;
  readonly temper?: ErpTemper;
}

export interface World {
  readonly erp: Erp;
  readonly mailbox: Mailbox;
  readonly stock: StockService;
  close(): Promise<void>;
}

/** Start the services and workers around a platform and install the process there. */
export async function startWorld({ url, adminToken, stateDirectory, temper = MOODY }: DemoOptions): Promise<World> {
  const [erp, mailbox, stock] = await Promise.all([startErp(temper), startMailbox(), startStock()]);
  const confirmation = new SendConfirmation(smtp({ host: '127.0.0.1', port: mailbox.port }));
  const steps = [new ParseOrder(), new TransformOrder(), new CreateSalesOrder(erp.url, ERP_WSDL), confirmation];
  const worker: Served = await serve({ steps, onRecord: () => {} });
  const close = async (): Promise<void> => {
    await stock.close();
    await worker.close();
    confirmation.close();
    await Promise.all([erp.close(), mailbox.close()]);
  };
  try {
    const client = new SluiceClient({ url, token: adminToken });
    const token = await registerWorkers(client, worker.url, stateDirectory);
    await stock.joinPlatform(url, token).ready;
    await installTopology(client);
  } catch (error) {
    await close();
    throw error;
  }
  return { erp, mailbox, stock, close };
}

/**
 * The whole demo: services, workers, process, all orders, and a summary of what became of them.
 * @returns stops the services; resolved when the orders are through
 */
export async function startDemo(options: DemoOptions): Promise<() => Promise<void>> {
  const { url, adminToken, print } = options;
  print();
  print('The demo: orders of a shop → parse → transform → ERP (SOAP) → gateway → e-mail (SMTP) and stock (direct).');
  const world = await startWorld(options);
  const client = new SluiceClient({ url, token: adminToken });
  const stopped = new AbortController();
  const run = async (): Promise<void> => {
    const fed = await feedOrders(client);
    print(
      `The shop sent ${fed.accepted + fed.repeated} orders: ${fed.accepted} new, ${fed.repeated} sent before and not started twice.`,
    );
    await settle(client, print, stopped.signal);
    await printSummary(client, world, options);
  };
  void run().catch((error: unknown) => {
    if (!stopped.signal.aborted) print(`The demo broke off: ${(error as Error).message}`);
  });
  return async () => {
    stopped.abort();
    await world.close();
  };
}

/** Wait until nothing moves any more, telling how far it is. */
async function settle(client: SluiceClient, print: (line?: string) => void, signal: AbortSignal): Promise<void> {
  let told = 0;
  for (;;) {
    const { accepted, finished, queued, leased, delayed, limited, trash } = await client.ledger('new-order');
    if (queued + leased + delayed + limited === 0) return;
    if (Date.now() - told > 1_000) {
      print(
        `  … accepted ${accepted}, steps finished ${finished}, queued ${queued + leased}, repeating ${delayed}, waiting for the ERP's limit ${limited}, in trash ${trash}`,
      );
      told = Date.now();
    }
    await pause(100, undefined, { signal });
  }
}
