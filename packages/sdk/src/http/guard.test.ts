import { createServer, type Server } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ALLOWED_ADDRESSES, guardedWire, HttpSender } from '../index.ts';
import { Agents } from './agents.ts';
import { guardedConnector } from './guard.ts';

describe('the guard against requests to where nobody may send us', () => {
  let server: Server;
  let port: number;
  let connections = 0;
  beforeAll(async () => {
    server = createServer((asked, response) => {
      if (asked.url === '/away') response.writeHead(302, { location: 'http://169.254.169.254/?token=s3cr3t-one' });
      response.end('here');
    });
    server.on('connection', () => connections++);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as { port: number }).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  afterEach(() => {
    delete process.env[ALLOWED_ADDRESSES];
  });
  const ask = (url: string, guard: true | { allow: string[] } | null = true) =>
    new HttpSender().send({ url, ...(guard && { guard }) });

  test('a host that is this machine is never connected to, however it is spelled', async () => {
    const before = connections;
    const hosts = ['localhost', 'localhost.', '127.0.0.1', '127.1', '0x7f.1', '2130706433', '017700000001'];
    for (const host of [...hosts, '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '0.0.0.0', '[::]'])
      await expect(ask(`http://${host}:${port}/`), host).rejects.toMatchObject({
        name: 'Fail',
        options: { code: 'http.address_refused' },
        message: expect.stringMatching(
          /GET http:.* was not sent: ".*" (is|leads to) no public address \(.*SLUICE_ALLO/,
        ),
      });
    expect(connections).toBe(before);
  });

  test('metadata of clouds and private networks are refused without a connection', async () => {
    for (const host of ['169.254.169.254', '10.0.0.1', '192.168.1.1', '[fd00:ec2::254]', '[64:ff9b::a9fe:a9fe]'])
      await expect(ask(`http://${host}/latest/meta-data/`), host).rejects.toMatchObject({ name: 'Fail' });
  });

  test('the request or the operator opens an address, a host, or one port of it', async () => {
    const url = `http://127.0.0.1:${port}/`;
    expect((await ask(url, { allow: ['127.0.0.0/8'] })).status).toBe(200);
    expect((await ask(url, { allow: [`127.0.0.1:${port}`] })).status).toBe(200);
    await expect(ask(url, { allow: ['127.0.0.1:1', '10.0.0.0/8'] })).rejects.toThrow('loopback');
    process.env[ALLOWED_ADDRESSES] = `10.0.0.0/8, localhost:${port}`;
    expect((await ask(`http://localhost:${port}/`)).status).toBe(200);
    await expect(ask(url)).rejects.toThrow('loopback');
  });

  test('an allow list that cannot be read refuses everything, and says which entry', async () => {
    process.env[ALLOWED_ADDRESSES] = '10.0.0.0/99';
    await expect(ask(`http://127.0.0.1:${port}/`)).rejects.toThrow('got: 10.0.0.0/99');
  });

  test('a connection made without the guard is not used with it', async () => {
    const url = `http://127.0.0.1:${port}/`;
    expect((await ask(url, null)).status).toBe(200);
    await expect(ask(url)).rejects.toThrow('no public address');
    expect((await ask(url, null)).status).toBe(200);
  });

  test('a guarded wire cannot be widened by a request', async () => {
    const sender = new HttpSender({ wire: guardedWire() });
    const url = `http://127.0.0.1:${port}/`;
    await expect(sender.send({ url })).rejects.toThrow('no public address');
    await expect(sender.send({ url, guard: { allow: ['127.0.0.1'] } })).rejects.toThrow('no public address');
    expect((await new HttpSender({ wire: guardedWire({ allow: ['127.0.0.1'] }) }).send({ url })).status).toBe(200);
  });

  test('a redirect is not followed, and the reason says where it leads, without a secret', async () => {
    const failure = await ask(`http://127.0.0.1:${port}/away`, { allow: ['127.0.0.1'] }).catch((error) => error);
    expect(failure).toMatchObject({ name: 'Fail' });
    expect(failure.message).toContain('answered 302 and leads to http://169.254.169.254/?token=***.');
    const { status } = await new HttpSender().send(
      { url: `http://127.0.0.1:${port}/away` },
      { rules: { '3xx': 'ok' } },
    );
    expect(status).toBe(302);
  });

  describe('with a name server that lies', () => {
    const answers: string[][] = [];
    const asked: string[] = [];
    const lookup: LookupFunction = (host, _options, callback) => {
      asked.push(host);
      callback(
        null,
        (answers.shift() ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    };
    const get = async (entries: string[] = []) => {
      const dispatcher = new Agent({ connect: guardedConnector(entries, {}, lookup) });
      try {
        const { body } = await request(`http://rebind.example.com:${port}/`, { dispatcher });
        return await body.text();
      } finally {
        await dispatcher.close();
      }
    };

    test('the address that is judged is the one that is connected to: it is asked for once', async () => {
      answers.push(['127.0.0.1'], ['8.8.8.8']);
      const before = connections;
      await expect(get()).rejects.toThrow('"rebind.example.com" leads to no public address (loopback)');
      expect([asked.splice(0), connections]).toEqual([['rebind.example.com'], before]);
      answers.length = 0;
    });

    test('of many addresses only those that are allowed are tried', async () => {
      answers.push(['10.0.0.1', '127.0.0.1', '169.254.169.254', '::ffff:10.0.0.1']);
      expect(await get(['127.0.0.0/8'])).toBe('here');
      answers.push(['10.0.0.1', 'fe80::1', '::ffff:7f00:1']);
      await expect(get()).rejects.toThrow('no public address');
    });

    test('a host of the allow list may lead anywhere, at its port', async () => {
      answers.push(['127.0.0.1'], ['127.0.0.1']);
      expect(await get([`rebind.example.com:${port}`])).toBe('here');
      await expect(get(['rebind.example.com:1'])).rejects.toThrow('no public address');
    });

    test('a name without an address is refused', async () => {
      answers.push([]);
      await expect(get(['127.0.0.0/8'])).rejects.toThrow('has no address');
    });
  });

  test('sets of connections are bounded; the oldest makes room when its requests are done', async () => {
    const agents = new Agents(2);
    const first = agents.for({ guard: true });
    const second = agents.for({ guard: { allow: ['10.0.0.1'] } });
    expect(agents.for({ guard: true })).toBe(first);
    agents.for({ guard: { allow: ['10.0.0.2'] } });
    expect(agents.size).toBe(2);
    expect(second.closed).toBe(true);
    expect(agents.for({ guard: true })).toBe(first);
    expect(agents.for({})).toBe(agents.for({}));
  });
});
