// What the connectors have in common: for which of the applications they are, and how Pipedrive wraps its answers.

import {
  type Application,
  Batch,
  type BatchResult,
  Connector,
  type Context,
  type HttpResponse,
  type RequestOptions,
} from '@sluice/sdk';

const PER_PAGE = 500;

/** One endpoint. Names begin with the key of the application, so that a worker can offer both. */
export abstract class PipedriveConnector extends Connector {
  override readonly application: Application;

  constructor(application: Application) {
    super();
    this.application = application;
  }
}

/** A list, page by page, by the cursor that Pipedrive gives. */
export abstract class PipedriveBatch extends Batch {
  override readonly application: Application;

  constructor(application: Application) {
    super();
    this.application = application;
  }

  /** @param most  records on one page */
  protected async page(
    path: string,
    query: NonNullable<RequestOptions['query']>,
    { api, cursor }: Context,
    most = PER_PAGE,
  ): Promise<BatchResult> {
    const response = await api.send(path, { query: { ...query, limit: most, cursor: cursor ?? undefined } });
    const { data, additional_data: more } = response.json<Listed>();
    const items = data && 'items' in data ? data.items : (data ?? []);
    return { items, ...(more?.next_cursor && { cursor: more.next_cursor }) };
  }
}

interface Listed {
  readonly data: readonly unknown[] | { readonly items: readonly unknown[] } | null;
  readonly additional_data?: { readonly next_cursor?: string | null } | null;
}

/** What stands in the wrapping. */
export const dataOf = <T>(response: HttpResponse): T => response.json<{ data: T }>().data;
