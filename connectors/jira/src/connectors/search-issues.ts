import { type Context, type Message, schema } from '@sluice/sdk';
import { fieldNames, type Issue, issueOutput } from './records.ts';
import { JiraBatch, PER_PAGE } from './step.ts';

interface Input {
  readonly jql: string;
  readonly fields?: readonly string[];
}

interface Found {
  readonly issues: readonly Issue[];
  readonly nextPageToken?: string;
}

export class SearchIssues extends JiraBatch {
  readonly name = `${this.application.key}-search-issues`;
  override readonly description = 'Issues that a JQL query finds, one message each';
  override readonly input = schema.object(
    {
      jql: schema.text('Query; Jira refuses one without any restriction', { minLength: 1 }),
      fields: fieldNames,
    },
    ['jql'],
  );
  override readonly output = issueOutput;

  async process(message: Message, { api, cursor }: Context) {
    const { jql, fields = ['*navigable'] } = message.json<Input>();
    const json = { jql, fields, maxResults: PER_PAGE, ...(cursor === null ? {} : { nextPageToken: cursor }) };
    const { issues, nextPageToken } = (await api.send('/rest/api/3/search/jql', { json })).json<Found>();
    return { items: issues, ...(nextPageToken && { cursor: nextPageToken }) };
  }
}
