// Contents of files: in messages they are base64.

import { createHash } from 'node:crypto';
import { AppConnector, type Context, type HttpResponse, type Message, path, schema } from '@sluice/sdk';
import { contentOutput, FILE_FIELDS, file, fileId } from './table.ts';

const { list, object, text } = schema;
const QUERY = { supportsAllDrives: true, fields: FILE_FIELDS };
const content = {
  content: text('The content, as base64', { pattern: '^[A-Za-z0-9+/]*={0,2}$' }),
  contentType: text('Its type, such as application/pdf', { minLength: 1 }),
};

interface Content {
  readonly content: string;
  readonly contentType: string;
}

const contentOf = ({ bytes, headers }: HttpResponse) => ({
  content: Buffer.from(bytes).toString('base64'),
  contentType: String(headers['content-type'] ?? 'application/octet-stream'),
  size: bytes.length,
});

export class DownloadFile extends AppConnector {
  readonly name = `${this.application.key}-download-file`;
  override readonly description = 'Content of a file, as base64; documents of Google are exported instead';
  override readonly input = object(fileId, ['fileId']);
  override readonly output = contentOutput;

  async process(message: Message, { api }: Context) {
    const { fileId: id } = message.json<{ fileId: string }>();
    return contentOf(await api.send(path`/drive/v3/files/${id}`, { query: { alt: 'media', supportsAllDrives: true } }));
  }
}

export class ExportFile extends AppConnector {
  readonly name = `${this.application.key}-export-file`;
  override readonly description = 'A document of Google in another format, as base64; at most 10 MB';
  override readonly input = object({ ...fileId, mimeType: text('Format, such as application/pdf', { minLength: 1 }) }, [
    'fileId',
    'mimeType',
  ]);
  override readonly output = contentOutput;

  async process(message: Message, { api }: Context) {
    const { fileId: id, mimeType } = message.json<{ fileId: string; mimeType: string }>();
    return contentOf(await api.send(path`/drive/v3/files/${id}/export`, { query: { mimeType } }));
  }
}

/** Description and content in one request (multipart/related). */
export class UploadFile extends AppConnector {
  readonly name = `${this.application.key}-upload-file`;
  override readonly description = 'Make a file with its content; at most 5 MB';
  override readonly input = object(
    {
      name: text('Name', { minLength: 1 }),
      parents: list(text(), 'Id of the folder it is put in; default: the root', { maxItems: 1 }),
      description: text('Description'),
      mimeType: text('Type it is turned into, such as application/vnd.google-apps.document'),
      ...content,
    },
    ['name', 'content', 'contentType'],
  );
  override readonly output = file;

  async process(message: Message, { api }: Context): Promise<unknown> {
    const { name, parents, description, mimeType, ...rest } = message.json<Content & Record<string, unknown>>();
    const { body, type } = multipart({ name, parents, description, mimeType }, rest);
    const query = { uploadType: 'multipart', ...QUERY };
    return (
      await api.send('/upload/drive/v3/files', { method: 'POST', query, headers: { 'content-type': type }, body })
    ).json();
  }
}

export class ReplaceContent extends AppConnector {
  readonly name = `${this.application.key}-replace-content`;
  override readonly description = 'Give a file another content; the former one is kept as a revision';
  override readonly input = object({ ...fileId, ...content }, ['fileId', 'content', 'contentType']);
  override readonly output = file;

  async process(message: Message, { api }: Context): Promise<unknown> {
    const { fileId: id, content: bytes, contentType } = message.json<Content & { fileId: string }>();
    const options = { query: { uploadType: 'media', ...QUERY }, headers: { 'content-type': contentType } };
    const body = Buffer.from(bytes, 'base64');
    return (await api.send(path`/upload/drive/v3/files/${id}`, { method: 'PATCH', ...options, body })).json();
  }
}

/** The boundary comes of the content, so that a repeated request is the same, byte for byte. */
function multipart(about: object, { content: bytes, contentType }: Content): { body: string; type: string } {
  const boundary = `sluice-${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}`;
  const part = (type: string, more: string, text: string) =>
    `--${boundary}\r\nContent-Type: ${type}\r\n${more}\r\n${text}\r\n`;
  const described = part('application/json; charset=UTF-8', '', JSON.stringify(about));
  const data = part(contentType.replace(/[\r\n]/g, ''), 'Content-Transfer-Encoding: base64\r\n', bytes);
  return { body: `${described}${data}--${boundary}--\r\n`, type: `multipart/related; boundary=${boundary}` };
}
