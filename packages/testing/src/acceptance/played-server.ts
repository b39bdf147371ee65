// One HTTP server on loopback for all plays of a process: a play is the first segment of the path, so that plays may overlap and
// connections are kept.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export type Play = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const plays = new Map<string, Play>();
let server: Promise<Server> | null = null;
let last = 0;

export interface Place extends Disposable {
  /** The address of this play instead of the one that was meant. */
  at(url: URL): URL;
}

export async function takePlace(play: Play): Promise<Place> {
  server ??= open();
  const { port } = (await server).address() as { port: number };
  const key = String(++last);
  plays.set(key, play);
  return {
    at(url) {
      const here = new URL(url);
      here.protocol = 'http:';
      here.host = `127.0.0.1:${port}`;
      here.pathname = `/${key}${url.pathname}`;
      return here;
    },
    [Symbol.dispose]: () => void plays.delete(key),
  };
}

function open(): Promise<Server> {
  const made = createServer(async (request, response) => {
    const [, key = '', rest = '/'] = /^\/(\d+)(\/.*)?$/.exec(request.url ?? '') ?? [];
    request.url = rest;
    const play = plays.get(key);
    if (play) return play(request, response);
    // Whoever asked has gone: a request that was given up.
    request.socket.destroy();
  });
  // Connections end with the process, which they do not keep.
  made.keepAliveTimeout = 600_000;
  made.unref();
  made.on('connection', (socket) => socket.unref());
  return new Promise((resolve) => made.listen(0, '127.0.0.1', () => resolve(made)));
}
