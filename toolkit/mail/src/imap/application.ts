// Mailboxes of a mail server: one connection for each install, on which steps take turns.

import {
  type ApplicationContext,
  accountForm,
  accountOf,
  allowedAddress,
  connectionForm,
  Fail,
  type Install,
  Redeliver,
  ServerApplication,
  setting,
  targetOf,
  tlsOf,
  type Verdict,
} from '@sluice/sdk';
import type { ImapFlow } from 'imapflow';
import { logo } from '../logo.ts';

const PORT = 993;

export class Imap extends ServerApplication<ImapFlow> {
  readonly key: string = 'imap';
  readonly name: string = 'IMAP';
  override readonly categories = ['email'] as const;
  override readonly description: string = 'Reads, moves and marks mails of a mailbox.';
  override readonly logo: string = logo;
  override readonly website: string = 'https://www.rfc-editor.org/rfc/rfc9051';
  override readonly forms = [connectionForm({ port: PORT, starttls: true }), accountForm({ required: true })];

  override async test(context: ApplicationContext): Promise<string> {
    return this.use(context, async (client) => `Connected; the account has ${(await client.list()).length} mailboxes.`);
  }

  async open(install: Install): Promise<ImapFlow> {
    const { ImapFlow } = await import('imapflow');
    const target = targetOf(install, PORT);
    const tls = tlsOf(install);
    const how = setting(install, 'tls', 'on');
    const { user = '', password = '' } = accountOf(install);
    const servername = (tls as { servername?: string } | null)?.servername;
    const client = new ImapFlow({
      host: await allowedAddress(target),
      port: target.port,
      secure: how === 'on',
      doSTARTTLS: how === 'starttls',
      ...(servername === undefined ? {} : { servername }),
      ...(tls ? { tls: tls as never } : {}),
      auth: { user, pass: password },
      logger: false,
      disableAutoIdle: true,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 60_000,
    } as never);
    // Told to whoever uses the connection next.
    client.on('error', () => {});
    await client.connect();
    return client;
  }

  async close(client: ImapFlow): Promise<void> {
    if (client.usable) await client.logout();
    else client.close();
  }

  override broken(client: ImapFlow): boolean {
    return !client.usable;
  }

  override verdict(error: unknown): Verdict | null {
    const {
      code = '',
      message,
      authenticationFailed,
      responseText,
      mailboxMissing,
    } = error as {
      code?: string;
      message: string;
      authenticationFailed?: boolean;
      responseText?: string;
      mailboxMissing?: boolean;
    };
    const says = responseText ?? message;
    if (authenticationFailed)
      return new Fail(`${this.name} refused user or password: ${says}`, { code: 'imap.login_refused', cause: error });
    if (mailboxMissing)
      return new Fail(`${this.name}: the mailbox is not there: ${says}`, {
        code: 'imap.unknown_mailbox',
        cause: error,
      });
    if (
      /NoConnection|ETIMEOUT|EConnectionClosed|CONNECT_TIMEOUT|GREETING_TIMEOUT|UPGRADE_TIMEOUT|ClosedAfterConnect/i.test(
        code,
      ) ||
      /not available|closed|timeout/i.test(message)
    )
      return new Redeliver(`${this.name}: ${says}`, { cause: error });
    return responseText === undefined
      ? null
      : new Fail(`${this.name} refused: ${says}`, { code: 'imap.refused', cause: error });
  }
}
