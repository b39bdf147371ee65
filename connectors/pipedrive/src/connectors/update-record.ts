import { type Application, type Context, type Message, path, pick, schema } from '@sluice/sdk';
import type { Resource } from './resources.ts';
import { dataOf, PipedriveConnector } from './step.ts';

/** Changes of a record. */
export class UpdateRecord extends PipedriveConnector {
  readonly name;
  override readonly description;
  override readonly input;
  override readonly output;
  readonly #resource: Resource;

  constructor(application: Application, resource: Resource) {
    super(application);
    this.#resource = resource;
    this.name = `${application.key}-update-${resource.one}`;
    this.description = `Change ${resource.words.one}; what is not given stays`;
    this.input = schema.object({ id: schema.integer('Its id', { minimum: 1 }), ...resource.fields }, ['id']);
    this.output = resource.output;
  }

  async process(message: Message, { api }: Context): Promise<object> {
    const { many, fields } = this.#resource;
    const { id, ...given } = message.json<{ id: number }>();
    const json = pick(given, Object.keys(fields));
    return dataOf(await api.send(path`/api/v2/${many}/${id}`, { method: 'PATCH', json }));
  }
}
