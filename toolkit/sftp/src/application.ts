// Files over SSH. Whether the server is who it says is told by the fingerprint of its key: without it nobody is believed.

import { credentialsForm, Fail, field, form, type Install, Redeliver, type Verdict } from '@sluice/sdk';
import { FileApplication } from '@sluice/toolkit-files';
import type { SftpFiles } from './driver/client.ts';
import { logo } from './logo.ts';

const PORT = 22;

export class Sftp extends FileApplication<SftpFiles> {
  readonly key: string = 'sftp';
  readonly name: string = 'SFTP';
  override readonly description: string = 'Files on a server, over SSH, by password or private key.';
  override readonly logo: string = logo;
  override readonly website: string = 'https://www.openssh.com';
  override readonly forms = [
    form('connection', 'Connection', [
      field.text('host', 'Host', {
        required: true,
        maxLength: 253,
        description: 'Inside a private network the operator of the worker opens it with SLUICE_ALLOWED_ADDRESSES.',
      }),
      field.number('port', 'Port', { default: PORT, minimum: 1, maximum: 65_535 }),
      field.text('fingerprint', 'Fingerprint of its key', {
        maxLength: 200,
        placeholder: 'SHA256:…',
        description: 'As ssh-keygen -l shows it. Left empty, the test of the connection says which one the server has.',
      }),
      field.text('folder', 'Folder', { default: '/', maxLength: 1_000 }),
    ]),
    credentialsForm([
      field.text('user', 'User', { required: true }),
      field.password('password', 'Password'),
      field.textarea('privateKey', 'Private key', {
        secret: true,
        description: 'Instead of a password, as OpenSSH or PEM.',
      }),
      field.password('passphrase', 'Passphrase of the key'),
    ]),
  ];

  async open(install: Install): Promise<SftpFiles> {
    const { SftpFiles } = await import('./driver/client.ts');
    return SftpFiles.open(install, PORT);
  }

  close(client: SftpFiles): void {
    client.close();
  }

  override broken(client: SftpFiles): boolean {
    return client.closed;
  }

  override verdict(error: unknown): Verdict | null {
    const { code, level, message = '' } = error as { code?: number | string; level?: string; message?: string };
    if (level === 'client-authentication')
      return new Fail(`${this.name} refused user, password or key.`, { code: 'sftp.login_refused', cause: error });
    if (/private ?key|passphrase/i.test(message))
      return new Fail(`The private key of the install cannot be read.`, { code: 'install.incomplete', cause: error });
    if (code === 3)
      return new Fail(`${this.name} refused: permission denied.`, { code: 'files.permission_denied', cause: error });
    if (
      level !== undefined ||
      code === 6 ||
      code === 7 ||
      /not connected|no response|closed|timed out|ended/i.test(message)
    )
      return new Redeliver(`${this.name}: ${message}`, { cause: error });
    return typeof code === 'number'
      ? new Fail(`${this.name} refused: ${message}`, { code: 'files.refused', cause: error })
      : null;
  }
}
