// Servers of tests, on free ports of loopback.

import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Served {
  readonly url: string;
  /** All requests, the first one first. */
  readonly seen: Seen[];
  close(): Promise<void>;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A server that answers what `reply` says. */
export async function serving(reply: (seen: Seen) => Reply | Promise<Reply>): Promise<Served> {
  const seen: Seen[] = [];
  return started((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const one = { url: request.url!, headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      seen.push(one);
      const { status = 200, headers = { 'content-type': 'text/xml; charset=utf-8' }, body = '' } = await reply(one);
      response.writeHead(status, headers);
      response.end(body);
    });
  }, seen);
}

export async function started(listener: RequestListener, seen: Seen[] = []): Promise<Served> {
  const server = createServer(listener);
  // A kept connection that ends between two requests of a slow test would be trouble of the wire.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const ENVELOPES = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const;

export function envelope(body: string, version: '1.1' | '1.2' = '1.1'): string {
  return `<?xml version="1.0"?><e:Envelope xmlns:e="${ENVELOPES[version]}"><e:Header/><e:Body>${body}</e:Body></e:Envelope>`;
}
