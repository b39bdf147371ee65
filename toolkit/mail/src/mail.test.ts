import { createRequire } from 'node:module';
import type { AddressInfo, Server } from 'node:net';
import { ALLOWED_ADDRESSES } from '@sluice/sdk';
import { type LiveWorker, liveWorker } from '@sluice/testing';
import { offerChecks } from '@sluice/testing/acceptance';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applications, steps } from './index.ts';

const readme = new URL('../README.md', import.meta.url);
describe('E-mail, as it is offered', () => {
  for (const { title, run } of offerChecks({ applications, steps, readme })) test(title, run);
});

const heard = ({ server }: { readonly server: Server }) =>
  new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );
const [smtp, imap] = applications as [(typeof applications)[0], (typeof applications)[0]];

describe('R15: mails go out by SMTP', () => {
  const mails: string[] = [];
  let server: SMTPServer;
  let port: number;
  let worker: LiveWorker;
  const settingsOf = (change: object = {}, password = 'right') => ({
    connection: { host: '127.0.0.1', port, tls: 'off', ...change },
    credentials: { user: 'shop', password },
    sender: { from: 'Shop <shop@example.com>' },
  });
  beforeAll(async () => {
    process.env[ALLOWED_ADDRESSES] = '127.0.0.1';
    server = new SMTPServer({
      authOptional: false,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      onAuth: ({ username, password }, _session, done) =>
        password === 'right' ? done(null, { user: username }) : done(new Error('wrong password')),
      onRcptTo({ address }, _session, done) {
        if (address.startsWith('nobody')) return done(Object.assign(new Error('no such user'), { responseCode: 550 }));
        if (address.startsWith('later')) return done(Object.assign(new Error('greylisted'), { responseCode: 451 }));
        done();
      },
      onData(stream, _session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          mails.push(Buffer.concat(chunks).toString());
          done();
        });
      },
    });
    server.on('error', () => {});
    port = await heard(server as unknown as { server: Server });
    worker = liveWorker({ steps, installs: [{ application: 'smtp', settings: settingsOf() }] });
  });
  afterAll(async () => {
    delete process.env[ALLOWED_ADDRESSES];
    await worker[Symbol.asyncDispose]();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const mail = { to: ['ann@example.com'], subject: 'Your order é', text: 'It is on its way.' };

  test('with texts and attachments; the same message is the same mail', async () => {
    expect(await worker.invoke(smtp, { operation: 'test' } as never)).toMatchObject({ ok: true });
    const input = {
      ...mail,
      html: '<b>It</b>',
      cc: 'bob@example.com',
      attachments: [
        { name: 'invoice.pdf', content: 'JVBERi0=' },
        { name: 'é.txt', content: 'plain', encoding: 'text' },
      ],
    };
    const sent = [
      await worker.run('smtp-send-mail', input),
      await worker.run('smtp-send-mail', input, { attempt: 2 }),
    ].map((one) => one.json<{ messageId: string }>());
    expect(sent[0]).toMatchObject({ accepted: ['ann@example.com', 'bob@example.com'], rejected: [] });
    expect(sent[1]!.messageId).toBe(sent[0]!.messageId);
    for (const text of mails.splice(0)) {
      expect(text).toContain(`Message-ID: ${sent[0]!.messageId}`);
      expect(text).toMatch(/^From: Shop <shop@example\.com>\r$/m);
      expect(text).toMatch(/JVBERi0=/);
      expect(text).toMatch(/application\/pdf/);
    }
  });

  test('what the server refuses says whether another attempt may help', async () => {
    const to = async (...addresses: string[]) =>
      (await worker.run('smtp-send-mail', { ...mail, to: addresses })).outcome;
    expect(await to('nobody@example.com')).toMatchObject({ kind: 'fail', code: 'smtp.address_refused' });
    expect(await to('later@example.com')).toMatchObject({ kind: 'redeliver' });
    expect(
      (await worker.run('smtp-send-mail', { ...mail, to: ['ann@example.com', 'nobody@example.com'] })).json(),
    ).toMatchObject({ rejected: ['nobody@example.com'] });
    mails.length = 0;
  });

  test('no header, file or address gets into a mail by its values', async () => {
    const wrong = [
      { subject: 'a\r\nBcc: eve@example.com' },
      { to: 'ann@example.com\nBcc: eve@example.com' },
      { headers: { 'x-a': 'b\r\nc: d' } },
      { attachments: [{ name: 'a', path: '/etc/passwd' }] },
      { attachments: [{ name: 'a', content: { path: '/etc/passwd' } }] },
      { attachments: [{ name: 'a', content: 'é', encoding: 'base64' }] },
      { text: { path: '/etc/passwd' } },
      { text: undefined },
      { to: [] },
    ];
    for (const change of wrong)
      expect(
        (await worker.run('smtp-send-mail', { ...mail, ...change })).outcome,
        JSON.stringify(change),
      ).toMatchObject({ kind: 'fail', code: 'step.input_invalid' });
    expect(mails).toEqual([]);
  });

  test('what the install says wrongly has a reason', async () => {
    const outcome = async (settings: ReturnType<typeof settingsOf>) => {
      await using other = liveWorker({ steps, installs: [{ application: 'smtp', settings }] });
      return (await other.run('smtp-send-mail', mail)).outcome;
    };
    expect(await outcome(settingsOf({}, 'wrong-password'))).toMatchObject({ kind: 'fail', code: 'smtp.login_refused' });
    expect(await outcome(settingsOf({ port: 1 }))).toMatchObject({ kind: 'redeliver' });
    expect(await outcome(settingsOf({ host: '10.0.0.1' }))).toMatchObject({
      kind: 'fail',
      code: 'connection.address_refused',
    });
    expect((await outcome(settingsOf({ tls: 'starttls' }))).kind).toBe('fail');
  });
});

describe('R15: mails come in by IMAP', () => {
  const hoodiecrow = createRequire(import.meta.url)('hoodiecrow-imap') as (options: object) => {
    readonly server: Server;
    close(done: () => void): void;
  };
  let server: ReturnType<typeof hoodiecrow>;
  let worker: LiveWorker;
  const mails = Array.from({ length: 5 }, (_, n) => ({
    raw: `From: Ann <ann${n}@example.com>\r\nTo: shop@example.com\r\nSubject: order ${n}\r\nMessage-ID: <${n}@example.com>\r\nDate: Mon, 05 Jan 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nhello ${n}\r\n--b\r\nContent-Type: text/csv; name=a.csv\r\nContent-Disposition: attachment; filename=a.csv\r\nContent-Transfer-Encoding: base64\r\n\r\naWQKMQo=\r\n--b--\r\n`,
    flags: n === 0 ? ['\\Seen'] : [],
  }));
  beforeAll(async () => {
    process.env[ALLOWED_ADDRESSES] = '127.0.0.1';
    server = hoodiecrow({
      plugins: ['ID', 'MOVE', 'UIDPLUS', 'UNSELECT'],
      users: { shop: { password: 'right' } },
      storage: { INBOX: { messages: mails }, '': { separator: '/', folders: { Done: {} } } },
    });
    const port = await heard(server);
    const settings = {
      connection: { host: '127.0.0.1', port, tls: 'off' },
      credentials: { user: 'shop', password: 'right' },
    };
    worker = liveWorker({
      steps,
      installs: [
        { application: 'imap', settings },
        {
          application: 'imap',
          user: 'eve',
          settings: { ...settings, credentials: { user: 'shop', password: 'wrong' } },
        },
      ],
    });
  });
  afterAll(async () => {
    delete process.env[ALLOWED_ADDRESSES];
    await worker[Symbol.asyncDispose]();
    await new Promise<void>((resolve) => server.close(resolve));
  });

  test('page by page, read whole, marked and moved', async () => {
    expect(await worker.invoke(imap, { operation: 'test' } as never)).toMatchObject({ ok: true });
    const pages = await worker.pages('imap-list-messages', { unseen: true, pageSize: 3 });
    const listed = pages.flatMap((page) => page.items.map((_, at) => page.json<{ uid: number; subject: string }>(at)));
    expect(listed.map(({ subject }) => subject)).toEqual([1, 2, 3, 4].map((n) => `order ${n}`));
    const { uid } = listed[0]!;
    expect((await worker.run('imap-get-message', { uid })).json()).toMatchObject({
      subject: 'order 1',
      from: [{ name: 'Ann', address: 'ann1@example.com' }],
      date: '2026-01-05T09:00:00.000Z',
      text: expect.stringContaining('hello 1'),
      attachments: [{ name: 'a.csv', contentType: 'text/csv', content: 'aWQKMQo=', encoding: 'base64' }],
    });
    expect((await worker.run('imap-flag-message', { uid, flag: 'seen' })).kind).toBe('forward');
    expect((await worker.run('imap-list-messages', { unseen: true })).items.length).toBe(3);
    expect((await worker.run('imap-move-message', { uid, to: 'Done' })).json()).toMatchObject({ mailbox: 'Done' });
    expect((await worker.run('imap-list-messages', { mailbox: 'Done' })).items.length).toBe(1);
  });

  test('what is not there, and what is no name, has a code of its own', async () => {
    const codeOf = async (step: string, input: object) => (await worker.run(step, input)).outcome;
    expect(await codeOf('imap-get-message', { uid: 999 })).toMatchObject({ kind: 'fail', code: 'imap.not_found' });
    expect(await codeOf('imap-list-messages', { mailbox: 'None' })).toMatchObject({ kind: 'fail' });
    expect(await codeOf('imap-get-message', { uid: 2, maxBytes: 10 })).toMatchObject({ kind: 'fail' });
    for (const input of [{ uid: 0 }, { uid: '1:*' }, { uid: 1, mailbox: 'a\r\nb' }])
      expect(await codeOf('imap-get-message', input)).toMatchObject({ kind: 'fail', code: 'step.input_invalid' });
    expect((await worker.run('imap-list-messages', {}, { user: 'eve' })).outcome).toMatchObject({
      kind: 'fail',
      code: 'imap.login_refused',
    });
  });
});
