// Steps on the mails of one mailbox. A mail is named by its mailbox and its UID there.

import { Batch, type BatchResult, Connector, type Context, Fail, type Message, schema } from '@sluice/sdk';
import type { ImapFlow } from 'imapflow';
import type { Imap } from './application.ts';
import { envelopeOf, wholeOf } from './mail.ts';

const mailboxField = schema.text('Path of the mailbox; default INBOX', {
  minLength: 1,
  maxLength: 1_000,
  pattern: '^[^\\r\\n\\u0000]*$',
});
const uidField = schema.integer('UID of the mail in its mailbox', { minimum: 1, maximum: 4_294_967_295 });
const place = { mailbox: mailboxField, uid: uidField };
const envelopeOutput = schema.record({
  mailbox: schema.text(),
  uid: schema.integer(),
  messageId: schema.text(),
  subject: schema.text(),
  from: schema.list(schema.map()),
  to: schema.list(schema.map()),
  date: schema.orNull(schema.text()),
  flags: schema.list(schema.text()),
  bytes: schema.integer(),
});

interface Place {
  readonly mailbox?: string;
  readonly uid: number;
}

abstract class ImapConnector extends Connector {
  override readonly application: Imap;

  constructor(application: Imap) {
    super();
    this.application = application;
  }

  /** Work in a mailbox that nobody else of this install changes to another one meanwhile. */
  protected inMailbox<R>(context: Context, mailbox: string, work: (client: ImapFlow) => Promise<R>): Promise<R> {
    return within(this.application, context, mailbox, work);
  }
}

function within<R>(
  application: Imap,
  context: Context,
  mailbox: string,
  work: (client: ImapFlow) => Promise<R>,
): Promise<R> {
  return application.use(context, async (client) => {
    const lock = await client.getMailboxLock(mailbox);
    try {
      return await work(client);
    } finally {
      lock.release();
    }
  });
}

const noMail = ({ mailbox = 'INBOX', uid }: Place): Fail =>
  new Fail(`The mailbox "${mailbox}" has no mail ${uid}.`, { code: 'imap.not_found' });

export class ListMailboxes extends ImapConnector {
  readonly name = `${this.application.key}-list-mailboxes`;
  override readonly description = 'The mailboxes of the account';
  override readonly input = schema.object({});
  override readonly output = schema.record({ mailboxes: schema.list(schema.map()) });

  process(_message: Message, context: Context) {
    return this.application.use(context, async (client) => ({
      mailboxes: (await client.list()).map(({ path, name, specialUse }) => ({
        path,
        name,
        specialUse: specialUse ?? null,
      })),
    }));
  }
}

interface Listing {
  readonly mailbox?: string;
  readonly unseen?: boolean;
  readonly from?: string;
  readonly subject?: string;
  readonly since?: string;
  readonly afterUid?: number;
  readonly pageSize?: number;
}

export class ListMessages extends Batch {
  override readonly application: Imap;
  readonly name: string;
  override readonly description = 'Mails of a mailbox, the oldest first, one message each, without their contents';
  override readonly input = schema.object({
    mailbox: mailboxField,
    unseen: schema.flag('Only those that nobody has read'),
    from: schema.text('Only of senders with this in their address', { minLength: 1, maxLength: 500 }),
    subject: schema.text('Only with this in the subject', { minLength: 1, maxLength: 500 }),
    since: schema.text('Only from this day on, such as 2026-01-31', { pattern: '^\\d{4}-\\d\\d-\\d\\d$' }),
    afterUid: schema.integer('Only behind this UID: the last one that was seen', {
      minimum: 0,
      maximum: 4_294_967_295,
    }),
    pageSize: schema.integer('Mails of a page; default 100', { minimum: 1, maximum: 1_000 }),
  });
  override readonly output = envelopeOutput;

  constructor(application: Imap) {
    super();
    this.application = application;
    this.name = `${application.key}-list-messages`;
  }

  process(message: Message, context: Context): Promise<BatchResult> {
    const { mailbox = 'INBOX', unseen, from, subject, since, afterUid = 0, pageSize = 100 } = message.json<Listing>();
    const after = context.cursor === null ? afterUid : Number(context.cursor);
    if (!Number.isSafeInteger(after)) throw new Fail('The cursor was expected to be the UID of a mail.');
    return within(this.application, context, mailbox, async (client) => {
      const found = await client.search(
        {
          uid: `${after + 1}:*`,
          ...(unseen ? { seen: false } : {}),
          ...(from === undefined ? {} : { from }),
          ...(subject === undefined ? {} : { subject }),
          ...(since === undefined ? {} : { since }),
        },
        { uid: true },
      );
      // The server gives the last mail for "behind the last" as well.
      const uids = (found || []).filter((uid) => uid > after).sort((a, b) => a - b);
      const page = uids.slice(0, pageSize);
      if (page.length === 0) return { items: [] };
      const items = [];
      for await (const one of client.fetch(
        page.join(','),
        { uid: true, envelope: true, flags: true, size: true },
        { uid: true },
      ))
        items.push(envelopeOf(mailbox, one));
      items.sort((a, b) => a.uid - b.uid);
      return uids.length > page.length ? { items, cursor: String(page.at(-1)) } : { items };
    });
  }
}

export class GetMessage extends ImapConnector {
  readonly name = `${this.application.key}-get-message`;
  override readonly description = 'One mail with its text and its attachments; reading it does not mark it as read';
  override readonly input = schema.object(
    {
      ...place,
      maxBytes: schema.integer('A larger mail is a failure; default 25 MB', { minimum: 1, maximum: 104_857_600 }),
    },
    ['uid'],
  );
  override readonly output = {
    ...envelopeOutput,
    properties: {
      ...(envelopeOutput.properties as object),
      text: schema.orNull(schema.text()),
      html: schema.orNull(schema.text()),
      attachments: schema.list(schema.map()),
    },
  };

  process(message: Message, context: Context) {
    const { mailbox = 'INBOX', uid, maxBytes = 26_214_400 } = message.json<Place & { maxBytes?: number }>();
    return this.inMailbox(context, mailbox, async (client) => {
      const one = await client.fetchOne(
        String(uid),
        { uid: true, envelope: true, flags: true, size: true, bodyStructure: true },
        { uid: true },
      );
      if (!one) throw noMail({ mailbox, uid });
      if ((one.size ?? 0) > maxBytes)
        throw new Fail(`The mail has ${one.size} bytes, more than the ${maxBytes} that are read.`, {
          code: 'imap.too_large',
        });
      return { ...envelopeOf(mailbox, one), ...(await wholeOf(client, one)) };
    });
  }
}

export class MoveMessage extends ImapConnector {
  readonly name = `${this.application.key}-move-message`;
  override readonly description = 'Move a mail to another mailbox';
  override readonly input = schema.object(
    { ...place, to: { ...mailboxField, description: 'Path of the mailbox it goes to' } },
    ['uid', 'to'],
  );
  override readonly output = schema.record({ mailbox: schema.text(), uid: schema.orNull(schema.integer()) });

  process(message: Message, context: Context) {
    const { mailbox = 'INBOX', uid, to } = message.json<Place & { to: string }>();
    return this.inMailbox(context, mailbox, async (client) => {
      const found = await client.fetchOne(String(uid), { uid: true }, { uid: true });
      if (!found) throw noMail({ mailbox, uid });
      const moved = await client.messageMove(String(uid), to, { uid: true });
      if (!moved) throw new Fail(`The mail ${uid} could not be moved to "${to}".`, { code: 'imap.unknown_mailbox' });
      return { mailbox: to, uid: moved.uidMap?.get(uid) ?? null };
    });
  }
}

const FLAGS = { seen: '\\Seen', flagged: '\\Flagged', answered: '\\Answered', deleted: '\\Deleted' } as const;

export class FlagMessage extends ImapConnector {
  readonly name = `${this.application.key}-flag-message`;
  override readonly description = 'Mark a mail as read, important, answered or deleted, or take the mark away';
  override readonly input = schema.object(
    { ...place, flag: schema.choice(Object.keys(FLAGS), 'The mark'), set: schema.flag('Default: yes') },
    ['uid', 'flag'],
  );
  override readonly output = schema.record({ mailbox: schema.text(), uid: schema.integer() });

  process(message: Message, context: Context) {
    const {
      mailbox = 'INBOX',
      uid,
      flag,
      set = true,
    } = message.json<Place & { flag: keyof typeof FLAGS; set?: boolean }>();
    return this.inMailbox(context, mailbox, async (client) => {
      const found = await client.fetchOne(String(uid), { uid: true }, { uid: true });
      if (!found) throw noMail({ mailbox, uid });
      const change = set ? client.messageFlagsAdd.bind(client) : client.messageFlagsRemove.bind(client);
      await change(String(uid), [FLAGS[flag]], { uid: true });
      return { mailbox, uid };
    });
  }
}
