import { createPrivateKey } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import { createServer as createPlain, type Server as PlainServer } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClientTls, HttpSender } from '../index.ts';
import { issuer } from '../testing/issuer.ts';
import { assertUsable } from './client-certificate.ts';

describe('mutual TLS', () => {
  let server: Server;
  let url: string;
  let ours: Awaited<ReturnType<typeof issuer>>;
  let joe: ClientTls;
  beforeAll(async () => {
    ours = await issuer('ours');
    server = createServer(
      { ...(await ours.issue('service.example.com')), ca: ours.ca, requestCert: true, rejectUnauthorized: true },
      (request, response) => response.end((request.socket as TLSSocket).getPeerCertificate().subject.CN),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `https://127.0.0.1:${(server.address() as { port: number }).port}/`;
    joe = { ...(await ours.issue('joe')), ca: ours.ca, servername: 'service.example.com' };
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const ask = (tls: ClientTls, to = url) => new HttpSender().send({ url: to, tls });
  const failure = (tls: ClientTls, to = url): Promise<Error> =>
    ask(tls, to).then(
      () => new Error('it was answered'),
      (error: Error) => error,
    );

  test('R31: a request proves with a certificate who sends it, each with its own', async () => {
    const ann = { ...joe, ...(await ours.issue('ann')) };
    expect((await ask(joe)).text()).toBe('joe');
    expect((await ask(ann)).text()).toBe('ann');
    expect((await Promise.all([ask(joe), ask(ann), ask(joe)])).map((one) => one.text())).toEqual(['joe', 'ann', 'joe']);
  });

  test('a key under a passphrase is opened, and a wrong passphrase is a clear failure without it', async () => {
    const key = createPrivateKey(joe.key).export({
      format: 'pem',
      type: 'pkcs8',
      cipher: 'aes-256-cbc',
      passphrase: 'open-sesame',
    }) as string;
    expect((await ask({ ...joe, key, passphrase: 'open-sesame' })).text()).toBe('joe');
    for (const passphrase of ['wrong-sesame', undefined]) {
      const wrong = await failure({ ...joe, key, ...(passphrase && { passphrase }) });
      expect(wrong).toMatchObject({ name: 'Fail', message: expect.stringContaining('the passphrase does not open') });
      expect(wrong.message).not.toContain('sesame');
    }
    // Whatever a wrong one makes of the key, by chance.
    for (let tried = 0; tried < 300; tried++)
      expect(() => assertUsable({ ...joe, key, passphrase: `wrong ${tried}` })).toThrow('passphrase does not open');
  });

  test('a certificate that is not in force is not even shown', async () => {
    const late = await failure({ ...joe, ...(await ours.issue('late', -9, -2)) });
    expect(late).toMatchObject({ name: 'Fail', message: expect.stringMatching(/expired on \d{4}-\d\d-\d\d/) });
    const early = await failure({ ...joe, ...(await ours.issue('early', 2, 9)) });
    expect(early).toMatchObject({ name: 'Fail', message: expect.stringMatching(/is valid from \d{4}-\d\d-\d\d/) });
  });

  test('what is no certificate, no key, or the key of another fails with what it is, and nothing of the key', async () => {
    const other = await ours.issue('other');
    const cases: [ClientTls, string][] = [
      [{ ...joe, cert: 'no certificate' }, 'cannot be read'],
      [{ ...joe, key: 'no-key-s3cr3t' }, 'expected as PEM'],
      [{ ...joe, key: other.key }, 'not the key of the certificate'],
    ];
    for (const [tls, reason] of cases) {
      const failed = await failure(tls);
      expect(failed).toMatchObject({ name: 'Fail', message: expect.stringContaining(reason) });
      expect(failed.message).not.toMatch(/s3cr3t|PRIVATE KEY/);
    }
  });

  test('a service that hangs up on a certificate of a stranger is named as the likely cause', async () => {
    const strange = await failure({ ...joe, ...(await (await issuer('theirs')).issue('stranger')) });
    expect(strange).toMatchObject({ name: 'Redeliver', message: expect.stringContaining('does not take the client') });
    await expect(new HttpSender().send({ url })).rejects.toMatchObject({ name: 'Redeliver' });
  });

  test('a service that is not who it should be is not talked to', async () => {
    expect((await failure({ ...joe, servername: 'other.example.com' })).message).toContain('other.example.com');
    expect((await failure({ ...joe, ca: (await issuer('theirs')).ca })).message).toMatch(/certificate/);
  });

  test('a certificate does not go over a connection without TLS', async () => {
    expect(await failure(joe, url.replace('https', 'http'))).toMatchObject({ name: 'Fail' });
  });

  test('the guard holds for it as well', async () => {
    const guarded = new HttpSender().send({ url, tls: joe, guard: true });
    await expect(guarded).rejects.toThrow('no public address');
    const opened = await new HttpSender().send({ url, tls: joe, guard: { allow: ['127.0.0.1'] } });
    expect(opened.text()).toBe('joe');
  });

  test.each([
    [40, 'perhaps it wants a client certificate'],
    [42, 'refuses the client certificate'],
    [44, 'was revoked'],
    [45, 'for expired'],
    [48, 'does not know the issuer'],
    [116, 'wants a client certificate'],
  ])('an alert of the service fails at once with what it says: %i', async (alert, reason) => {
    const plain: PlainServer = createPlain((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, alert])));
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    try {
      const to = `https://127.0.0.1:${(plain.address() as { port: number }).port}/`;
      expect(await failure(joe, to)).toMatchObject({ name: 'Fail', message: expect.stringContaining(reason) });
    } finally {
      plain.close();
    }
  });
});
