// Items of a list, page by page, whichever way the service says where the next page is.

import {
  Batch,
  type BatchResult,
  type Context,
  Fail,
  type Message,
  type Paging,
  paging,
  partOf,
  schema,
} from '@sluice/sdk';
import type { Rest } from './application.ts';
import { type Place, pathOf, placeFields } from './path.ts';

interface Input extends Place {
  readonly items?: string;
  readonly paging?: {
    readonly by: 'page' | 'offset' | 'cursor' | 'link' | 'none';
    readonly parameter?: string;
    readonly size?: number;
    readonly sizeParameter?: string;
    readonly first?: number;
    readonly at?: string;
  };
}

const pointer = { pattern: '^(/([^/~]|~[01])*)*$', maxLength: 1_000 };

export class ListItems extends Batch {
  override readonly application: Rest;
  readonly name: string;
  override readonly description =
    'Items of a list, one message each, page by page: by number, offset, cursor or the header Link';
  override readonly input = schema.object(
    {
      ...placeFields,
      items: schema.text(
        'Where the items stand in the answer, such as /data; default: the answer is the list',
        pointer,
      ),
      paging: schema.object(
        {
          by: schema.choice(['page', 'offset', 'cursor', 'link', 'none'], 'How the next page is found'),
          parameter: schema.text('Parameter that says which page; default page, offset or cursor', {
            minLength: 1,
            maxLength: 200,
          }),
          size: schema.integer('Items of a page', { minimum: 1, maximum: 100_000 }),
          sizeParameter: schema.text('Parameter that asks for so many', { minLength: 1, maxLength: 200 }),
          first: schema.integer('Number of the first page; default 1', { minimum: 0 }),
          at: schema.text('Of a cursor: where it stands in the answer, such as /meta/next', pointer),
        },
        ['by'],
        { description: 'Default: one page' },
      ),
    },
    ['path'],
  );
  override readonly output = {};

  constructor(application: Rest) {
    super();
    this.application = application;
    this.name = `${application.key}-list-items`;
  }

  async process(message: Message, { api, cursor }: Context): Promise<BatchResult> {
    const input = message.json<Input>();
    const { query = {}, headers, items: at = '' } = input;
    const how = pagingOf(input.paging);
    const page = how.ask(cursor) as typeof query;
    const response = await api.send(pathOf(input), {
      query: how.in === 'whole' && cursor !== null ? page : { ...query, ...page },
      ...(headers && { headers }),
    });
    const answer = response.json();
    const items = partOf(answer, at);
    if (!Array.isArray(items))
      throw new Fail(`A list was expected at "${at}" of the answer, got ${items === null ? 'null' : typeof items}.`, {
        code: 'rest.no_list',
      });
    const next = how.next({ response, answer, items, cursor });
    return next === undefined ? { items } : { items, cursor: next };
  }
}

function pagingOf(
  { by, at, first, parameter, size, sizeParameter }: NonNullable<Input['paging']> = { by: 'none' },
): Paging {
  const param = parameter === undefined ? {} : { param: parameter };
  const asked = size !== undefined && sizeParameter !== undefined ? { [sizeParameter]: size } : {};
  const full = size === undefined ? {} : { full: size };
  switch (by) {
    case 'page':
      return paging.numbered({ ...param, size: asked, ...full, ...(first === undefined ? {} : { first }) });
    case 'offset':
      return paging.offset({ ...param, size: asked, ...full });
    case 'link':
      return paging.link(asked);
    case 'none':
      return paging.all();
    case 'cursor':
      if (at !== undefined) return paging.cursor({ param: parameter ?? 'cursor', from: at, size: asked });
      throw new Fail('Paging by cursor was expected to say where it stands in the answer: "at".', {
        code: 'step.input_invalid',
      });
  }
}
