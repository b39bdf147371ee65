import { type Application, type Context, type Message, pick, schema } from '@sluice/sdk';
import { deals, type Resource } from './resources.ts';
import { dataOf, PipedriveConnector } from './step.ts';

/** A new record. */
export class CreateRecord extends PipedriveConnector {
  readonly name;
  override readonly description;
  override readonly input;
  override readonly output;
  readonly #resource: Resource;

  constructor(application: Application, resource: Resource) {
    super(application);
    this.#resource = resource;
    this.name = `${application.key}-create-${resource.one}`;
    this.description = `Make ${resource.words.one}`;
    this.input = schema.object(resource.fields, resource.needs);
    this.output = resource.output;
  }

  async process(message: Message, context: Context): Promise<object> {
    const { many, fields } = this.#resource;
    const given = pick(message.json(), Object.keys(fields));
    const json = this.#resource === deals ? { ...(await pipelineFor(given, context)), ...given } : given;
    return dataOf(await context.api.send(`/api/v2/${many}`, { json }));
  }
}

/** The pipeline of the settings, for a deal that is not placed yet. */
async function pipelineFor(deal: Readonly<Record<string, unknown>>, context: Context) {
  if (deal.pipeline_id !== undefined || deal.stage_id !== undefined) return {};
  const pipeline = (await context.install()).value('settings', 'pipeline');
  return pipeline ? { pipeline_id: Number(pipeline) } : {};
}
