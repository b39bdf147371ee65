import { type Application, type Context, type Message, pick, type RequestOptions, schema } from '@sluice/sdk';
import type { Resource } from './resources.ts';
import { PipedriveBatch } from './step.ts';

type Query = NonNullable<RequestOptions['query']>;

/** Records of one kind. */
export class ListRecords extends PipedriveBatch {
  readonly name;
  override readonly description;
  override readonly input;
  override readonly output;
  readonly #resource: Resource;

  constructor(application: Application, resource: Resource) {
    super(application);
    this.#resource = resource;
    this.name = `${application.key}-list-${resource.many}`;
    this.description = `${resource.words.many}, one message each`;
    this.input = schema.object(resource.filters);
    this.output = resource.output;
  }

  process(message: Message, context: Context) {
    const { many, filters } = this.#resource;
    return this.page(`/api/v2/${many}`, pick(message.json(), Object.keys(filters)) as Query, context);
  }
}
