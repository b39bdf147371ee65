// What the steps need of a store of files, whatever its protocol.

import { type ApplicationContext, Fail, ServerApplication } from '@sluice/sdk';

export interface FileEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
  readonly bytes: number;
  /** ISO 8601; null where the store does not say. */
  readonly modifiedAt: string | null;
}

/** Paths are relative to the folder of the install, with "/". */
export interface FileClient {
  /** @throws Fail `files.not_found` */
  list(folder: string): Promise<readonly FileEntry[]>;
  /** @throws Fail `files.not_found`, `files.too_large` */
  read(path: string, maxBytes: number): Promise<Buffer>;
  /** Whole or not at all: nobody reads half of it. Folders on the way are made. @throws Fail `files.exists` */
  write(path: string, bytes: Buffer, options: { readonly overwrite: boolean }): Promise<void>;
  /** @returns whether it was there */
  remove(path: string): Promise<boolean>;
  /** @throws Fail `files.not_found`, `files.exists` */
  move(from: string, to: string, options: { readonly overwrite: boolean }): Promise<void>;
}

export abstract class FileApplication<C extends FileClient = FileClient> extends ServerApplication<C> {
  override readonly categories = ['documents'] as const;
  override async test(context: ApplicationContext): Promise<string> {
    const entries = await this.use(context, (client) => client.list(''));
    return `Connected; the folder has ${entries.length} entries.`;
  }
}

export const notFound = (path: string, cause?: unknown): Fail =>
  new Fail(`There is no "${path}".`, { code: 'files.not_found', cause });
export const tooLarge = (path: string, maxBytes: number): Fail =>
  new Fail(`"${path}" is larger than ${maxBytes} bytes. Raise maxBytes, or read it elsewhere.`, {
    code: 'files.too_large',
  });
export const exists = (path: string, cause?: unknown): Fail =>
  new Fail(`"${path}" is there already.`, { code: 'files.exists', cause });
