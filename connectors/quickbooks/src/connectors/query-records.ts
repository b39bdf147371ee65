import { AppBatch, type BatchResult, type Context, type Message, schema } from '@sluice/sdk';

const PER_PAGE = 1_000;

interface Input {
  readonly entity: string;
  readonly where?: string;
  readonly orderBy?: string;
}

interface Found {
  /** Without records it is empty, or has only their count. */
  readonly QueryResponse: Readonly<Record<string, unknown>>;
}

/** Positions begin at 1. */
export class QueryRecords extends AppBatch {
  readonly name = `${this.application.key}-query-records`;
  override readonly description = 'Records of one kind, one message each';
  override readonly input = schema.object(
    {
      entity: schema.text('Kind, such as Customer, Invoice, Account or TaxCode', { pattern: '^[A-Za-z]+$' }),
      where: schema.text("Which, as Metadata.LastUpdatedTime > '2026-01-31T00:00:00Z'", { minLength: 1 }),
      orderBy: schema.text('Order, such as Metadata.LastUpdatedTime DESC; default: Id', { minLength: 1 }),
    },
    ['entity'],
  );
  override readonly output = schema.record({ Id: schema.text() });

  async process(message: Message, { api, cursor }: Context): Promise<BatchResult> {
    const { entity, where, orderBy = 'Id' } = message.json<Input>();
    const from = Number(cursor ?? 1);
    const condition = where === undefined ? '' : ` where ${where}`;
    const query = `select * from ${entity}${condition} orderby ${orderBy} startposition ${from} maxresults ${PER_PAGE}`;
    const { QueryResponse: found } = (await api.send('/query', { query: { query, minorversion: 75 } })).json<Found>();
    const items = (found[entity] ?? []) as readonly unknown[];
    return { items, ...(items.length === PER_PAGE && { cursor: String(from + PER_PAGE) }) };
  }
}
