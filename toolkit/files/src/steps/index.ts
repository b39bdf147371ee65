// Steps on files, of one store.

import {
  type AnyStep,
  Batch,
  type BatchResult,
  Connector,
  type Content,
  type Context,
  contentFields,
  contentOutput,
  decodeContent,
  encodeContent,
  type Message,
  schema,
} from '@sluice/sdk';
import type { FileApplication } from '../store.ts';

const pathField = schema.text('Path below the folder of the install', { minLength: 1, maxLength: 4_000 });
const overwriteField = schema.flag('One that is there already is replaced; default: it is a failure');
const MAX_BYTES = 16 * 1024 * 1024;

abstract class FileConnector extends Connector {
  override readonly application: FileApplication;

  constructor(application: FileApplication) {
    super();
    this.application = application;
  }
}

class ListFiles extends Batch {
  override readonly application: FileApplication;
  readonly name: string;
  override readonly description =
    'Files of a folder, in the order of their names, one message each; without their contents';
  override readonly input = schema.object({
    folder: schema.text('Path of the folder; default: the one of the install', { maxLength: 4_000 }),
    match: schema.text('Only names like this: * stands for anything, such as *.csv', { minLength: 1, maxLength: 255 }),
    pageSize: schema.integer('Files of a page; default 500', { minimum: 1, maximum: 10_000 }),
  });
  override readonly output = schema.record({
    path: schema.text(),
    name: schema.text(),
    bytes: schema.integer(),
    modifiedAt: schema.orNull(schema.text()),
  });

  constructor(application: FileApplication) {
    super();
    this.application = application;
    this.name = `${application.key}-list-files`;
  }

  async process(message: Message, context: Context): Promise<BatchResult> {
    const {
      folder = '',
      match = '*',
      pageSize = 500,
    } = message.json<{ folder?: string; match?: string; pageSize?: number }>();
    const { cursor } = context;
    const entries = await this.application.use(context, (client) => client.list(folder));
    const files = entries
      .filter(({ kind, name }) => kind === 'file' && isLike(name, match) && (cursor === null || name > cursor))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const page = files.slice(0, pageSize);
    const items = page.map(({ name, bytes, modifiedAt }) => ({
      path: folder === '' ? name : `${folder.replace(/\/+$/, '')}/${name}`,
      name,
      bytes,
      modifiedAt,
    }));
    return files.length > page.length ? { items, cursor: page.at(-1)!.name } : { items };
  }
}

/** Each * takes as little as it can: no pattern makes this slow. */
function isLike(name: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  if (others.length === 0) return name === pattern;
  if (!name.startsWith(first)) return false;
  const last = others.pop()!;
  let at = first.length;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

class ReadFile extends FileConnector {
  readonly name = `${this.application.key}-read-file`;
  override readonly description = 'The content of a file';
  override readonly input = schema.object(
    {
      path: pathField,
      as: schema.choice(
        ['auto', 'text', 'base64'],
        'How the content comes; default: JSON and texts as they are, all else as base64',
      ),
      maxBytes: schema.integer('A larger file is a failure; default 16 MiB', { minimum: 1, maximum: 134_217_728 }),
    },
    ['path'],
  );
  override readonly output = schema.record({ path: schema.text(), bytes: schema.integer(), ...contentOutput });

  async process(message: Message, context: Context) {
    const {
      path,
      as = 'auto',
      maxBytes = MAX_BYTES,
    } = message.json<{ path: string; as?: string; maxBytes?: number }>();
    const bytes = await this.application.use(context, (client) => client.read(path, maxBytes));
    const content =
      as === 'base64'
        ? { content: bytes.toString('base64'), encoding: 'base64' }
        : decodeContent(bytes, as === 'text' || !/\.json$/i.test(path) ? 'text/plain' : 'application/json');
    return { path, bytes: bytes.length, ...content };
  }
}

class WriteFile extends FileConnector {
  readonly name = `${this.application.key}-write-file`;
  override readonly description = 'Write a file, whole or not at all; folders on the way are made';
  override readonly input = schema.object({ path: pathField, ...contentFields, overwrite: overwriteField }, [
    'path',
    'content',
  ]);
  override readonly output = schema.record({ path: schema.text(), bytes: schema.integer() });

  async process(message: Message, context: Context) {
    const input = message.json<Content & { path: string; overwrite?: boolean }>();
    const { path, overwrite = false } = input;
    const bytes = encodeContent(input);
    await this.application.use(context, (client) => client.write(path, bytes, { overwrite }));
    return { path, bytes: bytes.length };
  }
}

class MoveFile extends FileConnector {
  readonly name = `${this.application.key}-move-file`;
  override readonly description = 'Move a file, or give it another name';
  override readonly input = schema.object(
    { path: pathField, to: { ...pathField, description: 'Its new path' }, overwrite: overwriteField },
    ['path', 'to'],
  );
  override readonly output = schema.record({ path: schema.text() });

  async process(message: Message, context: Context) {
    const { path, to, overwrite = false } = message.json<{ path: string; to: string; overwrite?: boolean }>();
    await this.application.use(context, (client) => client.move(path, to, { overwrite }));
    return { path: to };
  }
}

class DeleteFile extends FileConnector {
  readonly name = `${this.application.key}-delete-file`;
  override readonly description = 'Delete a file; one that is gone already is fine';
  override readonly input = schema.object({ path: pathField }, ['path']);
  override readonly output = schema.record({ path: schema.text(), deleted: schema.flag() });

  async process(message: Message, context: Context) {
    const { path } = message.json<{ path: string }>();
    return { path, deleted: await this.application.use(context, (client) => client.remove(path)) };
  }
}

export const fileSteps = (application: FileApplication): readonly AnyStep[] => [
  new ListFiles(application),
  new ReadFile(application),
  new WriteFile(application),
  new MoveFile(application),
  new DeleteFile(application),
];
