// A mail server that takes mails to send: a few connections for each install.

import { connect } from 'node:net';
import {
  type ApplicationContext,
  accountForm,
  accountOf,
  connectionForm,
  Fail,
  field,
  form,
  type Install,
  Redeliver,
  ServerApplication,
  setting,
  targetOf,
  tlsOf,
  type Verdict,
} from '@sluice/sdk';
import type { Transporter } from 'nodemailer';
import { logo } from '../logo.ts';

const PORT = 465;

export class Smtp extends ServerApplication<Transporter> {
  readonly key: string = 'smtp';
  readonly name: string = 'SMTP';
  override readonly categories = ['email'] as const;
  override readonly description: string = 'Sends mails, with attachments, over a mail server.';
  override readonly logo: string = logo;
  override readonly website: string = 'https://www.rfc-editor.org/rfc/rfc5321';
  override readonly forms = [
    connectionForm({ port: PORT, starttls: true }),
    accountForm(),
    form('sender', 'Sender', [
      field.text('from', 'From', { required: true, maxLength: 500, placeholder: 'Shop <shop@example.com>' }),
      field.text('replyTo', 'Reply to', { maxLength: 500 }),
    ]),
  ];

  override async test(context: ApplicationContext): Promise<string> {
    return this.use(context, async (transport) => {
      await transport.verify();
      return 'The mail server takes our mails.';
    });
  }

  async open(install: Install): Promise<Transporter> {
    const { createTransport } = await import('nodemailer');
    const { host, port } = targetOf(install, PORT);
    const tls = tlsOf(install);
    const { user, password = '' } = accountOf(install);
    return createTransport({
      host,
      port,
      pool: true,
      maxConnections: 3,
      secure: setting(install, 'tls', 'on') === 'on',
      ...(tls ? { requireTLS: true, tls: tls as never } : { ignoreTLS: true }),
      ...(user === undefined ? {} : { auth: { user, pass: password } }),
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 60_000,
      // A mail is made of what its message says, never of files of this machine or of what an address answers.
      disableFileAccess: true,
      disableUrlAccess: true,
      // Each connection is judged where it is made.
      getSocket: (_options: unknown, callback: (error: Error | null, socket?: object | false) => void) => {
        try {
          const socket = connect(targetOf(install, PORT));
          socket.once('error', callback);
          socket.once('connect', () => {
            socket.off('error', callback);
            callback(null, { connection: socket });
          });
        } catch (error) {
          callback(error as Error);
        }
      },
    } as never) as Transporter;
  }

  close(transport: Transporter): void {
    transport.close();
  }

  /** Replies of SMTP: 4xx is for now, 5xx for good. */
  override verdict(error: unknown): Verdict | null {
    const { code = '', responseCode, message } = error as { code?: string; responseCode?: number; message: string };
    if (code === 'EAUTH' && !(responseCode !== undefined && responseCode < 500))
      return new Fail(`${this.name} refused user or password: ${message}`, {
        code: 'smtp.login_refused',
        cause: error,
      });
    if (responseCode !== undefined && responseCode >= 500)
      return new Fail(`${this.name} refused the mail: ${message}`, {
        code: code === 'EENVELOPE' ? 'smtp.address_refused' : 'smtp.refused',
        cause: error,
      });
    if (code === 'EENVELOPE' && responseCode === undefined)
      return new Fail(`The mail has no sender or nobody it goes to: ${message}`, {
        code: 'smtp.address_refused',
        cause: error,
      });
    if (code === 'ETLS') return new Fail(`${this.name}: ${message}`, { code: 'connection.no_tls', cause: error });
    if (responseCode !== undefined || /^E(CONNECTION|TIMEDOUT|SOCKET|PROTOCOL|DNS|STREAM)$/.test(code))
      return new Redeliver(`${this.name}: ${message}`, { cause: error });
    return null;
  }
}
