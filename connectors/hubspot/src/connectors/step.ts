// What the connectors have in common: records of all kinds are read and written alike, and lists go on by `after`.

import { AppBatch, type BatchResult, type Context } from '@sluice/sdk';

export type RecordKind = 'contacts' | 'companies' | 'deals';

interface Page {
  readonly results: readonly unknown[];
  readonly paging?: { readonly next?: { readonly after: string } };
}

export const objectsPath = (kind: RecordKind): string => `/crm/v3/objects/${kind}`;

/** Properties as HubSpot wants them in an address; undefined asks for its own choice. */
export const named = (properties: readonly string[] | undefined): string | undefined =>
  properties && properties.length > 0 ? properties.join(',') : undefined;

/** A list, page by page. */
export abstract class HubspotBatch extends AppBatch {
  protected async list(
    kind: RecordKind,
    properties: readonly string[] | undefined,
    { api, cursor }: Context,
  ): Promise<BatchResult> {
    const query = { properties: named(properties), limit: 100, after: cursor ?? undefined };
    return pageOf((await api.send(objectsPath(kind), { query })).json<Page>());
  }

  protected async search(kind: RecordKind, asked: object, { api, cursor }: Context): Promise<BatchResult> {
    const json = { ...asked, limit: 200, ...(cursor === null ? {} : { after: cursor }) };
    return pageOf((await api.send(`${objectsPath(kind)}/search`, { json })).json<Page>());
  }
}

function pageOf({ results, paging }: Page): BatchResult {
  const after = paging?.next?.after;
  return { items: results, ...(after === undefined ? {} : { cursor: after }) };
}
