import { type Context, type Message, schema } from '@sluice/sdk';
import { propertyNames, recordOutput } from './records.ts';
import { HubspotBatch } from './step.ts';

export class ListDeals extends HubspotBatch {
  readonly name = `${this.application.key}-list-deals`;
  override readonly description = 'All deals, one message each';
  override readonly input = schema.object({ properties: propertyNames });
  override readonly output = recordOutput;

  process(message: Message, context: Context) {
    return this.list('deals', message.json<{ properties?: string[] }>().properties, context);
  }
}
