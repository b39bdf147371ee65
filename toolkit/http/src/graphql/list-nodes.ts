// Nodes of a connection (the Relay convention): `edges` or `nodes`, and `pageInfo` with `hasNextPage` and `endCursor`.

import { Batch, type BatchResult, type Context, Fail, type Message, partOf, schema } from '@sluice/sdk';
import { answerIn } from './answers.ts';
import type { GraphQl } from './application.ts';
import { type Operation, operationFields } from './run-operation.ts';

interface Input extends Operation {
  readonly connection: string;
  readonly after?: string;
}

interface Connection {
  readonly nodes?: readonly unknown[];
  readonly edges?: readonly { readonly node: unknown }[];
  readonly pageInfo?: { readonly hasNextPage?: boolean; readonly endCursor?: string | null };
}

export class ListNodes extends Batch {
  override readonly application: GraphQl;
  readonly name: string;
  override readonly description = 'Nodes of a connection, one message each, page by page';
  override readonly input = schema.object(
    {
      ...operationFields,
      connection: schema.text('Where the connection stands in the data, such as /shop/orders', {
        pattern: '^(/[^/]+)+$',
        maxLength: 1_000,
      }),
      after: schema.text('Variable of the query that takes the cursor; default after', {
        minLength: 1,
        maxLength: 200,
      }),
    },
    ['query', 'connection'],
  );
  override readonly output = {};

  constructor(application: GraphQl) {
    super();
    this.application = application;
    this.name = `${application.key}-list-nodes`;
  }

  async process(message: Message, { api, cursor }: Context): Promise<BatchResult> {
    const { query, variables, operationName, connection, after = 'after' } = message.json<Input>();
    const response = await api.send('', {
      json: { query, operationName, variables: { ...variables, [after]: cursor } },
    });
    const found = partOf(answerIn(response).data, connection) as Connection | null | undefined;
    const items = found?.nodes ?? found?.edges?.map(({ node }) => node);
    if (!Array.isArray(items))
      throw new Fail(`A connection with "nodes" or "edges" was expected at "${connection}" of the data.`, {
        code: 'graphql.no_connection',
      });
    const { hasNextPage, endCursor } = found?.pageInfo ?? {};
    if (hasNextPage !== true) return { items };
    if (!endCursor || endCursor === cursor)
      throw new Fail(
        'The service says that there is a next page, and not where: the query has to ask for pageInfo { hasNextPage endCursor } and take the cursor.',
        {
          code: 'paging.stuck',
        },
      );
    return { items, cursor: endCursor };
  }
}
