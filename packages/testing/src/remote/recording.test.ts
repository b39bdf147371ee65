import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connector } from '../flow/fixtures.ts';
import { remote, testStep } from '../index.ts';

describe('recorded exchanges', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-recording-'));
  const file = join(folder, 'bank.json');
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume();
      if (request.url === '/token') {
        response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'session=c-98765' });
        response.end(JSON.stringify({ access_token: 'at-12345', expires_in: 60, user: { password: 'p-12345' } }));
      } else if (request.url === '/picture') response.end(Buffer.from([0xff, 0xd8, 0x00]));
      else
        response
          .writeHead(404)
          .end(`no such account, and your token is ${request.headers.authorization?.split(' ')[1]}`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const pay = connector('pay', async (_message, { http }) => {
    const form = {
      method: 'POST' as const,
      body: 'grant_type=x&client_secret=cs-12345',
      headers: { authorization: 'Bearer b-12345' },
    };
    const token = (await http.send({ url: `${url}/token`, ...form })).json<{ expires_in: number }>();
    const picture = await http.exchange({ url: `${url}/picture` });
    const account = await http.exchange({
      url: `${url}/account?api_key=k-12345`,
      headers: { authorization: 'Bearer b-12345' },
    });
    return { expires: token.expires_in, picture: picture.bytes.byteLength, status: account.status };
  });

  test('what real services answered is answered again without them, and no secret is in the file', async () => {
    const recorder = remote.record(file);
    const recorded = await testStep(pay, {}, { remote: recorder });
    await recorder.close();
    expect(recorded.json()).toEqual({ expires: 60, picture: 3, status: 404 });

    const text = readFileSync(file, 'utf8');
    expect(text).not.toMatch(/12345|98765/);
    const { exchanges } = JSON.parse(text) as {
      exchanges: { request: { body: object }; response: { body: object } }[];
    };
    expect(exchanges.map(({ response }) => response.body)).toEqual([
      { json: { access_token: '***', expires_in: 60, user: { password: '***' } } },
      { base64: '/9gA' },
      { text: 'no such account, and your token is ***' },
    ]);
    expect(exchanges[0]!.request.body).toEqual({ text: 'grant_type=x&client_secret=***' });

    const player = remote.replay(file);
    expect(player.left).toHaveLength(3);
    expect((await testStep(pay, {}, { remote: player })).json()).toEqual(recorded.json());
    expect(player.left).toEqual([]);
    await expect(testStep(pay, {}, { remote: player })).rejects.toThrow(
      `POST ${url}/token. Announced: POST ${url}/token (came)`,
    );
  });

  test('a file that is no recording is refused, with what is wrong', () => {
    const bad = join(folder, 'bad.json');
    const request = { method: 'GET', url: 'https://a.example.com', headers: {} };
    for (const [content, problem] of [
      ['{', 'JSON'],
      ['[]', 'expected object'],
      ['{"exchanges":[{}]}', 'exchanges.0.request'],
      [
        JSON.stringify({ exchanges: [{ request, response: { status: 1, headers: {} } }] }),
        'exchanges.0.response.status',
      ],
      [
        JSON.stringify({
          exchanges: [{ request: { ...request, url: 'nowhere' }, response: { status: 200, headers: {} } }],
        }),
        'request.url',
      ],
    ]) {
      writeFileSync(bad, content!);
      expect(() => remote.replay(bad)).toThrow(problem);
    }
    expect(() => remote.replay(join(folder, 'missing.json'))).toThrow('there is no such file');
  });
});
