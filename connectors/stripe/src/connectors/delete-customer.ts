import { type Context, type Message, path, schema } from '@sluice/sdk';
import { deletedOutput, id } from './records.ts';
import { StripeConnector } from './step.ts';

export class DeleteCustomer extends StripeConnector {
  readonly name = `${this.application.key}-delete-customer`;
  override readonly description = 'Delete a customer for good; subscriptions end at once';
  override readonly input = schema.object({ customer: id('cus', 'Customer') }, ['customer']);
  override readonly output = deletedOutput;

  async process(message: Message, { api }: Context): Promise<{ id: string; deleted: boolean }> {
    const { customer } = message.json<{ customer: string }>();
    return (await api.send(path`/customers/${customer}`, { method: 'DELETE' })).json();
  }
}
