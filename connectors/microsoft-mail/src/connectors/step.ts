// What the connectors have in common: for which of the applications they are, and how Graph gives lists.

import { AppBatch, type BatchResult, type Context, type RequestOptions } from '@sluice/sdk';

/** A list, page by page. */
export abstract class MailBatch extends AppBatch {
  /**
   * The cursor is the query of the next page. Only that of the address which Graph gives: a cursor that were an address would
   * let an answer choose where the token goes.
   */
  protected async page(
    path: string,
    query: NonNullable<RequestOptions['query']>,
    { api, cursor }: Context,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<BatchResult> {
    const here = cursor === null ? query : Object.fromEntries(new URLSearchParams(cursor));
    const response = await api.send(path, { query: here, headers });
    const { value, '@odata.nextLink': next } = response.json<{ value: unknown[]; '@odata.nextLink'?: string }>();
    const onward = next !== undefined && URL.canParse(next) ? new URL(next).searchParams.toString() : '';
    return { items: value, ...(onward && { cursor: onward }) };
  }
}
