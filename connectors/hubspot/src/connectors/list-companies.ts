import { type Context, type Message, schema } from '@sluice/sdk';
import { propertyNames, recordOutput } from './records.ts';
import { HubspotBatch } from './step.ts';

export class ListCompanies extends HubspotBatch {
  readonly name = `${this.application.key}-list-companies`;
  override readonly description = 'All companies, one message each';
  override readonly input = schema.object({ properties: propertyNames });
  override readonly output = recordOutput;

  process(message: Message, context: Context) {
    return this.list('companies', message.json<{ properties?: string[] }>().properties, context);
  }
}
