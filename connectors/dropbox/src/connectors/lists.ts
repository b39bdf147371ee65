// Lists that go on at an address of their own, with the cursor alone.

import { AppBatch, type BatchResult, type Context, type Message, pick, schema } from '@sluice/sdk';
import { place } from './table.ts';

const { choice, flag, list, object, record, text } = schema;

interface Listed {
  readonly entries: readonly unknown[];
  readonly cursor: string;
  readonly has_more: boolean;
}

/** The last item says where the next time goes on, so that a process can keep it. */
export class ListFolder extends AppBatch {
  readonly name = `${this.application.key}-list-folder`;
  override readonly description =
    'What is in a folder, or changed in it since a cursor, one message each; the last has cursor alone, for the next time';
  override readonly input = object({
    path: text('The folder, as /Orders; empty for the uppermost'),
    recursive: flag('What is in folders below as well; default: false'),
    include_deleted: flag('What was deleted as well; default: false'),
    since: text('Cursor from the last item of the time before: only what changed', { minLength: 1 }),
  });
  override readonly output = object({ '.tag': text(), name: text(), path_display: text(), cursor: text() });

  async process(message: Message, { api, cursor }: Context): Promise<BatchResult> {
    const { since, ...given } = message.json<{ since?: string; path?: string }>();
    const from = cursor ?? since;
    const first = { path: given.path ?? '', limit: 1_000, ...pick(given, ['recursive', 'include_deleted']) };
    const response = await (from === undefined
      ? api.send('/files/list_folder', { json: first })
      : api.send('/files/list_folder/continue', { json: { cursor: from } }));
    const { entries, cursor: next, has_more: goesOn } = response.json<Listed>();
    return goesOn ? { items: entries, cursor: next } : { items: [...entries, { cursor: next }] };
  }
}

interface Found {
  readonly matches: readonly { readonly metadata: { readonly metadata: unknown } }[];
  readonly cursor?: string;
  readonly has_more: boolean;
}

export class SearchFiles extends AppBatch {
  readonly name = `${this.application.key}-search-files`;
  override readonly description = 'Files and folders with a text in name or content, one message each';
  override readonly input = object(
    {
      query: text('What to look for', { minLength: 1, maxLength: 1_000 }),
      path: place('Only in this folder'),
      filename_only: flag('Only in names; default: false'),
      file_extensions: list(text(), 'Only with these endings, as pdf'),
      file_status: choice(['active', 'deleted'], 'Default: active'),
    },
    ['query'],
  );
  override readonly output = record({ '.tag': text(), name: text() });

  async process(message: Message, { api, cursor }: Context): Promise<BatchResult> {
    const { query, ...options } = message.json<{ query: string }>();
    const wanted = pick(options, ['path', 'filename_only', 'file_extensions', 'file_status']);
    const response = await (cursor === null
      ? api.send('/files/search_v2', { json: { query, options: { max_results: 100, ...wanted } } })
      : api.send('/files/search/continue_v2', { json: { cursor } }));
    const { matches, has_more: goesOn, cursor: next } = response.json<Found>();
    return {
      items: matches.map(({ metadata }) => metadata.metadata),
      ...(goesOn && next !== undefined && { cursor: next }),
    };
  }
}
