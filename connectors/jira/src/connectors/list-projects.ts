import { type Context, type Message, schema } from '@sluice/sdk';
import { projectOutput } from './records.ts';
import { JiraBatch } from './step.ts';

export class ListProjects extends JiraBatch {
  readonly name = `${this.application.key}-list-projects`;
  override readonly description = 'Projects that the person can see, by key, one message each';
  override readonly input = schema.object({
    query: schema.text('Only those with this in their key or name'),
    type: schema.choice(['business', 'service_desk', 'software'], 'Only projects of this type'),
  });
  override readonly output = projectOutput;

  process(message: Message, context: Context) {
    const { query, type } = message.json<{ query?: string; type?: string }>();
    return this.counted('/rest/api/3/project/search', { orderBy: 'key', query, typeKey: type }, 'values', context);
  }
}
