// What the connectors have in common: for which of the applications they are, and how GitHub gives lists.

import { AppBatch, type BatchResult, type Context, linkedQuery } from '@sluice/sdk';

const PER_PAGE = 100;

/** A list, page by page. */
export abstract class GithubBatch extends AppBatch {
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
