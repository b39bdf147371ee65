import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { issueField, transitionsOutput } from './records.ts';

export class ListTransitions extends AppConnector {
  readonly name = `${this.application.key}-list-transitions`;
  override readonly description = 'Transitions that an issue can make now, with the status each leads to';
  override readonly input = schema.object({ issue: issueField }, ['issue']);
  override readonly output = transitionsOutput;

  async process(message: Message, { api }: Context): Promise<{ transitions: unknown[] }> {
    const { issue } = message.json<{ issue: string }>();
    return (await api.send(path`/rest/api/3/issue/${issue}/transitions`)).json();
  }
}
