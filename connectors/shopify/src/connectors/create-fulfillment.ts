import { AppConnector, type Context, type Message, schema } from '@sluice/sdk';
import { type Fulfillment, fulfillmentOutput, id } from './records.ts';

interface Input {
  readonly fulfillment_orders: readonly number[];
  readonly tracking?: object;
  readonly notify_customer?: boolean;
}

export class CreateFulfillment extends AppConnector {
  readonly name = `${this.application.key}-create-fulfillment`;
  override readonly description = 'Say that parts of an order were sent, and by which parcel';
  override readonly input = schema.object(
    {
      fulfillment_orders: schema.list(id('Id of a fulfilment order'), 'Which are sent as a whole', { minItems: 1 }),
      tracking: schema.object(
        {
          company: schema.text('Who carries it'),
          number: schema.text('Number of the parcel'),
          url: schema.text('Where it can be followed'),
        },
        [],
        { description: 'The parcel' },
      ),
      notify_customer: schema.flag('Tell the customer'),
    },
    ['fulfillment_orders'],
  );
  override readonly output = fulfillmentOutput;

  async process(message: Message, { api }: Context): Promise<Fulfillment> {
    const { fulfillment_orders: orders, tracking, notify_customer: notify } = message.json<Input>();
    const fulfillment = {
      line_items_by_fulfillment_order: orders.map((id) => ({ fulfillment_order_id: id })),
      ...(tracking && { tracking_info: tracking }),
      ...(notify === undefined ? {} : { notify_customer: notify }),
    };
    const answer = await api.send('/fulfillments.json', { json: { fulfillment } });
    return answer.json<{ fulfillment: Fulfillment }>().fulfillment;
  }
}
