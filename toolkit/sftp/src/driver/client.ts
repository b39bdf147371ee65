// One connection with one channel of SFTP, shared by all steps of an install.

import { createHash, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { posix } from 'node:path';
import { Fail, type Install, targetOf, withDeadline } from '@sluice/sdk';
import { exists, type FileClient, type FileEntry, notFound, remotePath, tooLarge } from '@sluice/toolkit-files';
import ssh2, { type Client, type SFTPWrapper, type Stats } from 'ssh2';

const TIMEOUT_MS = 60_000;
const NO_SUCH_FILE = 2;

export class SftpFiles implements FileClient {
  readonly #client: Client;
  readonly #sftp: SFTPWrapper;
  readonly #root: string;
  closed = false;

  private constructor(client: Client, sftp: SFTPWrapper, root: string) {
    this.#client = client;
    this.#sftp = sftp;
    this.#root = root;
    client.on('close', () => {
      this.closed = true;
    });
  }

  static async open(install: Install, port: number): Promise<SftpFiles> {
    // Questions are small, and each waits for its answer.
    const sock = connect({ ...targetOf(install, port), noDelay: true });
    const wanted = String(install.value('connection', 'fingerprint') ?? '');
    const secret = (name: string) => install.value<string>('credentials', name) || undefined;
    const client = new ssh2.Client();
    let stranger: Fail | null = null;
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
      client.on('error', (error) => reject(stranger ?? error));
      client.on('close', () => reject(stranger ?? new Error('The connection was closed.')));
      client.on('ready', () => client.sftp((error, opened) => (error ? reject(error) : resolve(opened))));
      try {
        client.connect({
          sock,
          username: install.text('credentials', 'user'),
          password: secret('password'),
          privateKey: secret('privateKey'),
          passphrase: secret('passphrase'),
          readyTimeout: 15_000,
          keepaliveInterval: 15_000,
          hostVerifier: (key: Buffer) => {
            stranger = strangerOf(key, wanted);
            return stranger === null;
          },
        } as ssh2.ConnectConfig);
      } catch (error) {
        sock.destroy();
        reject(error);
      }
    }).catch((error) => {
      client.end();
      throw error;
    });
    return new SftpFiles(client, sftp, String(install.value('connection', 'folder') ?? '/'));
  }

  async list(folder: string): Promise<readonly FileEntry[]> {
    const path = this.#at(folder);
    const found = await this.#ask<readonly { filename: string; attrs: Stats }[]>(
      (done) => this.#sftp.readdir(path, done as never),
      folder,
    );
    return found
      .filter(({ filename }) => filename !== '.' && filename !== '..')
      .map(({ filename, attrs }) => ({
        name: filename,
        kind: attrs.isFile() ? 'file' : attrs.isDirectory() ? 'folder' : 'other',
        bytes: attrs.size,
        modifiedAt: new Date(attrs.mtime * 1_000).toISOString(),
      }));
  }

  async read(path: string, maxBytes: number): Promise<Buffer> {
    const at = this.#at(path);
    await this.#ask((done) => this.#sftp.stat(at, done as never), path);
    const chunks: Buffer[] = [];
    let bytes = 0;
    const reading = (async () => {
      for await (const chunk of this.#sftp.createReadStream(at) as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > maxBytes) throw tooLarge(path, maxBytes);
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    })();
    return withDeadline(reading, { ms: TIMEOUT_MS, what: 'SFTP' });
  }

  async write(path: string, bytes: Buffer, { overwrite }: { overwrite: boolean }): Promise<void> {
    const to = this.#at(path);
    await this.#makeFolders(posix.dirname(to));
    const part = posix.join(posix.dirname(to), `.${randomUUID()}.part`);
    try {
      await this.#ask((done) => this.#sftp.writeFile(part, bytes, { flag: 'wx' } as never, done as never), path);
      await this.#put(part, to, { path, overwrite });
    } catch (error) {
      await this.#ask((done) => this.#sftp.unlink(part, done as never), path).catch(() => {});
      throw error;
    }
  }

  async remove(path: string): Promise<boolean> {
    const at = this.#at(path);
    if (!(await this.#isThere(at))) return false;
    await this.#ask((done) => this.#sftp.unlink(at, done as never), path);
    return true;
  }

  async move(from: string, to: string, { overwrite }: { overwrite: boolean }): Promise<void> {
    const source = this.#at(from);
    const target = this.#at(to);
    if (!(await this.#isThere(source))) throw notFound(from);
    await this.#makeFolders(posix.dirname(target));
    await this.#put(source, target, { path: to, overwrite });
  }

  close(): void {
    this.#client.end();
  }

  /** A rename replaces nothing by itself; where the server knows the one of POSIX, it replaces in one go. */
  async #put(from: string, to: string, { path, overwrite }: { path: string; overwrite: boolean }): Promise<void> {
    if (await this.#isThere(to)) {
      if (!overwrite) throw exists(path);
      const replaced = await this.#ask((done) => this.#sftp.ext_openssh_rename(from, to, done as never), path).then(
        () => true,
        () => false,
      );
      if (replaced) return;
      await this.#ask((done) => this.#sftp.unlink(to, done as never), path);
    }
    await this.#ask((done) => this.#sftp.rename(from, to, done as never), path);
  }

  async #makeFolders(folder: string): Promise<void> {
    if (folder === '/' || folder === '.' || (await this.#isThere(folder))) return;
    await this.#makeFolders(posix.dirname(folder));
    await this.#ask((done) => this.#sftp.mkdir(folder, done as never), folder).catch(async (error) => {
      // Somebody else made it meanwhile.
      if (!(await this.#isThere(folder))) throw error;
    });
  }

  async #isThere(at: string): Promise<boolean> {
    return this.#ask((done) => this.#sftp.stat(at, done as never), at).then(
      () => true,
      (error) => {
        if (error instanceof Fail && error.options.code === 'files.not_found') return false;
        throw error;
      },
    );
  }

  #ask<T = unknown>(begin: (done: (error: unknown, value?: T) => void) => void, path: string): Promise<T> {
    const asked = new Promise<T>((resolve, reject) => {
      const gone = (): void => reject(new Error('The connection was closed.'));
      this.#client.once('close', gone);
      begin((error, value) => {
        this.#client.off('close', gone);
        if (error) reject((error as { code?: number }).code === NO_SUCH_FILE ? notFound(path, error) : error);
        else resolve(value as T);
      });
    });
    return withDeadline(asked, { ms: TIMEOUT_MS, what: 'SFTP' });
  }

  #at(path: string): string {
    return remotePath(this.#root, path);
  }
}

function strangerOf(key: Buffer, wanted: string): Fail | null {
  const shown = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
  if (wanted === shown) return null;
  const what = wanted === '' ? 'The install names no fingerprint' : 'The server has another key than the install names';
  return new Fail(`${what}. It shows ${shown}: compare it with what its owner says, and fill it in.`, {
    code: 'sftp.unknown_key',
  });
}
