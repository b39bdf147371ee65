import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { fieldNames, type Issue, issueField, issueOutput } from './records.ts';

export class GetIssue extends AppConnector {
  readonly name = `${this.application.key}-get-issue`;
  override readonly description = 'One issue';
  override readonly input = schema.object({ issue: issueField, fields: fieldNames }, ['issue']);
  override readonly output = issueOutput;

  async process(message: Message, { api }: Context): Promise<Issue> {
    const { issue, fields } = message.json<{ issue: string; fields?: readonly string[] }>();
    return (await api.send(path`/rest/api/3/issue/${issue}`, { query: { fields: fields?.join(',') } })).json();
  }
}
