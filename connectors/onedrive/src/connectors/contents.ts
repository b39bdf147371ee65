// Contents of files: in messages they are base64.

import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { item, itemId } from './table.ts';

const { object, record, text } = schema;
const content = {
  content: text('The content, as base64; at most 250 MB', { pattern: '^[A-Za-z0-9+/]*={0,2}$' }),
  contentType: text('Its type; default: application/octet-stream', { pattern: '^[^\\r\\n]+$' }),
};

interface Content {
  readonly content: string;
  readonly contentType?: string;
}

const bodyOf = ({ content: bytes, contentType = 'application/octet-stream' }: Content) =>
  ({ method: 'PUT', headers: { 'content-type': contentType }, body: Buffer.from(bytes, 'base64') }) as const;

export class UploadFile extends AppConnector {
  readonly name = `${this.application.key}-upload-file`;
  override readonly description = 'Put a file with its content into a folder; one of the same name gets a new version';
  override readonly input = object(
    {
      parentId: text('Id of the folder; root for the uppermost', { minLength: 1 }),
      name: text('Name of the file', { pattern: '^[^/\\\\:*?"<>|]+$' }),
      ...content,
    },
    ['parentId', 'name', 'content'],
  );
  override readonly output = item;

  async process(message: Message, { api }: Context): Promise<unknown> {
    const { parentId, name, ...given } = message.json<Content & { parentId: string; name: string }>();
    return (await api.send(path`/items/${parentId}:/${name}:/content`, bodyOf(given))).json();
  }
}

export class ReplaceContent extends AppConnector {
  readonly name = `${this.application.key}-replace-content`;
  override readonly description = 'Give a file another content; the former one is kept as a version';
  override readonly input = object({ ...itemId, ...content }, ['itemId', 'content']);
  override readonly output = item;

  async process(message: Message, { api }: Context): Promise<unknown> {
    const { itemId: id, ...given } = message.json<Content & { itemId: string }>();
    return (await api.send(path`/items/${id}/content`, bodyOf(given))).json();
  }
}

/** Graph answers with another address, which needs no proof; it is given on, not followed. */
export class GetDownloadAddress extends AppConnector {
  readonly name = `${this.application.key}-get-download-address`;
  override readonly description =
    'Where the content of a file can be fetched for a few minutes, by whoever has the address';
  override readonly input = object(itemId, ['itemId']);
  override readonly output = record({ itemId: text(), url: text() });

  async process(message: Message, { api }: Context): Promise<unknown> {
    const { itemId: id } = message.json<{ itemId: string }>();
    const { headers } = await api.send(path`/items/${id}/content`, { rules: { '302': 'ok' } });
    return { itemId: id, url: String(headers.location ?? '') };
  }
}
