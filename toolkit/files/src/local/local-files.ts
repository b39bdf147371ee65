// Files of the worker, below the folder that its operator opens with SLUICE_FILES_ROOT.

import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fail, Folder, field, form, type Install, Redeliver, type Verdict } from '@sluice/sdk';
import { logo } from '../logo.ts';
import { exists, FileApplication, type FileClient, type FileEntry, notFound, tooLarge } from '../store.ts';

export class LocalFiles extends FileApplication {
  readonly key: string = 'files';
  readonly name: string = 'Files of the worker';
  override readonly description: string =
    'Files below the folder that the operator of the worker opens; no path and no link leads out of it.';
  override readonly logo: string = logo;
  override readonly forms = [
    form('connection', 'Folder', [
      field.text('folder', 'Folder', {
        maxLength: 1_000,
        description: 'Below the one of the worker; empty: that one.',
      }),
    ]),
  ];
  readonly #folder: Folder;

  /** @param folder  default: the one of `SLUICE_FILES_ROOT` */
  constructor(folder: Folder = new Folder()) {
    super();
    this.#folder = folder;
  }

  async open(install: Install): Promise<FileClient> {
    const below = String(install.value('connection', 'folder') ?? '');
    return new LocalClient(new Folder(await this.#folder.path(below === '' ? '.' : below)));
  }

  close(): void {}

  override verdict(error: unknown): Verdict | null {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (/^(EMFILE|ENFILE|EBUSY|EAGAIN|ENOSPC|EDQUOT)$/.test(code))
      return new Redeliver(`${this.name}: ${code}`, { cause: error });
    if (/^E[A-Z]+$/.test(code))
      return new Fail(`${this.name}: ${code}, ${message.split("'")[0]?.trim()}`, {
        code: 'files.refused',
        cause: error,
      });
    return null;
  }
}

class LocalClient implements FileClient {
  readonly #folder: Folder;

  constructor(folder: Folder) {
    this.#folder = folder;
  }

  async list(folder: string): Promise<readonly FileEntry[]> {
    const path = await this.#folder.path(folder === '' ? '.' : folder);
    const found = await readdir(path, { withFileTypes: true }).catch(missing(folder));
    return Promise.all(
      found.map(async (entry): Promise<FileEntry> => {
        const about = await stat(join(path, entry.name)).catch(() => null);
        const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other';
        return { name: entry.name, kind, bytes: about?.size ?? 0, modifiedAt: about?.mtime.toISOString() ?? null };
      }),
    );
  }

  async read(path: string, maxBytes: number): Promise<Buffer> {
    const file = await open(await this.#folder.path(path), 'r').catch(missing(path));
    try {
      const about = await file.stat();
      if (!about.isFile()) throw notFound(path);
      if (about.size > maxBytes) throw tooLarge(path, maxBytes);
      // It may grow while it is read.
      const bytes = Buffer.alloc(about.size);
      const { bytesRead } = await file.read(bytes, 0, about.size, 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  async write(path: string, bytes: Buffer, { overwrite }: { overwrite: boolean }): Promise<void> {
    const to = await this.#folder.path(path, { make: true });
    const part = join(dirname(to), `.${randomUUID()}.part`);
    try {
      const file = await open(part, 'wx');
      await file.writeFile(bytes).finally(() => file.close());
      await this.#put(part, to, { path, overwrite });
    } finally {
      await rm(part, { force: true });
    }
  }

  async remove(path: string): Promise<boolean> {
    const real = await this.#folder.path(path);
    const about = await stat(real).catch(() => null);
    if (!about) return false;
    if (!about.isFile()) throw new Fail(`"${path}" is no file.`, { code: 'files.refused' });
    await rm(real);
    return true;
  }

  async move(from: string, to: string, { overwrite }: { overwrite: boolean }): Promise<void> {
    const source = await this.#folder.path(from);
    await stat(source).catch(missing(from));
    const target = await this.#folder.path(to, { make: true });
    await mkdir(dirname(target), { recursive: true });
    await this.#put(source, target, { path: to, overwrite });
    if (!overwrite) await rm(source);
  }

  /** Without a moment in which somebody else's file could get lost. */
  async #put(from: string, to: string, { path, overwrite }: { path: string; overwrite: boolean }): Promise<void> {
    if (overwrite) return rename(from, to);
    await link(from, to).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? exists(path, error) : error;
    });
  }
}

const missing =
  (path: string) =>
  (error: NodeJS.ErrnoException): never => {
    throw error.code === 'ENOENT' || error.code === 'ENOTDIR' ? notFound(path, error) : error;
  };
