// What the connectors have in common: forms as bodies, and lists that go on after the last object.

import { AppBatch, AppConnector, type BatchResult, type Context } from '@sluice/sdk';
import { FORM, formBody } from '../application/form-body.ts';

const PER_PAGE = 100;

/** One endpoint. A repeat of a POST has the idempotency key of the first, so that Stripe does it once. */
export abstract class StripeConnector extends AppConnector {
  protected async post<T>(path: string, values: Readonly<Record<string, unknown>>, { api }: Context): Promise<T> {
    return (await api.send(path, { method: 'POST', headers: FORM, body: formBody(values) })).json<T>();
  }
}

/** A list, page by page: the cursor is the id of the last object. */
export abstract class StripeBatch extends AppBatch {
  protected async page(
    path: string,
    query: Record<string, string | number | undefined>,
    { api, cursor }: Context,
  ): Promise<BatchResult> {
    const after = { limit: PER_PAGE, starting_after: cursor ?? undefined };
    const { data, has_more: more } = (await api.send(path, { query: { ...query, ...after } })).json<{
      data: { id: string }[];
      has_more: boolean;
    }>();
    const last = data.at(-1)?.id;
    return { items: data, ...(more && last !== undefined ? { cursor: last } : {}) };
  }
}
