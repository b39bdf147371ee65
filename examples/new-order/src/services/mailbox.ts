// A mail server on loopback. It keeps what it got, and tells one mail from the same mail sent twice by its message id.

import { SMTPServer } from 'smtp-server';

const KEPT = 20;

export interface Mailbox {
  readonly port: number;
  /** Mails by message id; a repeated one counts once. */
  readonly received: () => number;
  readonly last: () => readonly string[];
  close(): Promise<void>;
}

export async function startMailbox(): Promise<Mailbox> {
  const ids = new Set<string>();
  const last: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: 1_000_000,
    onData(stream, _session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const mail = Buffer.concat(chunks).toString('utf8');
        ids.add(/^message-id:\s*(\S+)/im.exec(mail)?.[1] ?? `unnamed-${ids.size}`);
        last.push(mail);
        if (last.length > KEPT) last.shift();
        callback();
      });
    },
  });
  server.on('error', () => {
    // A client that breaks off in the middle is its own trouble; the step repeats.
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as { port: number };
  return {
    port,
    received: () => ids.size,
    last: () => last,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
