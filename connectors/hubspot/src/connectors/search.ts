// A search is the same for all kinds of records.

import { type Context, type Message, pick, schema } from '@sluice/sdk';
import { filters, propertyNames, recordOutput } from './records.ts';
import { HubspotBatch, type RecordKind } from './step.ts';

interface Input {
  readonly filters?: readonly object[];
  readonly query?: string;
  readonly properties?: readonly string[];
}

export abstract class HubspotSearch extends HubspotBatch {
  protected abstract readonly records: RecordKind;
  override readonly input = schema.object({
    filters,
    query: schema.text('Words that HubSpot looks for in the usual properties', { maxLength: 3_000 }),
    properties: propertyNames,
  });
  override readonly output = recordOutput;

  process(message: Message, context: Context) {
    const { filters, ...given } = message.json<Input>();
    const groups = filters && filters.length > 0 ? { filterGroups: [{ filters }] } : {};
    return this.search(this.records, { ...groups, ...pick(given, ['query', 'properties']) }, context);
  }
}
