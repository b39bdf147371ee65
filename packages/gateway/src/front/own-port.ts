// A port of the gateway's own.

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ConnectionLimits, connectionServer, type TlsFiles } from '../exchange/connections.ts';
import type { Front } from './front.ts';

export interface PortOptions {
  readonly port: number;
  readonly host: string;
  /** Default: the head of a request may take 15 s. */
  readonly connections?: ConnectionLimits;
  /** What it proves with who it is; without it the port speaks plain HTTP. */
  readonly tls?: TlsFiles;
  /** Default 10 000. */
  readonly maxConnections?: number;
}

export interface OwnPort {
  readonly url: string;
  /** Nothing new; idle connections end. */
  stop(): void;
  /** All connections end. */
  close(): Promise<void>;
}

/** @throws an error of the network when the port is taken */
export async function openPort(front: Front, options: PortOptions): Promise<OwnPort> {
  const { port, host, connections, maxConnections = 10_000 } = options;
  const server = connectionServer(
    (request, response) => front.take(request, response, null),
    { headersMs: 15_000, lookMs: 5_000, ...connections },
    options.tls,
  );
  server.maxConnections = maxConnections;
  server.on('checkContinue', (request, response) => front.take(request, response, null));
  server.on('upgrade', (request, socket, head) => front.takeUpgrade(request, socket, head, null));
  await listening(server, port, host);
  const address = server.address() as AddressInfo;
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `${options.tls ? 'https' : 'http'}://${shown}:${address.port}`,
    stop() {
      server.close();
      server.closeIdleConnections();
    },
    close: () =>
      new Promise((resolve) => {
        if (!server.listening) server.closeAllConnections();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
