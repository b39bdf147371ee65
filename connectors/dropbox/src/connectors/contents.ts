// Contents of files: in messages they are base64. What is asked stands in a header, so that the body is the content alone.

import { AppConnector, type Context, type Message, pick, schema } from '@sluice/sdk';
import { entry, place } from './table.ts';

const { choice, flag, integer, object, record, map, text } = schema;

/** As JSON that a header can carry: what is not ASCII is escaped. */
const argument = (value: object): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

export class UploadFile extends AppConnector {
  readonly name = `${this.application.key}-upload-file`;
  override readonly description = 'Put a file with its content into the Dropbox; at most 150 MB';
  override readonly input = object(
    {
      path: place('Where, with its name'),
      content: text('The content, as base64', { pattern: '^[A-Za-z0-9+/]*={0,2}$' }),
      mode: choice(['add', 'overwrite'], 'When the name is taken: fail or rename, or replace; default: add'),
      autorename: flag('Give it another name when that one is taken; default: false'),
      mute: flag('Whether people are told nothing; default: false'),
      client_modified: text('When it was changed, as 2026-01-31T00:00:00Z'),
    },
    ['path', 'content'],
  );
  override readonly output = entry;

  async process(message: Message, { api }: Context): Promise<unknown> {
    const { content, ...given } = message.json<{ content: string }>();
    const asked = pick(given, ['path', 'mode', 'autorename', 'mute', 'client_modified']);
    const headers = { 'dropbox-api-arg': argument(asked), 'content-type': 'application/octet-stream' };
    return (await api.send('/files/upload', { method: 'POST', headers, body: Buffer.from(content, 'base64') })).json();
  }
}

export class DownloadFile extends AppConnector {
  readonly name = `${this.application.key}-download-file`;
  override readonly description = 'Content of a file, as base64';
  override readonly input = object({ path: place('Which file') }, ['path']);
  override readonly output = record({ content: text(), size: integer(), metadata: map() });

  async process(message: Message, { api }: Context): Promise<unknown> {
    const { path } = message.json<{ path: string }>();
    const headers = { 'dropbox-api-arg': argument({ path }) };
    const { bytes, headers: said } = await api.send('/files/download', { method: 'POST', headers });
    const metadata: unknown = JSON.parse(String(said['dropbox-api-result'] ?? '{}'));
    return { content: Buffer.from(bytes).toString('base64'), size: bytes.length, metadata };
  }
}
