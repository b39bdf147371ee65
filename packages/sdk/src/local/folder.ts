// Files of this machine that others may name: all of them below one folder, which the operator of the worker chooses and no
// user can leave.

import { mkdir, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { Fail } from '../step/errors.ts';

/** Folder below which applications of a worker may touch files. */
export const FILES_ROOT = 'SLUICE_FILES_ROOT';

export class Folder {
  readonly #root: string | undefined;

  /** @param root  default: what the environment says when a file is asked for */
  constructor(root?: string) {
    this.#root = root;
  }

  /**
   * The path of a file, with every link in it followed.
   * @param make  folders on the way that are not there are made
   * @throws Fail `files.outside` for what leads out of the folder, `files.no_root` when there is none
   */
  async path(name: string, { make = false }: { readonly make?: boolean } = {}): Promise<string> {
    const root = await this.root();
    if (name.includes('\0') || isAbsolute(name) || /^[a-z]:/i.test(name)) throw outside(name);
    const wanted = resolve(root, name);
    if (!isInside(root, wanted)) throw outside(name);
    if (make) await this.#make(root, dirname(wanted), name);
    const real = await followed(wanted);
    if (!isInside(root, real)) throw outside(name);
    return real;
  }

  /** @throws Fail `files.no_root` */
  async root(): Promise<string> {
    const root = this.#root ?? process.env[FILES_ROOT] ?? '';
    if (root === '')
      throw new Fail(
        `No folder is open for files: the operator of the worker sets ${FILES_ROOT} to the one that users may reach.`,
        { code: 'files.no_root' },
      );
    return realpath(root).catch((cause) => {
      throw new Fail(`The folder that ${FILES_ROOT} names is not there.`, { code: 'files.no_root', cause });
    });
  }

  /** Below the root, as users name it. */
  async nameOf(path: string): Promise<string> {
    return relative(await this.root(), path)
      .split(sep)
      .join('/');
  }

  /** Folder by folder, for a link among those that are there could lead out. */
  async #make(root: string, folder: string, name: string): Promise<void> {
    let at = root;
    for (const part of relative(root, folder).split(sep).filter(Boolean)) {
      at = await followed(join(at, part));
      if (!isInside(root, at)) throw outside(name);
      await mkdir(at, { recursive: true });
    }
  }
}

/** Of what is not there yet, as far as it is there. */
async function followed(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const above = dirname(path);
    return above === path ? path : join(await followed(above), path.slice(above.length));
  }
}

const isInside = (root: string, path: string): boolean =>
  path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);

const outside = (name: string): Fail =>
  new Fail(`"${name.slice(0, 200)}" leads out of the folder that is open for files.`, { code: 'files.outside' });
