// Books an order in the ERP: one SOAP operation. Faults of the business fail the message, trouble of the wire repeats it.

import type { Context, Message } from '@sluice/sdk';
import { SoapConnector, soapService } from '@sluice/soap';
import type { Order } from '../order.ts';

interface SalesOrderRequest {
  readonly requestId: string;
  readonly orderId: string;
  readonly customer: string;
  readonly currency: string;
  readonly total: number;
  readonly lines: number;
}

export class CreateSalesOrder extends SoapConnector<SalesOrderRequest, { readonly salesOrder: string }> {
  readonly name = 'create-sales-order';
  override readonly description = 'ERP: CreateSalesOrder (SOAP).';

  /** @param wsdl  path of the service's description */
  constructor(url: string, wsdl: string) {
    super(soapService({ wsdl, endpoint: url, timeoutMs: 1_500 }).operation('CreateSalesOrder'));
  }

  protected override toInput(message: Message): SalesOrderRequest {
    const { id, customer, currency, total, lines } = message.json<Order>();
    return {
      requestId: message.idempotencyKey,
      orderId: id,
      customer: customer.name,
      currency,
      total,
      lines: lines.length,
    };
  }

  protected override toResult({ salesOrder }: { salesOrder: string }, message: Message, context: Context): Order {
    const order = message.json<Order>();
    context.log.info(`Order ${order.id} is sales order ${salesOrder}.`, { forAdmin: true });
    return { ...order, salesOrder };
  }
}
