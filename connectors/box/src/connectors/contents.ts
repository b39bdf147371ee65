// Contents of files: in messages they are base64. Box takes them as a form of several parts, the description first.

import { createHash } from 'node:crypto';
import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { file, fileId } from './table.ts';

const { object, record, text } = schema;
const content = { content: text('The content, as base64; at most 50 MB', { pattern: '^[A-Za-z0-9+/]*={0,2}$' }) };
const name = text('Name', { pattern: '^[^/\\\\\\r\\n]+$' });

/** What both uploads answer. */
interface Uploaded {
  readonly entries: readonly object[];
}

abstract class Upload extends AppConnector {
  override readonly output = file;

  /** The boundary comes of the content, so that a repeated request is the same, byte for byte. */
  protected async upload(at: string, attributes: object, bytes: string, { api }: Context): Promise<unknown> {
    const boundary = `sluice-${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}`;
    const part = (disposition: string) => `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n`;
    const body = Buffer.concat([
      Buffer.from(`${part('name="attributes"')}\r\n${JSON.stringify(attributes)}\r\n`),
      Buffer.from(`${part('name="file"; filename="content"')}Content-Type: application/octet-stream\r\n\r\n`),
      Buffer.from(bytes, 'base64'),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    return (await api.send(at, { method: 'POST', headers, body })).json<Uploaded>().entries[0];
  }
}

export class UploadFile extends Upload {
  readonly name = `${this.application.key}-upload-file`;
  override readonly description = 'Put a file with its content into a folder';
  override readonly input = object(
    { name, parent_id: text('Id of the folder; 0 for the uppermost', { minLength: 1 }), ...content },
    ['name', 'parent_id', 'content'],
  );

  process(message: Message, context: Context): Promise<unknown> {
    const given = message.json<{ name: string; parent_id: string; content: string }>();
    const attributes = { name: given.name, parent: { id: given.parent_id } };
    return this.upload('/files/content', attributes, given.content, context);
  }
}

export class UploadVersion extends Upload {
  readonly name = `${this.application.key}-upload-version`;
  override readonly description = 'Give a file another content; the former one is kept as a version';
  override readonly input = object({ ...fileId, name, ...content }, ['file_id', 'name', 'content']);

  process(message: Message, context: Context): Promise<unknown> {
    const given = message.json<{ file_id: string; name: string; content: string }>();
    return this.upload(path`/files/${given.file_id}/content`, { name: given.name }, given.content, context);
  }
}

/** Box answers with another address, which needs no proof; it is given on, not followed. */
export class GetDownloadAddress extends AppConnector {
  readonly name = `${this.application.key}-get-download-address`;
  override readonly description =
    'Where the content of a file can be fetched for a few minutes, by whoever has the address';
  override readonly input = object(fileId, ['file_id']);
  override readonly output = record({ file_id: text(), url: text() });

  async process(message: Message, { api }: Context): Promise<unknown> {
    const { file_id } = message.json<{ file_id: string }>();
    const { headers } = await api.send(path`/files/${file_id}/content`, { rules: { '302': 'ok' } });
    return { file_id, url: String(headers.location ?? '') };
  }
}
