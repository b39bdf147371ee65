// The gateway's own port over TLS, as the environment says: files, clients with certificates, and what is wrong with either.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { get as getByTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from './index.ts';
import { authority, type Certificate } from './testing/certificates.ts';
import { type TestPlatform, testPlatform } from './testing/platform.ts';

describe('TLS on the gateway’s own port', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-tls-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  let p: TestPlatform;
  let service: Server;
  let env: Record<string, string>;
  let trusted: string;
  let till: Certificate;
  let stranger: Certificate;

  beforeAll(async () => {
    const [ours, others] = await Promise.all([authority('our authority'), authority('another one')]);
    trusted = ours.ca;
    till = await ours.issue('O=Shop, CN=till-7');
    stranger = await others.issue('O=Shop, CN=till-7');
    const own = await ours.issue('CN=gateway');
    env = {
      SLUICE_GATEWAY_PORT: '0',
      SLUICE_GATEWAY_TLS_CERT: file('gateway.pem', own.cert),
      SLUICE_GATEWAY_TLS_KEY: file('gateway.key', own.key),
      SLUICE_GATEWAY_TLS_CLIENT_CA: file('clients.pem', ours.ca),
    };
    service = createServer((_request, response) => response.end('served'));
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    p = await testPlatform(env);
    const admin = (path: string, body: object): Promise<Response> =>
      p.fetch(`/api/v1/gateway${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await admin('/consumers', { name: 'tills', scopes: ['orders'] });
    expect((await admin('/consumers/tills/certificates', { subject: 'O=Shop,CN=till-7' })).status).toBe(201);
    const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    const access = { scopes: ['orders'] };
    await admin('/routes', {
      name: 'orders',
      path: '/orders',
      methods: ['GET'],
      access,
      target: { kind: 'upstream', url },
    });
  });
  afterAll(async () => {
    await p?.close();
    service?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const call = (client?: Certificate): Promise<number> =>
    new Promise((resolve, reject) => {
      const options = { ca: trusted, ...(client ? { cert: client.cert, key: client.key } : {}), agent: false as const };
      getByTls(`${p.gatewayUrl}/orders`, options, (answer) => {
        answer.resume();
        resolve(answer.statusCode!);
      }).on('error', reject);
    });

  test('R53: a client is the consumer that its certificate was given to; one without, or of strangers, is nobody', async () => {
    expect(new URL(p.gatewayUrl).protocol).toBe('https:');
    expect(await call(till)).toBe(200);
    expect(await call(stranger)).toBe(401);
    expect(await call()).toBe(401);
    await expect(fetch(`${p.gatewayUrl.replace('https:', 'http:')}/orders`)).rejects.toThrow();
  });

  test('what cannot be used is said before anything starts, and never what is in a file', () => {
    const said = (changed: Record<string, string>): string => {
      try {
        readConfig({ ...env, ...changed });
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(said({})).toBe('');
    expect(said({ SLUICE_GATEWAY_TLS_CERT: '' })).toMatch(/SLUICE_GATEWAY_TLS_CERT is needed for TLS/);
    expect(said({ SLUICE_GATEWAY_PORT: '' })).toMatch(/SLUICE_GATEWAY_PORT is needed for TLS/);
    expect(said({ SLUICE_GATEWAY_TLS_KEY: join(folder, 'none') })).toMatch(/none cannot be read: ENOENT/);
    const nonsense = file('nonsense.pem', 'a secret text');
    for (const name of ['CERT', 'KEY', 'CLIENT_CA']) {
      const message = said({ [`SLUICE_GATEWAY_TLS_${name}`]: nonsense });
      expect(message, name).toContain(nonsense);
      expect(message).not.toContain('a secret text');
    }
    expect(said({ SLUICE_GATEWAY_TLS_KEY: file('other.key', till.key) })).toMatch(/other\.key is no key/);
  });
});
