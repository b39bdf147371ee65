// Lists, by Magento's search criteria: conditions that must all hold, an order, pages with numbers. A page after the last would be
// the last once more, so the count of all tells where to stop.

import {
  AppBatch,
  type Application,
  type BatchResult,
  type Context,
  type JsonSchema,
  type Message,
  schema,
} from '@sluice/sdk';

const PER_PAGE = 100;
const CONDITIONS = ['eq', 'neq', 'gt', 'gteq', 'lt', 'lteq', 'like', 'in', 'nin', 'null', 'notnull', 'finset'];
const { choice, list, object, text } = schema;

interface Input {
  readonly filters?: readonly { readonly field: string; readonly value?: string; readonly condition?: string }[];
  readonly sort?: string;
  readonly direction?: 'ASC' | 'DESC';
}

interface Found {
  readonly items: readonly unknown[] | null;
  readonly total_count: number;
}

export interface Kind {
  /** As in the name of the connector. */
  readonly many: string;
  readonly words: string;
  readonly path: string;
  readonly output: JsonSchema;
}

export class ListRecords extends AppBatch {
  readonly name;
  override readonly description;
  override readonly output;
  override readonly input = object({
    filters: list(
      object(
        {
          field: text('Such as updated_at'),
          value: text('Such as 2026-01-31 00:00:00; several by commas for in and nin'),
          condition: choice(CONDITIONS, 'Default: eq'),
        },
        ['field'],
      ),
      'Conditions, all of which must hold',
    ),
    sort: text('Field that they are in order of'),
    direction: choice(['ASC', 'DESC'], 'Direction of the order; default: ASC'),
  });
  readonly #path: string;

  constructor(application: Application, { many, words, path, output }: Kind) {
    super(application);
    this.name = `${application.key}-list-${many}`;
    this.description = `${words}, one message each`;
    this.output = output;
    this.#path = path;
  }

  async process(message: Message, { api, cursor }: Context): Promise<BatchResult> {
    const page = Number(cursor ?? 1);
    const query = criteria(message.json<Input>(), page);
    const { items, total_count: all } = (await api.send(this.#path, { query })).json<Found>();
    const goesOn = page * PER_PAGE < all && (items ?? []).length > 0;
    return { items: items ?? [], ...(goesOn && { cursor: String(page + 1) }) };
  }
}

function criteria({ filters = [], sort, direction = 'ASC' }: Input, page: number): Record<string, string | number> {
  const conditions = filters.flatMap(({ field, value = '', condition = 'eq' }, at) => {
    const place = `searchCriteria[filter_groups][${at}][filters][0]`;
    return [
      [`${place}[field]`, field],
      [`${place}[value]`, value],
      [`${place}[condition_type]`, condition],
    ];
  });
  const order = sort
    ? { 'searchCriteria[sortOrders][0][field]': sort, 'searchCriteria[sortOrders][0][direction]': direction }
    : {};
  return {
    ...Object.fromEntries(conditions),
    ...order,
    'searchCriteria[pageSize]': PER_PAGE,
    'searchCriteria[currentPage]': page,
  };
}
