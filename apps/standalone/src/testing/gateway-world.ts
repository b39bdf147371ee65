// A gateway on a port of this machine, with a service behind it and no engine: what routes lead to is not asked here.

import { createServer, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { RecordStore } from '@sluice/engine';
import { memoryStores } from '@sluice/engine/memory';
import {
  type ConnectionLimits,
  createGateway,
  type Gateway,
  type GatewayOptions,
  type TlsFiles,
} from '@sluice/gateway';
import { gatewayToNowhere } from '@sluice/gateway/testing';
import { Vault } from '@sluice/integration';
import type { RouteAccess, RouteDefinitionInput } from '@sluice/protocol';
import { closeNow, listening } from './loopback.ts';

export interface GatewayWorld {
  readonly gateway: Gateway;
  /** Address of the gateway. */
  readonly url: string;
  readonly port: number;
  readonly records: RecordStore;
  readonly service: { readonly url: string; readonly seen: IncomingMessage[] };
  /** Clock of the gateway: how far it is ahead of the real one, in ms. */
  readonly clock: { aheadMs: number };
  /** A route to the service, at a path of its own name. */
  route(name: string, access: RouteAccess, more?: Partial<RouteDefinitionInput>): Promise<void>;
  call(path: string, headers?: Record<string, string>, init?: RequestInit): Promise<Answered>;
  close(): Promise<void>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of a problem. */
  readonly code: string | undefined;
}

export interface WorldOptions extends Partial<GatewayOptions> {
  readonly connections?: ConnectionLimits;
  readonly tls?: TlsFiles;
}

export async function gatewayWorld({ connections, tls, ...options }: WorldOptions = {}): Promise<GatewayWorld> {
  const seen: IncomingMessage[] = [];
  const service = createServer((request, response) => {
    seen.push(request);
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ method: request.method, url: request.url }));
    });
  });
  const serviceUrl = await listening(service);
  const clock = { aheadMs: 0 };
  const records = options.records ?? memoryStores().records;
  const gateway = createGateway({
    ...gatewayToNowhere(),
    records,
    sealer: new Vault('a master key for tests'),
    now: () => Date.now() + clock.aheadMs,
    ...options,
  });
  await gateway.start();
  const { url } = await gateway.listen({
    port: 0,
    host: '127.0.0.1',
    ...(connections ? { connections } : {}),
    ...(tls ? { tls } : {}),
  });
  return {
    gateway,
    url,
    port: Number(new URL(url).port),
    records,
    service: { url: serviceUrl, seen },
    clock,
    async route(name, access, more = {}) {
      const target = { kind: 'upstream', url: `${serviceUrl}/${name}` } as const;
      await gateway.routes.save({ name, path: `/${name}`, methods: ['GET', 'POST'], access, target, ...more });
    },
    async call(path, headers = {}, init = {}) {
      const answer = await fetch(`${url}${path}`, { ...init, headers });
      const text = await answer.text();
      const isProblem = answer.headers.get('content-type') === 'application/problem+json';
      const code = isProblem ? (JSON.parse(text) as { code: string }).code : undefined;
      return { status: answer.status, headers: answer.headers, text, code };
    },
    async close() {
      closeNow(service);
      await gateway.close(0);
    },
  };
}

/**
 * Bytes to a port as they are, and all that comes back before the connection ends.
 * @param end  close our side after the bytes; else it stays open, as that of a slow client
 */
export function raw(port: number, bytes: string, { end = false } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => {
      if (end) socket.end(bytes, 'latin1');
      else socket.write(bytes, 'latin1');
    });
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => {
      said += part;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') resolve(said);
      else reject(error);
    });
    socket.on('close', () => resolve(said));
  });
}
