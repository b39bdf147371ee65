// Stands between platform and worker: keeps what the platform sends, and hands it on as an unkind network would.

import { createServer, type IncomingHttpHeaders, request as send } from 'node:http';
import { closeNow, listening } from './loopback.ts';

export interface Tapped {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Tap {
  readonly url: string;
  readonly requests: Tapped[];
  close(): void;
}

export interface TapOptions {
  /** Hand on bodies in pieces of so many bytes, each a chunk of its own. */
  readonly pieces?: number;
  /** End the connection after each answer. */
  readonly hangUp?: boolean;
}

export async function tap(target: string, { pieces, hangUp = false }: TapOptions = {}): Promise<Tap> {
  const requests: Tapped[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // Given up by the platform while it was sent: the worker sees nothing of it.
      return;
    }
    const { method = '', url: path = '', headers } = request;
    const body = Buffer.concat(chunks);
    requests.push({ method, path, headers, body });
    const { 'content-length': _, ...kept } = headers;
    const onward = send(target + path, { method, headers: kept }, async (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      for await (const chunk of answer) response.write(chunk);
      response.end(() => hangUp && request.socket.destroy());
    });
    onward.setNoDelay(true);
    onward.on('error', () => request.socket.destroy());
    const size = pieces ?? Math.max(1, body.length);
    for (let at = 0; at < body.length; at += size) {
      onward.write(body.subarray(at, at + size));
      // A turn of the loop between them, or they travel as one.
      if (pieces) await new Promise((resolve) => setImmediate(resolve));
    }
    onward.end();
  });
  return { url: await listening(server), requests, close: () => closeNow(server) };
}
