// What the connectors have in common: one method of Slack each, and lists that go on by `next_cursor`.

import { AppBatch, AppConnector, type BatchResult, type Context, Fail, type SendOptions } from '@sluice/sdk';

type Query = Record<string, string | number | boolean | undefined>;

const PER_PAGE = 200;
/** Without the character set Slack warns in every answer. */
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

export abstract class SlackConnector extends AppConnector {
  /** @param method  such as `conversations.info` */
  protected async get<T>(method: string, query: Query, { api }: Context): Promise<T> {
    return (await api.send(`/${method}`, { query })).json<T>();
  }

  protected async post<T>(method: string, json: unknown, { api }: Context, how: SendOptions = {}): Promise<T> {
    return (await api.send(`/${method}`, { ...how, json, headers: JSON_TYPE })).json<T>();
  }
}

export abstract class SlackBatch extends AppBatch {
  /** @param list  member of the answer that holds the items */
  protected async page(method: string, list: string, query: Query, { api, cursor }: Context): Promise<BatchResult> {
    const answer = await api.send(`/${method}`, { query: { ...query, limit: PER_PAGE, cursor: cursor ?? undefined } });
    const body = answer.json<{ [list: string]: unknown[] } & { response_metadata?: { next_cursor?: string } }>();
    const next = body.response_metadata?.next_cursor;
    return { items: body[list] ?? [], ...(next ? { cursor: next } : {}) };
  }
}

/** The channel that a message names, else the one of the install. @throws Fail `step.input_invalid` when neither does */
export async function channelOf(named: string | undefined, context: Context): Promise<string> {
  const channel = named ?? (await context.install()).value<string>('settings', 'channel');
  if (channel) return channel;
  throw new Fail('No channel is named: give "channel", or choose one in the settings of the install.', {
    code: 'step.input_invalid',
  });
}
