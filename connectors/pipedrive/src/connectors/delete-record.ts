import { type Application, type Context, type Message, path, schema } from '@sluice/sdk';
import type { Resource } from './resources.ts';
import { PipedriveConnector } from './step.ts';

/** The end of a record. */
export class DeleteRecord extends PipedriveConnector {
  readonly name;
  override readonly description;
  override readonly input;
  override readonly output;
  readonly #resource: Resource;

  constructor(application: Application, resource: Resource) {
    super(application);
    this.#resource = resource;
    this.name = `${application.key}-delete-${resource.one}`;
    this.description = `Delete ${resource.words.one}; Pipedrive keeps it for thirty days`;
    this.input = schema.object({ id: schema.integer('Its id', { minimum: 1 }) }, ['id']);
    this.output = schema.record({ id: schema.integer(), deleted: schema.flag() });
  }

  async process(message: Message, { api }: Context) {
    const { id } = message.json<{ id: number }>();
    await api.send(path`/api/v2/${this.#resource.many}/${id}`, { method: 'DELETE' });
    return { id, deleted: true };
  }
}
