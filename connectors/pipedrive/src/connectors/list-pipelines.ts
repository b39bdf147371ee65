import { type Context, type Message, schema } from '@sluice/sdk';
import { PipedriveBatch } from './step.ts';

export class ListPipelines extends PipedriveBatch {
  readonly name = `${this.application.key}-list-pipelines`;
  override readonly description = 'Pipelines, one message each';
  override readonly input = schema.object({});
  override readonly output = schema.record({ id: schema.integer(), name: schema.text() });

  process(_message: Message, context: Context) {
    return this.page('/api/v2/pipelines', {}, context);
  }
}
