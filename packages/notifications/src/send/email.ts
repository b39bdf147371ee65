// A notice as a mail. The library is loaded when the first one is sent.

import type { ChannelView } from '@sluice/protocol';
import { type Notice, textOf } from '../watch/words.ts';

const TIMEOUT_MS = 20_000;

export async function sendEmail(
  channel: Extract<ChannelView, { kind: 'email' }>,
  password: string | null,
  id: string,
  notice: Notice,
): Promise<void> {
  const { createTransport } = await import('nodemailer');
  const { host, port, security, user, from, to } = channel;
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // What is sent is text of ours: nothing of it is read from files or addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
  });
  try {
    await transport.sendMail({
      from,
      to: [...to],
      subject: `[Sluice] ${notice.subject}`.slice(0, 200),
      text: textOf(notice),
      // The same for every attempt, so that mail programs show one.
      messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
      headers: { 'auto-submitted': 'auto-generated' },
    });
  } finally {
    transport.close();
  }
}
