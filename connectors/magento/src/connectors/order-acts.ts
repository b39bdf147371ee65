// What is done with an order and makes a document of it: Magento answers its id alone.

import {
  AppConnector,
  type Application,
  type Context,
  type JsonSchema,
  type Message,
  path,
  pick,
  schema,
} from '@sluice/sdk';

const { flag, integer, list, map, object, record, text } = schema;

interface Act {
  readonly name: string;
  /** In the address. */
  readonly verb: string;
  readonly description: string;
  readonly fields: Readonly<Record<string, JsonSchema>>;
}

const common = {
  items: list(
    object({ order_item_id: integer(), qty: {} }, ['order_item_id', 'qty']),
    'Lines with their count; default: all that is left',
  ),
  notify: flag('Whether the customer gets an e-mail; default: false'),
  appendComment: flag('Whether the comment stands in that e-mail'),
  comment: object({ comment: text(), is_visible_on_front: integer() }, ['comment'], {
    description: 'Comment: comment, is_visible_on_front (1 or 0)',
  }),
};

const ACTS: readonly Act[] = [
  {
    name: 'invoice-order',
    verb: 'invoice',
    description: 'Make an invoice of an order',
    fields: { capture: flag('Whether the money is taken now; default: false'), ...common },
  },
  {
    name: 'ship-order',
    verb: 'ship',
    description: 'Make a shipment of an order',
    fields: {
      ...common,
      tracks: list(
        object({ track_number: text(), title: text(), carrier_code: text() }, [
          'track_number',
          'title',
          'carrier_code',
        ]),
        'Numbers by which parcels are followed',
      ),
    },
  },
  {
    name: 'refund-order',
    verb: 'refund',
    description: 'Give money of an order back, outside of the way of payment',
    fields: { ...common, arguments: map('shipping_amount, adjustment_positive, adjustment_negative') },
  },
];

class ActOnOrder extends AppConnector {
  readonly name;
  override readonly description;
  override readonly input;
  override readonly output = record({ order_id: integer(), id: integer() });
  readonly #act: Act;

  constructor(application: Application, act: Act) {
    super(application);
    this.#act = act;
    this.name = `${application.key}-${act.name}`;
    this.description = act.description;
    this.input = object({ order_id: integer('Id of the order', { minimum: 1 }), ...act.fields }, ['order_id']);
  }

  async process(message: Message, { api }: Context): Promise<object> {
    const { order_id } = message.json<{ order_id: number }>();
    const json = pick(message.json(), Object.keys(this.#act.fields));
    const response = await api.send(`${path`/order/${order_id}`}/${this.#act.verb}`, { json });
    return { order_id, id: Number(response.json()) };
  }
}

export const orderActs = (application: Application) => ACTS.map((act) => new ActOnOrder(application, act));
