import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { Application, HttpSender, Install, MutualTlsAuth } from '../../index.ts';
import { issuer } from '../../testing/issuer.ts';

test('R31: a client certificate that a user filled in proves who they are', async () => {
  const ours = await issuer('ours');
  const server = createServer(
    { ...(await ours.issue('localhost')), ca: ours.ca, requestCert: true, rejectUnauthorized: true },
    (request, response) => response.end((request.socket as TLSSocket).getPeerCertificate().subject.CN),
  );
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });

  class Bank extends Application {
    readonly key = 'bank';
    readonly name = 'Bank';
    readonly baseUrl = `https://localhost:${(server.address() as AddressInfo).port}`;
    override readonly auth = new MutualTlsAuth();
  }
  const installOf = (credentials: Record<string, string>): Install =>
    new Install({
      application: 'bank',
      user: 'joe',
      enabled: true,
      revision: 1,
      settings: { credentials },
      token: null,
      clear: {},
    });
  const bank = new Bank();
  expect(bank.auth.form.fields.map(({ key, required = false, secret = false }) => [key, required, secret])).toEqual([
    ['certificate', true, false],
    ['privateKey', true, true],
    ['passphrase', false, false],
    ['ca', false, false],
  ]);
  const { cert: certificate, key: privateKey } = await ours.issue('joe');
  const request = await bank.request('accounts', {}, installOf({ certificate, privateKey, ca: ours.ca }));
  expect((await new HttpSender().send(request)).text()).toBe('joe');
  const stranger = await (await issuer('theirs')).issue('joe');
  const forged = { certificate: stranger.cert, privateKey: stranger.key, ca: ours.ca };
  await expect(new HttpSender().send(await bank.request('accounts', {}, installOf(forged)))).rejects.toThrow();
  await expect(bank.request('accounts', {}, installOf({ certificate }))).rejects.toMatchObject({
    options: { code: 'install.incomplete' },
  });
});
