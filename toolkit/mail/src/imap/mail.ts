// From what the server says of a mail to a record: envelope, texts, attachments.

import type { FetchMessageObject, ImapFlow, MessageStructureObject } from 'imapflow';

export function envelopeOf(mailbox: string, { uid, envelope = {}, flags, size }: FetchMessageObject) {
  const people = (list: readonly { name?: string; address?: string }[] = []) =>
    list.map(({ name = '', address = '' }) => ({ name, address }));
  const {
    messageId = '',
    subject = '',
    date,
    from,
    to,
    cc,
  } = envelope as {
    messageId?: string;
    subject?: string;
    date?: Date | string;
    from?: { name?: string; address?: string }[];
    to?: { name?: string; address?: string }[];
    cc?: { name?: string; address?: string }[];
  };
  return {
    mailbox,
    uid,
    messageId,
    subject,
    from: people(from),
    to: people(to),
    cc: people(cc),
    date: dateOf(date),
    flags: [...(flags ?? [])],
    bytes: size ?? 0,
  };
}

function dateOf(date: Date | string | undefined): string | null {
  const at = new Date(date ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** Mails nest mails; what is nested deeper is not looked into. */
const MAX_DEPTH = 20;

function* partsOf(node: MessageStructureObject, depth = 0): Generator<MessageStructureObject> {
  if (depth > MAX_DEPTH) return;
  if (!node.childNodes) yield node;
  else for (const child of node.childNodes) yield* partsOf(child, depth + 1);
}

/** Texts and attachments, decoded. */
export async function wholeOf(client: ImapFlow, { uid, bodyStructure }: FetchMessageObject) {
  let text: string | null = null;
  let html: string | null = null;
  const attachments: { name: string; contentType: string; content: string; encoding: 'base64'; id: string | null }[] =
    [];
  for (const part of bodyStructure ? partsOf(bodyStructure) : []) {
    const { type = '', disposition, parameters, dispositionParameters, id } = part;
    const bytes = await read(client, uid, part.part ?? '1');
    const isText = disposition !== 'attachment' && (type === 'text/plain' || type === 'text/html');
    if (isText && type === 'text/plain' && text === null) text = bytes.toString('utf8');
    else if (isText && type === 'text/html' && html === null) html = bytes.toString('utf8');
    else
      attachments.push({
        name: dispositionParameters?.filename ?? parameters?.name ?? '',
        contentType: type,
        content: bytes.toString('base64'),
        encoding: 'base64',
        id: id ?? null,
      });
  }
  return { text, html, attachments };
}

/** The server may have lost it since; then it is empty. */
async function read(client: ImapFlow, uid: number, part: string): Promise<Buffer> {
  const { content } = await client.download(String(uid), part, { uid: true });
  if (!content) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
