// Files over FTP and FTPS.

import { accountForm, connectionForm, Fail, field, type Install, Redeliver, type Verdict } from '@sluice/sdk';
import { FileApplication } from '@sluice/toolkit-files';
import type { FtpFiles } from './driver/client.ts';
import { logo } from './logo.ts';

const PORT = 21;

export class Ftp extends FileApplication<FtpFiles> {
  readonly key: string = 'ftp';
  readonly name: string = 'FTP';
  override readonly description: string = 'Files on a server, over FTP or, with TLS, over FTPS.';
  override readonly logo: string = logo;
  override readonly website: string = 'https://www.rfc-editor.org/rfc/rfc4217';
  override readonly forms = [
    connectionForm({
      port: PORT,
      starttls: true,
      fields: [field.text('folder', 'Folder', { default: '/', maxLength: 1_000 })],
    }),
    accountForm(),
  ];

  async open(install: Install): Promise<FtpFiles> {
    const { FtpFiles } = await import('./driver/client.ts');
    return FtpFiles.open(install, PORT);
  }

  close(client: FtpFiles): void {
    client.close();
  }

  override broken(client: FtpFiles): boolean {
    return client.closed;
  }

  /** Replies of FTP: 4xx is for now, 5xx for good. */
  override verdict(error: unknown): Verdict | null {
    const { code, message = '' } = error as { code?: number | string; message?: string };
    if (code === 530)
      return new Fail(`${this.name} refused user or password: ${message}`, { code: 'ftp.login_refused', cause: error });
    if (/another host/i.test(message))
      return new Fail(
        `${this.name}: the server names another address for its data than the one that commands go to. Nothing is sent there.`,
        {
          code: 'ftp.other_address',
          cause: error,
        },
      );
    if (typeof code === 'number' && code >= 500)
      return new Fail(`${this.name} refused: ${message}`, { code: 'files.refused', cause: error });
    if (typeof code === 'number' || /timeout|closed|FIN packet/i.test(message))
      return new Redeliver(`${this.name}: ${message}`, { cause: error });
    return null;
  }
}
