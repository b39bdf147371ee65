import { type Context, type Message, schema } from '@sluice/sdk';
import { PipedriveBatch } from './step.ts';

export class ListStages extends PipedriveBatch {
  readonly name = `${this.application.key}-list-stages`;
  override readonly description = 'Stages of a pipeline, or of all, one message each';
  override readonly input = schema.object({
    pipeline_id: schema.integer('Only those of this pipeline', { minimum: 1 }),
  });
  override readonly output = schema.record({
    id: schema.integer(),
    name: schema.text(),
    pipeline_id: schema.integer(),
  });

  process(message: Message, context: Context) {
    const { pipeline_id } = message.json<{ pipeline_id?: number }>();
    return this.page('/api/v2/stages', { pipeline_id }, context);
  }
}
