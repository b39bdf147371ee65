// What the connectors have in common: for which of the applications they are, and how GitHub gives lists.

import { type Application, Batch, type BatchResult, Connector, type Context, linkedQuery } from '@sluice/sdk';

const PER_PAGE = 100;

/** One endpoint. Names begin with the key of the application, so that a worker can offer both. */
export abstract class GithubConnector extends Connector {
  override readonly application: Application;

  constructor(application: Application) {
    super();
    this.application = application;
  }
}

/** A list, page by page. */
export abstract class GithubBatch extends Batch {
  override readonly application: Application;

  constructor(application: Application) {
    super();
    this.application = application;
  }

  /** The cursor is the query of the next page, as GitHub's `Link` header gives it. */
  protected async page(
    path: string,
    query: Record<string, string | undefined>,
    context: Context,
  ): Promise<BatchResult> {
    const { cursor, api } = context;
    const first = { ...query, per_page: PER_PAGE };
    const response = await api.send(path, {
      query: cursor === null ? first : Object.fromEntries(new URLSearchParams(cursor)),
    });
    const next = linkedQuery(response, 'next');
    return { items: response.json<unknown[]>(), ...(next && { cursor: next.toString() }) };
  }
}
