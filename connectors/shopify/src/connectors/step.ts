// What the connectors have in common: an answer holds its record under one name, and lists go on by `page_info`.

import { AppBatch, type BatchResult, type Context, linkedQuery } from '@sluice/sdk';

const PER_PAGE = 250;

/** A list, page by page: the cursor is the query of the next page, which Shopify wants without the filters of the first. */
export abstract class ShopifyBatch extends AppBatch {
  protected async page(
    list: string,
    query: Record<string, string | number | undefined>,
    { api, cursor }: Context,
  ): Promise<BatchResult> {
    const first = { ...query, limit: PER_PAGE };
    const response = await api.send(`/${list}.json`, {
      query: cursor === null ? first : Object.fromEntries(new URLSearchParams(cursor)),
    });
    const next = linkedQuery(response, 'next');
    const items = response.json<Record<string, unknown[]>>()[list] ?? [];
    return { items, ...(next && { cursor: next.toString() }) };
  }
}
