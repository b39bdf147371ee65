import { Application, BasicAuth, type HttpRequest, HttpSender, local } from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseWsdl, rawSoap, SoapConnector, soapService, usernameToken, xml } from '../index.ts';
import { callOf } from '../testing/call-of.ts';
import { guardedServer } from '../testing/guarded-server.ts';
import { running } from '../testing/running.ts';
import { type Served, serving } from '../testing/server.ts';
import { wsdlOf } from '../testing/wsdl-of.ts';

const ACCOUNT = { username: 'joe & co', password: 'pa<ss>&word' };
const http = new HttpSender();

describe('WS-Security', () => {
  let server: Served;
  beforeAll(async () => {
    server = await guardedServer(ACCOUNT, '<Done xmlns="urn:do">yes</Done>');
  });
  afterAll(() => server.close());
  const operation = (options: object) =>
    soapService({
      wsdl: parseWsdl(wsdlOf()),
      endpoint: server.url,
      security: usernameToken({ ...ACCOUNT, ...options }),
    }).operation<string, string>('Do');

  test.each([
    ['a digest', {}],
    ['a text', { passwordType: 'text' }],
    ['a text without nonce', { passwordType: 'text', nonce: false }],
    ['a password that is asked for', { password: async () => ACCOUNT.password }],
  ])('R16: a service that checks the token lets in who sends %s', async (_, options) => {
    const one = operation(options);
    expect([await one.call('a', { http }), await one.call('b', { http })]).toEqual(['yes', 'yes']);
  });

  test('R16: the same token goes along with a body by its author', async () => {
    const raw = rawSoap({ endpoint: server.url, security: usernameToken({ ...ACCOUNT, mustUnderstand: true }) });
    expect(await raw.call(xml`<Do xmlns="urn:do"/>`, { http })).toMatchObject({ name: 'Done', content: 'yes' });
    expect(server.seen.at(-1)!.body).toContain('soap:mustUnderstand="1"');
  });

  test('a digest says nothing of the password, and no two are the same', async () => {
    await operation({}).call('a', { http });
    await operation({}).call('a', { http });
    const [one, other] = server.seen.slice(-2).map(({ body }) => body);
    expect(one).not.toMatch(/pa(<|&lt;)ss|(&|&amp;)word/);
    expect(/<wsse:Nonce[^>]*>([^<]+)/.exec(one!)![1]).not.toBe(/<wsse:Nonce[^>]*>([^<]+)/.exec(other!)![1]);
  });

  test.each(['digest', 'text'] as const)(
    'who is not let in fails, and a password that the service repeats is in no reason, log or measurement (%s)',
    async (passwordType) => {
      class Do extends SoapConnector {
        readonly name = 'do';
        constructor() {
          const security = usernameToken({ ...ACCOUNT, username: 'eve', passwordType });
          super(soapService({ wsdl: parseWsdl(wsdlOf()), endpoint: server.url, security }).operation('Do'));
        }
      }
      const records: object[] = [];
      const worker = local({ steps: [new Do()], onRecord: (record) => records.push(record) });
      const outcome = await worker.call(callOf('connector', 'do', 'x'));
      expect(outcome).toMatchObject({
        kind: 'fail',
        code: 'soap.fault.FailedAuthentication',
        reason: expect.stringContaining('FailedAuthentication: wrong password ***'),
      });
      const said = JSON.stringify([outcome, records]);
      expect(said).not.toMatch(/pa(<|&lt;)ss/);
    },
  );
});

describe('who calls, by HTTP', () => {
  test('a password that the service repeats is in no reason, whatever it answers', async () => {
    let status = 401;
    const server = await serving(() => ({
      status,
      headers: { 'content-type': 'text/html' },
      body: '<html>joe:s3cret-word is wrong, so is am9lOnMzY3JldC13b3Jk and token-12345 and wsse-pass</html>',
    }));
    class Erp extends Application {
      readonly key = 'erp';
      readonly name = 'ERP';
      readonly baseUrl = `${server.url}/soap`;
      override readonly auth = {
        sign: async (request: HttpRequest) => {
          const signed = await new BasicAuth({ user: 'joe', password: 's3cret-word' }).sign(request);
          return { ...signed, query: { api_key: 'token-12345' } };
        },
      };
    }
    class Do extends SoapConnector {
      readonly name = 'do';
      override readonly application = new Erp();
      constructor() {
        const security = usernameToken({ username: 'joe', password: 'wsse-pass', passwordType: 'text' });
        super(soapService({ wsdl: parseWsdl(wsdlOf()), security }).operation('Do'));
      }
    }
    const step = running(new Do());
    for (status of [200, 401, 403, 500, 503]) {
      const outcome = await step.run('x');
      expect([status, outcome.kind]).toEqual([status, status >= 500 ? 'redeliver' : 'fail']);
      expect(JSON.stringify(outcome)).not.toMatch(/s3cret-word|am9lOnM|token-12345|wsse-pass/);
    }
    expect(JSON.stringify(step.records)).not.toMatch(/s3cret-word|am9lOnM|token-12345|wsse-pass/);
    await server.close();
  });
});
