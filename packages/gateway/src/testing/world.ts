// A gateway under test on a port of its own, in front of a service that a test plays itself.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Engine, type Log, systemClock, systemIds } from '@sluice/engine';
import { memoryStores } from '@sluice/engine/memory';
import { WorkerDirectory } from '@sluice/engine/workers';
import type { RouteDefinitionInput } from '@sluice/protocol';
import { createGateway, type Gateway, type GatewayOptions } from '../index.ts';
import { gatewayToNowhere } from '../testing.ts';

export type Service = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export interface World {
  readonly url: string;
  readonly gateway: Gateway;
  /** Requests that reached the service. */
  readonly seen: { readonly request: IncomingMessage; readonly body: string }[];
  /** Answer like this from now on. */
  serve(service: Service): void;
  /** Save a route to the service: `GET /<name>` for anybody, unless told otherwise. */
  route(name: string, definition?: Partial<RouteDefinitionInput>): Promise<void>;
  call(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

const echo: Service = (request, response, body) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ method: request.method, url: request.url, body }));
};

export const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Log;

/** Seals nothing: no test reads what is kept. */
const open: GatewayOptions['sealer'] = { seal: (text) => text, open: (sealed) => sealed, isOld: () => false };

export async function world(options: Partial<GatewayOptions> = {}, stores = memoryStores()): Promise<World> {
  let service = echo;
  const seen: World['seen'] = [];
  const behind = await listening((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += String(part)));
    request.on('end', () => {
      seen.push({ request, body });
      service(request, response, body);
    });
  });
  const engine = new Engine({
    stores,
    workers: new WorkerDirectory(),
    expressions: { fault: () => null, evaluate: async () => undefined, close: async () => {} },
    clock: systemClock,
    ids: systemIds,
    log: quiet,
    processes: false,
  });
  const gateway = createGateway({
    ...gatewayToNowhere(stores),
    limits: engine.limits,
    sealer: open,
    log: quiet,
    ...options,
  });
  await gateway.start();
  const front = await gateway.listen({ port: 0, host: '127.0.0.1' });
  return {
    url: front.url,
    gateway,
    seen,
    serve(next) {
      service = next;
    },
    async route(name, definition = {}) {
      await gateway.routes.save({
        name,
        path: `/${name}`,
        methods: ['GET', 'POST', 'PUT', 'DELETE'],
        access: { public: 'a test' },
        target: { kind: 'upstream', url: `${behind.url}/behind` },
        ...definition,
      });
    },
    call: (path, init) => fetch(`${front.url}${path}`, init),
    async close() {
      await gateway.close(0);
      await engine.stop();
      behind.server.closeAllConnections();
      await new Promise((resolve) => behind.server.close(resolve));
    },
  };
}

async function listening(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ server: Server; url: string }> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It never came to this: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

export const codeOf = async (answer: Response): Promise<[number, string]> => [
  answer.status,
  ((await answer.json()) as { code: string }).code,
];
