import { type Context, type Message, path, schema } from '@sluice/sdk';
import { type Invoice, id, invoiceOutput } from './records.ts';
import { StripeConnector } from './step.ts';

export class GetInvoice extends StripeConnector {
  readonly name = `${this.application.key}-get-invoice`;
  override readonly description = 'One invoice with its lines';
  override readonly input = schema.object({ invoice: id('in', 'Invoice') }, ['invoice']);
  override readonly output = invoiceOutput;

  async process(message: Message, { api }: Context): Promise<Invoice> {
    const { invoice } = message.json<{ invoice: string }>();
    return (await api.send(path`/invoices/${invoice}`)).json();
  }
}
