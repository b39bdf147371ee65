import { type Context, type Message, schema } from '@sluice/sdk';
import { id, invoiceOutput, since } from './records.ts';
import { StripeBatch } from './step.ts';

interface Input {
  readonly customer?: string;
  readonly status?: string;
  readonly subscription?: string;
  readonly since?: number;
}

export class ListInvoices extends StripeBatch {
  readonly name = `${this.application.key}-list-invoices`;
  override readonly description = 'Invoices, one message each, the newest first';
  override readonly input = schema.object({
    customer: id('cus', 'Only those of this customer'),
    status: schema.choice(['draft', 'open', 'paid', 'uncollectible', 'void'], 'Only those that stand so'),
    subscription: id('sub', 'Only those of this subscription'),
    since,
  });
  override readonly output = invoiceOutput;

  process(message: Message, context: Context) {
    const { customer, status, subscription, since } = message.json<Input>();
    return this.page('/invoices', { customer, status, subscription, 'created[gte]': since }, context);
  }
}
