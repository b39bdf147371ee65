// Books an order in the ERP: one SOAP operation. Faults of the business fail the message, trouble of the wire repeats it.

import { Connector, type Context, Fail, type Message, Redeliver } from '@sluice/sdk';
import { type Client, createClientAsync } from 'soap';
import type { Order } from '../order.ts';
import { type SoapCall, soapOverSender } from './soap-over-sender.ts';

interface SoapTrouble {
  readonly message: string;
  readonly root?: {
    readonly Envelope?: {
      readonly Body?: { readonly Fault?: { readonly faultcode?: unknown; readonly faultstring?: unknown } };
    };
  };
}

export class CreateSalesOrder extends Connector {
  readonly name = 'create-sales-order';
  override readonly description = 'ERP: CreateSalesOrder (SOAP).';
  readonly #url: string;
  readonly #wsdl: string;
  #client: Promise<Client> | null = null;

  /** @param wsdl  path of the service's description */
  constructor(url: string, wsdl: string) {
    super();
    this.#url = url;
    this.#wsdl = wsdl;
  }

  async process(message: Message, context: Context): Promise<Order> {
    const order = message.json<Order>();
    this.#client ??= createClientAsync(this.#wsdl, { httpClient: soapOverSender }, this.#url);
    const client = await this.#client;
    const request = {
      requestId: message.idempotencyKey,
      orderId: order.id,
      customer: order.customer.name,
      currency: order.currency,
      total: order.total,
      lines: order.lines.length,
    };
    try {
      const call: SoapCall = { sender: context.http, timeoutMs: 1_500 };
      const [answer] = (await client.CreateSalesOrderAsync(request, call)) as [{ salesOrder: string }];
      context.log.info(`Order ${order.id} is sales order ${answer.salesOrder}.`, { forAdmin: true });
      return { ...order, salesOrder: answer.salesOrder };
    } catch (cause) {
      const trouble = cause as SoapTrouble;
      const fault = trouble.root?.Envelope?.Body?.Fault;
      if (fault?.faultcode && /Client/.test(String(fault.faultcode)))
        throw new Fail(`The ERP refuses order ${order.id}: ${String(fault.faultstring)}`, { cause });
      throw new Redeliver(`The ERP did not take order ${order.id}: ${trouble.message}`, { cause });
    }
  }
}
