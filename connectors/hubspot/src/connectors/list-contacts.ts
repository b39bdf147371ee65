import { type Context, type Message, schema } from '@sluice/sdk';
import { propertyNames, recordOutput } from './records.ts';
import { HubspotBatch } from './step.ts';

export class ListContacts extends HubspotBatch {
  readonly name = `${this.application.key}-list-contacts`;
  override readonly description = 'All contacts, one message each';
  override readonly input = schema.object({ properties: propertyNames });
  override readonly output = recordOutput;

  process(message: Message, context: Context) {
    return this.list('contacts', message.json<{ properties?: string[] }>().properties, context);
  }
}
