// What the connectors have in common: for which of the applications they are, and how Jira counts pages.

import { AppBatch, type BatchResult, type Context } from '@sluice/sdk';

export const PER_PAGE = 100;

/** A list, page by page. */
export abstract class JiraBatch extends AppBatch {
  /**
   * Of the lists that count: the cursor is how many come before the page. Jira may give fewer than were asked for, so the next
   * page begins after what came.
   * @param member  where the items stand in the answer
   */
  protected async counted(
    path: string,
    query: Readonly<Record<string, string | undefined>>,
    member: 'values' | 'comments',
    { api, cursor }: Context,
  ): Promise<BatchResult> {
    const startAt = Number(cursor ?? 0);
    const response = await api.send(path, { query: { ...query, startAt, maxResults: PER_PAGE } });
    const { total, [member]: items = [] } = response.json<{
      total: number;
      values?: unknown[];
      comments?: unknown[];
    }>();
    const next = startAt + items.length;
    return { items, ...(items.length > 0 && next < total && { cursor: String(next) }) };
  }
}
