import { AppBatch, type Context, type Message, schema } from '@sluice/sdk';
import { type Base, baseOutput } from './records.ts';
import { onward } from './step.ts';

export class ListBases extends AppBatch {
  readonly name = `${this.application.key}-list-bases`;
  override readonly description = 'Bases that the person gave access to, one message each';
  override readonly input = schema.object({});
  override readonly output = baseOutput;

  async process(_message: Message, { api, cursor }: Context) {
    const response = await api.send('/v0/meta/bases', { query: { offset: cursor ?? undefined } });
    const { bases, offset } = response.json<{ bases: Base[]; offset?: string }>();
    return { items: bases, ...onward(offset) };
  }
}
