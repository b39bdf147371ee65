import { connect, createServer, type LookupFunction, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  AddressRefused,
  ALLOWED_ADDRESSES,
  allowedAddress,
  connectionTrouble,
  GuardedSocket,
  guardedTarget,
} from '../index.ts';

describe('connections that are not HTTP, and where they may lead', () => {
  let server: Server;
  let port: number;
  beforeAll(async () => {
    server = createServer((socket) => socket.end('here'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as { port: number }).port;
  });
  afterAll(() => {
    server.close();
  });
  afterEach(() => {
    delete process.env[ALLOWED_ADDRESSES];
  });
  const leadsTo =
    (...addresses: string[]): LookupFunction =>
    (_host, _options, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
  const reached = (make: () => NodeJS.ReadableStream): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = make();
      socket.once('data', (data) => resolve(String(data)));
      socket.once('error', reject);
    });

  test('a host that is this machine or a private one is refused before anything is opened', () => {
    for (const host of ['localhost', '127.0.0.1', '::1', '10.0.0.1', '169.254.169.254', '0.0.0.0'])
      expect(() => guardedTarget(host, port), host).toThrow(AddressRefused);
  });

  test('a name is judged by the address that is connected to', async () => {
    const target = guardedTarget('db.example.com', port, true, leadsTo('127.0.0.1'));
    await expect(reached(() => connect(target))).rejects.toThrow('leads to no public address');
    await expect(allowedAddress(target)).rejects.toThrow('leads to no public address');
    const open = guardedTarget('db.example.com', port, { allow: ['127.0.0.0/8'] }, leadsTo('10.0.0.1', '127.0.0.1'));
    expect(await reached(() => connect(open))).toBe('here');
    expect(await reached(() => new GuardedSocket(open).connect())).toBe('here');
    expect(await allowedAddress(open)).toBe('127.0.0.1');
  });

  test('what the operator opened may be reached', async () => {
    process.env[ALLOWED_ADDRESSES] = `127.0.0.1:${port}`;
    expect(await reached(() => connect(guardedTarget('127.0.0.1', port)))).toBe('here');
    expect(() => guardedTarget('127.0.0.1', port + 1)).toThrow(AddressRefused);
  });

  test('an error of a connection says whether another attempt may help', () => {
    const error = (code: string) => Object.assign(new Error(`it failed, password=geheim-geheim-1`), { code });
    for (const code of ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT'])
      expect(connectionTrouble(error(code), 'It'), code).toMatchObject({ name: 'Redeliver' });
    expect(connectionTrouble(error('CERT_HAS_EXPIRED'), 'It')).toMatchObject({
      options: { code: 'connection.certificate' },
    });
    expect(
      connectionTrouble(new Error('outer', { cause: new AggregateError([error('ECONNREFUSED')]) }), 'It'),
    ).toMatchObject({ name: 'Redeliver' });
    expect(connectionTrouble(new AddressRefused('no'), 'It')).toMatchObject({
      options: { code: 'connection.address_refused' },
    });
    expect(connectionTrouble(error('ECONNRESET'), 'It')!.message).not.toContain('geheim');
    expect(connectionTrouble(error('42P01'), 'It')).toBe(null);
  });
});
