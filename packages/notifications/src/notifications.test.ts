import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ledger } from '@sluice/engine';
import { memoryStores } from '@sluice/engine/memory';
import { ChannelRequest, NotificationRuleRequest, readSignature, signedPrefix } from '@sluice/protocol';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DELIVERY_HEADER, Notifications, type Sources } from './index.ts';

const SECRET = 'a shared secret of some length';
const MINUTE = 60_000;
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const sealer = { seal: (text: string) => `sealed:${text}`, open: (text: string) => text.slice(7), isOld: () => true };
const entry = { accepted: 0, emitted: 0, finished: 0, queued: 0, leased: 0, delayed: 0, limited: 0, held: 0, trash: 0 };

interface Posted {
  readonly path: string;
  readonly id: string;
  readonly signature: string;
  readonly body: string;
}

let mails: string[];
let posted: Posted[];
let status: number;
let started: { topology: string; key: string }[];
let mailer: SMTPServer;
let receiver: Server;
let mailPort: number;
let url: string;

beforeAll(async () => {
  mailer = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      password === SECRET ? done(null, { user: username }) : done(new Error('the password is wrong')),
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (chunk) => (text += chunk));
      stream.on('end', () => {
        mails.push(text);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => mailer.listen(0, '127.0.0.1', resolve));
  mailPort = (mailer.server.address() as AddressInfo).port;
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const { headers, url: path = '' } = request;
      posted.push({
        path,
        id: String(headers[DELIVERY_HEADER]),
        signature: String(headers['sluice-signature']),
        body,
      });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/told?by=us`;
});
afterAll(async () => {
  receiver.close();
  await new Promise<void>((resolve) => mailer.close(resolve));
});
beforeEach(() => {
  mails = [];
  posted = [];
  started = [];
  status = 204;
});

/** A platform of numbers that a test sets. */
class World {
  readonly stores = memoryStores();
  now = Date.parse('2026-01-01T00:00:00Z');
  nodes: Ledger['nodes'] = [];
  failures: { topology: string; processId: string }[] = [];
  down: string[] = [];
  broken: string[] = [];
  #made: Notifications | undefined;

  readonly sources: Sources = {
    ledger: async () => ({ ...entry, balanced: true, nodes: this.nodes }),
    events: async (after, limit) =>
      this.failures.slice(after, after + limit).map((one, index) => ({
        seq: after + index + 1,
        at: this.now,
        type: 'process.failed' as const,
        node: null,
        messageId: null,
        ...one,
      })),
    lastEventSeq: async () => this.failures.length,
    workers: () => this.down.map((name) => ({ name, health: 'down', reason: 'no replica is connected' })),
    installs: async () =>
      this.broken.map((application) => ({ application, user: 'ann', authorised: 'broken', reason: null })),
    certificates: () => [{ name: 'The certificate of the gateway', endsAt: this.now + 10 * 86_400_000 }],
  };

  /** As after a start of the process: nothing is in memory. */
  async open(): Promise<Notifications> {
    this.#made = new Notifications({
      records: this.stores.records,
      sealer,
      sources: this.sources,
      start: async (topology, _node, key) => {
        if (topology === 'nowhere') throw new Error('There is no topology "nowhere".');
        started.push({ topology, key });
      },
      log: silent,
      urlOf: (page) => `http://platform.example${page}`,
      now: () => this.now,
      // Only when a test looks.
      lookMs: 2 ** 30,
    });
    await this.#made.start();
    return this.#made;
  }
}

const channel = (request: ChannelRequest) => ChannelRequest.parse(request);
const rule = (request: NotificationRuleRequest) => NotificationRuleRequest.parse(request);
const mail = (more: object = {}) =>
  channel({
    kind: 'email',
    host: '127.0.0.1',
    port: mailPort,
    security: 'none',
    from: 'sluice@example.com',
    to: ['ops@example.com'],
    ...more,
  });
const fail = (world: World, topology: string, count: number): void => {
  for (let number = 0; number < count; number++)
    world.failures.push({ topology, processId: `${topology}-${world.failures.length}` });
};

describe('notifications', () => {
  test('a storm is one message at once and one after the quiet time, by mail, by a signed webhook and as a process', async () => {
    const world = new World();
    const n = await world.open();
    await n.saveChannel('ops', mail({ user: 'sluice', password: SECRET }));
    await n.saveChannel('pager', channel({ kind: 'webhook', url, secret: SECRET }));
    await n.saveChannel('repair', channel({ kind: 'topology', topology: 'repair', startNode: 'in' }));
    fail(world, 'before', 5);
    await n.saveRule('failures', rule({ when: { kind: 'process-failed' }, to: ['ops', 'pager', 'repair'] }));
    await n.look();
    expect(posted).toEqual([]);

    fail(world, 'orders', 300);
    await n.look();
    expect([mails.length, posted.length, started.length]).toEqual([1, 1, 1]);
    expect(mails[0]).toContain('Subject: [Sluice] 300 processes failed');
    expect(mails[0]).toContain('and 280 more.');
    expect(mails[0]).toContain('http://platform.example/processes?');
    const [{ body, signature, path, id }] = posted as [Posted];
    expect(JSON.parse(body)).toMatchObject({ id, rule: 'failures', count: 300 });
    const { seconds, macs } = readSignature(signature)!;
    expect(path).toBe('/told?by=us');
    expect(macs).toEqual([createHmac('sha256', SECRET).update(signedPrefix(seconds, path)).update(body).digest('hex')]);

    for (let number = 0; number < 9; number++) {
      fail(world, 'orders', 10);
      world.now += MINUTE;
      await n.look();
    }
    expect(posted).toHaveLength(1);
    expect(n.rule('failures')).toMatchObject({ gathered: 90, lastSentAt: world.now - 9 * MINUTE });
    world.now += MINUTE;
    await n.look();
    expect(posted.map((one) => JSON.parse(one.body).count)).toEqual([300, 90]);
    expect(n.deliveries({}).filter(({ state }) => state === 'sent')).toHaveLength(6);
    await n.stop();
  });

  test('what a channel starts is told by no rule, so one failure does not tell of the next', async () => {
    const world = new World();
    const n = await world.open();
    await n.saveChannel('repair', channel({ kind: 'topology', topology: 'repair', startNode: 'in' }));
    await n.saveRule('failures', rule({ when: { kind: 'process-failed' }, to: ['repair'], quietMinutes: 0 }));
    fail(world, 'repair', 3);
    await n.look();
    expect(started).toEqual([]);
    await n.stop();
  });

  test('a state is told once while it lasts and again when it comes back; a short one of patient rules is not told', async () => {
    const world = new World();
    const n = await world.open();
    await n.saveChannel('pager', channel({ kind: 'webhook', url }));
    const to = ['pager'];
    await n.saveRule('trash', rule({ when: { kind: 'trash', over: 3 }, to, quietMinutes: 0 }));
    await n.saveRule('queue', rule({ when: { kind: 'queue', over: 10, forMinutes: 5 }, to, quietMinutes: 0 }));
    await n.saveRule('worker', rule({ when: { kind: 'worker-down' }, to, quietMinutes: 0 }));
    const told = (): string[] => posted.map(({ body }) => JSON.parse(body).subject).sort();
    const at = (node: string, more: Partial<typeof entry>) =>
      ({ topology: 'orders', version: 1, node, balanced: true, ...entry, ...more }) as const;
    world.nodes = [at('book', { trash: 4, queued: 11 })];
    world.down = ['erp'];
    await n.look();
    expect(told()).toEqual(['orders: 4 messages in trash']);
    world.now += 2 * MINUTE;
    await n.look();
    expect(told()).toContain('Worker erp is gone: no replica is connected');
    world.nodes = [at('book', { trash: 5 })];
    world.now += 4 * MINUTE;
    await n.look();
    // The queue was short in between, so its five minutes begin again.
    world.nodes = [at('book', { trash: 5, queued: 50 })];
    await n.look();
    world.now += 4 * MINUTE;
    await n.look();
    expect(told()).toHaveLength(2);
    world.now += MINUTE;
    await n.look();
    expect(told()).toContain('orders / book: 50 messages queued');
    world.nodes = [];
    await n.look();
    world.nodes = [at('book', { trash: 9 })];
    await n.look();
    expect(told()).toContain('orders: 9 messages in trash');
    expect(told()).toHaveLength(4);
    await n.stop();
  });

  test('the ledger, an application to authorise and a certificate that ends have words of their own', async () => {
    const world = new World();
    const n = await world.open();
    await n.saveChannel('pager', channel({ kind: 'webhook', url }));
    for (const kind of ['ledger', 'authorise', 'certificate'] as const)
      await n.saveRule(kind, rule({ when: { kind }, to: ['pager'] }));
    world.nodes = [
      { topology: 'orders', version: 2, node: 'book', balanced: false, ...entry, accepted: 3, finished: 1 },
    ];
    world.broken = ['shop'];
    await n.look();
    expect(posted.map(({ body }) => JSON.parse(body).subject).sort()).toEqual([
      'The certificate of the gateway ends on 2026-01-11',
      'orders / book of version 2: 2 messages missing',
      'shop of ann has to be authorised again',
    ]);
    await n.stop();
  });

  test('what could not be sent is sent after a restart, under the same id, and its history says why', async () => {
    const world = new World();
    const before = await world.open();
    await before.saveChannel('pager', channel({ kind: 'webhook', url }));
    await before.saveRule('failures', rule({ when: { kind: 'process-failed' }, to: ['pager'] }));
    status = 503;
    fail(world, 'orders', 1);
    await before.look();
    expect(before.deliveries({})).toMatchObject([{ state: 'waiting', attempts: 1, error: 'It answered 503.' }]);
    await before.stop();

    const after = await world.open();
    await after.look();
    expect(posted).toHaveLength(1);
    status = 200;
    world.now += MINUTE;
    await after.look();
    expect(new Set(posted.map(({ id }) => id)).size).toBe(1);
    expect(after.deliveries({ rule: 'failures' })).toMatchObject([{ state: 'sent', attempts: 2, error: null }]);
    // Nothing of what was told before the restart is told again.
    world.now += 60 * MINUTE;
    await after.look();
    expect(posted).toHaveLength(2);
    await after.stop();
  });

  test('a channel that never works is given up, and the history stays bounded', async () => {
    const world = new World();
    const n = await world.open();
    await n.saveChannel('pager', channel({ kind: 'topology', topology: 'nowhere', startNode: 'in' }));
    await n.saveRule('failures', rule({ when: { kind: 'process-failed' }, to: ['pager'], quietMinutes: 0 }));
    for (let number = 0; number < 520; number++) {
      fail(world, 'orders', 1);
      if (number % 40 === 0) world.now += 60 * MINUTE;
      await n.look();
    }
    for (let number = 0; number < 20; number++) {
      world.now += 60 * MINUTE;
      await n.look();
    }
    const all = n.deliveries({ limit: 1_000 });
    expect(all.length).toBeLessThanOrEqual(500);
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['failed']));
    expect(await world.stores.records.list('notification-delivery')).toHaveLength(all.length);
    await n.stop();
  });

  test('a test says in its own words what refuses it; a secret stays at the place it was given for', async () => {
    const world = new World();
    const n = await world.open();
    await n.saveChannel('ops', mail({ user: 'sluice', password: 'wrong' }));
    await expect(n.testChannel('ops')).rejects.toThrow('the password is wrong');
    await n.saveChannel('ops', mail({ user: 'sluice', password: SECRET }));
    expect(await n.testChannel('ops')).toMatchObject({ state: 'sent', rule: null });
    expect(mails[0]).toContain('The channel ops works.');
    expect(await n.saveChannel('ops', mail({ user: 'sluice', to: ['two@example.com'] }))).toMatchObject({
      sealed: true,
    });
    expect(await n.saveChannel('ops', mail({ user: 'sluice', host: 'elsewhere.example' }))).toMatchObject({
      sealed: false,
    });
    expect(JSON.stringify(n.channels())).not.toContain(SECRET);
    await expect(n.saveRule('x', rule({ when: { kind: 'ledger' }, to: ['nobody'] }))).rejects.toMatchObject({
      code: 'notification.no_channel',
    });
    await n.saveRule('x', rule({ when: { kind: 'ledger' }, to: ['ops'] }));
    await expect(n.removeChannel('ops')).rejects.toMatchObject({ code: 'notification.channel_used' });
    await n.stop();
  });

  test('addresses and lines that would become more than one header are refused', () => {
    for (const wrong of ['a@b.c\r\nBcc: x@y.z', 'a@b.c, d@e.f', '<a@b.c>', 'a b@c.d', 'nobody'])
      expect(ChannelRequest.safeParse({ ...mail(), to: [wrong] }).success).toBe(false);
    for (const wrong of [{ host: 'x\r\ny' }, { port: 0 }, { to: [] }, { kind: 'sms' }, { url: 'file:///etc/passwd' }])
      expect(ChannelRequest.safeParse({ ...mail(), ...wrong }).success).toBe(false);
  });
});
