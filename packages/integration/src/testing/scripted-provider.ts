// A token endpoint that answers what a test tells it to, on this machine. It rotates like a careful provider, and counts.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Script = (form: URLSearchParams, response: ServerResponse, request: IncomingMessage) => unknown;

export class ScriptedProvider {
  readonly asked: URLSearchParams[] = [];
  readonly headers: IncomingMessage['headers'][] = [];
  readonly revoked: string[] = [];
  invalidGrants = 0;
  rotates = true;
  lifetimeS = 1_000;
  /** Instead of the next answers. */
  script: Script | null = null;
  port = 0;
  #server: Server | null = null;
  #valid = new Set<string>();
  #count = 0;

  async open(): Promise<void> {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get refreshes(): number {
    return this.asked.filter((form) => form.get('grant_type') === 'refresh_token').length;
  }

  /** A token as it would answer now. */
  issue(given: string | null = null): Record<string, unknown> {
    const number = ++this.#count;
    const keep = given !== null && !this.rotates;
    if (given !== null && !keep) this.#valid.delete(given);
    const refresh = keep ? given : `refresh-${number}`;
    this.#valid.add(refresh);
    return {
      access_token: `access-${number}`,
      token_type: 'Bearer',
      expires_in: this.lifetimeS,
      ...(keep ? {} : { refresh_token: refresh }),
    };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const form = new URLSearchParams(body);
    if (request.url === '/revoke') {
      this.revoked.push(form.get('token') ?? '');
      response.end();
      return;
    }
    this.asked.push(form);
    this.headers.push(request.headers);
    if (this.script) return void this.script(form, response, request);
    this.respond(form, response);
  }

  respond(form: URLSearchParams, response: ServerResponse): void {
    const given = form.get('refresh_token');
    if (form.get('grant_type') === 'refresh_token' && !this.#valid.has(given!)) {
      this.invalidGrants++;
      this.#valid.clear(); // all that came of it
      json(response, 400, { error: 'invalid_grant', error_description: 'used before' });
    } else json(response, 200, this.issue(given));
  }
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
