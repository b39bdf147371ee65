// A server over stores in memory, and browsers of people in front of it. No socket is opened.

import { Engine, isolatedExpressions, systemClock, systemIds } from '@sluice/engine';
import { memoryStores } from '@sluice/engine/memory';
import { WorkerDirectory } from '@sluice/engine/workers';
import { createServer, type PlatformServer, type ServerOptions } from '@sluice/server';
import { TOKEN } from './platform.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers as they come
  readonly body: any;
  readonly text: string;
}

/** A browser: keeps its cookie, and says that a page of the platform sends. */
export class Browser {
  readonly #server: PlatformServer;
  readonly #headers: Record<string, string>;
  cookie = '';

  constructor(server: PlatformServer, headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' }) {
    this.#server = server;
    this.#headers = headers;
  }

  async call(method: string, url: string, payload?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await this.#server.app.inject({
      method: method as 'GET',
      url,
      headers: {
        host: '127.0.0.1:7700',
        ...this.#headers,
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload: payload as object }),
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) this.cookie = String(line).split(';')[0]!;
    const json = String(answer.headers['content-type'] ?? '').includes('json');
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: json ? JSON.parse(answer.body) : null,
      text: answer.body,
    };
  }

  signIn(email: string, password: string): Promise<Answer> {
    return this.call('POST', '/api/v1/session', { email, password });
  }
}

export const PASSWORD = 'a horse in the library';

export interface PeopleWorld {
  readonly server: PlatformServer;
  browser(headers?: Record<string, string>): Browser;
  /** With the token of the administrator. */
  admin(method: string, url: string, payload?: unknown): Promise<Answer>;
  /** A person of a role, signed in; the first one is the administrator Ann. */
  person(role: string, email?: string): Promise<Browser & { readonly id: string }>;
  close(): Promise<void>;
}

export async function peopleWorld(options: Partial<ServerOptions> = {}): Promise<PeopleWorld> {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const directory = new WorkerDirectory();
  const stores = memoryStores();
  const expressions = isolatedExpressions();
  const engine = new Engine({ stores, workers: directory, expressions, clock: systemClock, ids: systemIds, log });
  await engine.start();
  const server = await createServer({
    engine,
    records: stores.records,
    data: stores.data,
    audit: stores.audit,
    directory,
    adminToken: TOKEN,
    secretKey: 'a secret key for tests',
    log,
    ...options,
  });
  const admin = new Browser(server, { authorization: `Bearer ${TOKEN}` });
  let number = 0;
  return {
    server,
    browser: (headers) => new Browser(server, headers),
    admin: (method, url, payload) => admin.call(method, url, payload),
    async person(role, email = `${role}-${++number}@example.com`) {
      const { body } = await admin.call('POST', '/api/v1/users', { email, role });
      const browser = new Browser(server);
      await browser.call('POST', '/api/v1/account-links/accept', { token: body.link.token, password: PASSWORD });
      return Object.assign(browser, { id: body.user.id as string });
    },
    async close() {
      await engine.stop();
      await server.close();
      await expressions.close();
    },
  };
}
