import { type Application, type Context, type Message, path, schema } from '@sluice/sdk';
import type { Resource } from './resources.ts';
import { dataOf, PipedriveConnector } from './step.ts';

/** One record. */
export class GetRecord extends PipedriveConnector {
  readonly name;
  override readonly description;
  override readonly input;
  override readonly output;
  readonly #resource: Resource;

  constructor(application: Application, resource: Resource) {
    super(application);
    this.#resource = resource;
    this.name = `${application.key}-get-${resource.one}`;
    this.description = `Read ${resource.words.one}`;
    this.input = schema.object({ id: schema.integer('Its id', { minimum: 1 }) }, ['id']);
    this.output = resource.output;
  }

  async process(message: Message, { api }: Context): Promise<object> {
    const { id } = message.json<{ id: number }>();
    return dataOf(await api.send(path`/api/v2/${this.#resource.many}/${id}`));
  }
}
