// A server of SFTP on this machine: the one of ssh2, over one folder.

import {
  closeSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import ssh2 from 'ssh2';

interface ServerOptions {
  readonly root: string;
  readonly hostKey: string;
  readonly user: string;
  readonly password: string;
  readonly publicKey: ssh2.ParsedKey;
}

const { STATUS_CODE, OPEN_MODE } = ssh2.utils.sftp;

export function sftpServer({ root, hostKey, user, password, publicKey }: ServerOptions): ssh2.Server {
  return new ssh2.Server({ hostKeys: [hostKey] }, (client) => {
    // The types do not have it.
    (client as unknown as { setNoDelay(on: boolean): void }).setNoDelay(true);
    client.on('error', () => {});
    client.on('authentication', (context) => {
      if (context.username !== user) return context.reject();
      if (context.method === 'password' && context.password === password) return context.accept();
      if (context.method === 'publickey' && context.key.data.equals(publicKey.getPublicSSH())) {
        const { signature, blob, hashAlgo } = context as { signature?: Buffer; blob?: Buffer; hashAlgo?: string };
        if (!signature || publicKey.verify(blob!, signature, hashAlgo) === true) return context.accept();
      }
      context.reject(['password', 'publickey']);
    });
    client.on('session', (accept) => accept().on('sftp', (open) => serve(open(), root)));
  });
}

function serve(sftp: ssh2.SFTPWrapper, root: string): void {
  const handles = new Map<number, { fd?: number; names?: string[]; path: string }>();
  let next = 0;
  const handleOf = (bytes: Buffer) => handles.get(bytes.readUInt32BE(0))!;
  const keep = (id: number, handle: { fd?: number; names?: string[]; path: string }): void => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(++next);
    handles.set(next, handle);
    sftp.handle(id, bytes);
  };
  const attrsOf = ({ mode, uid, gid, size, atimeMs, mtimeMs }: Stats) => ({
    mode,
    uid,
    gid,
    size,
    atime: atimeMs / 1_000,
    mtime: mtimeMs / 1_000,
  });
  /** What throws is answered as the file system says. */
  const on = (event: string, answer: (id: number, ...args: never[]) => void): void => {
    sftp.on(
      event as 'OPEN',
      ((id: number, ...args: never[]) => {
        try {
          answer(id, ...args);
        } catch (error) {
          sftp.status(
            id,
            (error as NodeJS.ErrnoException).code === 'ENOENT' ? STATUS_CODE.NO_SUCH_FILE : STATUS_CODE.FAILURE,
          );
        }
      }) as never,
    );
  };
  const ok = (id: number): void => sftp.status(id, STATUS_CODE.OK);
  on('REALPATH', (id, path: string) => sftp.name(id, [{ filename: path, longname: path, attrs: {} as never }]));
  on('STAT', (id, path: string) => sftp.attrs(id, attrsOf(statSync(join(root, path))) as never));
  on('LSTAT', (id, path: string) => sftp.attrs(id, attrsOf(lstatSync(join(root, path))) as never));
  on('FSTAT', (id, handle: Buffer) => sftp.attrs(id, attrsOf(fstatSync(handleOf(handle).fd!)) as never));
  on('OPEN', (id, path: string, flags: number) => {
    const how = flags & OPEN_MODE.WRITE ? (flags & OPEN_MODE.EXCL ? 'wx' : 'w') : 'r';
    keep(id, { fd: openSync(join(root, path), how), path });
  });
  on('READ', (id, handle: Buffer, offset: number, length: number) => {
    const bytes = Buffer.alloc(length);
    const read = readSync(handleOf(handle).fd!, bytes, 0, length, offset);
    if (read === 0) sftp.status(id, STATUS_CODE.EOF);
    else sftp.data(id, bytes.subarray(0, read));
  });
  on('WRITE', (id, handle: Buffer, offset: number, data: Buffer) => {
    writeSync(handleOf(handle).fd!, data, 0, data.length, offset);
    ok(id);
  });
  on('CLOSE', (id, handle: Buffer) => {
    const { fd } = handleOf(handle);
    if (fd !== undefined) closeSync(fd);
    ok(id);
  });
  on('OPENDIR', (id, path: string) => keep(id, { names: readdirSync(join(root, path)), path }));
  on('READDIR', (id, handle: Buffer) => {
    const { names = [], path } = handleOf(handle);
    const found = names
      .splice(0)
      .map((filename) => ({ filename, longname: filename, attrs: attrsOf(lstatSync(join(root, path, filename))) }));
    if (found.length === 0) sftp.status(id, STATUS_CODE.EOF);
    else sftp.name(id, found as never);
  });
  on('REMOVE', (id, path: string) => {
    unlinkSync(join(root, path));
    ok(id);
  });
  on('MKDIR', (id, path: string) => {
    mkdirSync(join(root, path));
    ok(id);
  });
  on('RENAME', (id, from: string, to: string) => {
    renameSync(join(root, from), join(root, to));
    ok(id);
  });
}
