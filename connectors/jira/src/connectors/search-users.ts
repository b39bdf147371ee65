import { type Context, type Message, schema } from '@sluice/sdk';
import { type User, userOutput } from './records.ts';
import { JiraBatch, PER_PAGE } from './step.ts';

export class SearchUsers extends JiraBatch {
  readonly name = `${this.application.key}-search-users`;
  override readonly description = 'People whose name or e-mail begins so, one message each';
  override readonly input = schema.object({ query: schema.text('Beginning of a name or e-mail', { minLength: 1 }) }, [
    'query',
  ]);
  override readonly output = userOutput;

  /** The answer says nothing of more; pages may have fewer than were asked for, and only an empty one is the last. */
  async process(message: Message, { api, cursor }: Context) {
    const { query } = message.json<{ query: string }>();
    const startAt = Number(cursor ?? 0);
    const response = await api.send('/rest/api/3/user/search', { query: { query, startAt, maxResults: PER_PAGE } });
    const items = response.json<User[]>();
    // Jira looks through windows of this size and leaves out who does not match, or must not be seen.
    return { items, ...(items.length > 0 && { cursor: String(startAt + PER_PAGE) }) };
  }
}
