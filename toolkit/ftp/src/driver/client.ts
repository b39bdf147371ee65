// One connection; steps take turns on it, for FTP does one thing at a time. Data is fetched from where the commands go: a
// server that names another address is refused by the driver.

import { randomUUID } from 'node:crypto';
import { posix } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { accountOf, allowedAddress, Fail, type Install, setting, targetOf, tlsOf } from '@sluice/sdk';
import { exists, type FileClient, type FileEntry, notFound, remotePath, tooLarge } from '@sluice/toolkit-files';
import { Client, FileType, FTPError } from 'basic-ftp';

const TIMEOUT_MS = 30_000;
const KINDS: Partial<Record<FileType, FileEntry['kind']>> = { [FileType.File]: 'file', [FileType.Directory]: 'folder' };
/** "File unavailable", whatever the reason. */
const UNAVAILABLE = 550;

export class FtpFiles implements FileClient {
  readonly #client: Client;
  readonly #root: string;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(client: Client, root: string) {
    this.#client = client;
    this.#root = root;
  }

  static async open(install: Install, port: number): Promise<FtpFiles> {
    const target = targetOf(install, port);
    const how = setting(install, 'tls', 'on');
    const tls = tlsOf(install);
    const client = new Client(TIMEOUT_MS, { allowSeparateTransferHost: false });
    try {
      await client.access({
        host: await allowedAddress(target),
        port: target.port,
        secure: how === 'on' ? 'implicit' : how === 'starttls',
        ...(tls ? { secureOptions: tls } : {}),
        ...accountOf(install),
      });
    } catch (error) {
      client.close();
      // Before the login, the only thing that it can have refused.
      if (how === 'starttls' && error instanceof FTPError && error.code >= 500 && error.code !== 530)
        throw new Fail('The server offers no TLS, and the install wants it.', {
          code: 'connection.no_tls',
          cause: error,
        });
      throw error;
    }
    return new FtpFiles(client, String(setting(install, 'folder', '/')));
  }

  get closed(): boolean {
    return this.#client.closed;
  }

  list(folder: string): Promise<readonly FileEntry[]> {
    const at = remotePath(this.#root, folder);
    return this.#inTurn(folder, async () => {
      // A folder that is not there is an empty one to many servers.
      await this.#client.cd(at);
      return (await this.#client.list()).map(({ name, type, size, modifiedAt }) => ({
        name,
        kind: KINDS[type] ?? 'other',
        bytes: size,
        modifiedAt: modifiedAt?.toISOString() ?? null,
      }));
    });
  }

  read(path: string, maxBytes: number): Promise<Buffer> {
    const at = remotePath(this.#root, path);
    return this.#inTurn(path, async () => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const bounded = new Writable({
        write(chunk: Buffer, _encoding, done) {
          bytes += chunk.length;
          chunks.push(chunk);
          done(bytes > maxBytes ? tooLarge(path, maxBytes) : null);
        },
      });
      await this.#client.downloadTo(bounded, at);
      return Buffer.concat(chunks);
    });
  }

  write(path: string, bytes: Buffer, { overwrite }: { overwrite: boolean }): Promise<void> {
    const to = remotePath(this.#root, path);
    return this.#inTurn(path, async () => {
      const folder = posix.dirname(to);
      await this.#client.ensureDir(folder);
      if (!overwrite && (await this.#isThere(to))) throw exists(path);
      const part = posix.join(folder, `.${randomUUID()}.part`);
      try {
        await this.#client.uploadFrom(Readable.from([bytes], { objectMode: false }), part);
        await this.#put(part, to, overwrite);
      } catch (error) {
        if (!this.closed) await this.#client.remove(part, true);
        throw error;
      }
    });
  }

  remove(path: string): Promise<boolean> {
    const at = remotePath(this.#root, path);
    return this.#inTurn(path, async () => {
      if (!(await this.#isThere(at))) return false;
      await this.#client.remove(at);
      return true;
    });
  }

  move(from: string, to: string, { overwrite }: { overwrite: boolean }): Promise<void> {
    const [source, target] = [remotePath(this.#root, from), remotePath(this.#root, to)];
    return this.#inTurn(from, async () => {
      if (!(await this.#isThere(source))) throw notFound(from);
      await this.#client.ensureDir(posix.dirname(target));
      if (!overwrite && (await this.#isThere(target))) throw exists(to);
      await this.#put(source, target, overwrite);
    });
  }

  close(): void {
    this.#client.close();
  }

  async #put(from: string, to: string, overwrite: boolean): Promise<void> {
    try {
      await this.#client.rename(from, to);
    } catch (error) {
      // Some servers rename to no name that is taken.
      if (!overwrite || !(error instanceof FTPError)) throw error;
      await this.#client.remove(to);
      await this.#client.rename(from, to);
    }
  }

  async #isThere(at: string): Promise<boolean> {
    try {
      await this.#client.size(at);
      return true;
    } catch (error) {
      if (error instanceof FTPError && error.code === UNAVAILABLE) return false;
      throw error;
    }
  }

  #inTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work).catch((error: unknown) => {
      if (error instanceof FTPError && error.code === UNAVAILABLE) throw notFound(path, error);
      // A transfer that was broken off leaves the connection in the middle of it.
      if (error instanceof Fail && error.options.code === 'files.too_large') this.#client.close();
      throw error;
    });
    this.#turn = mine.catch(() => {});
    return mine;
  }
}
