// Connections that became another protocol: bytes of both sides pass as they are.

import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Upgraded } from '../targets/web-socket.ts';

const MOST = 10_000;
const KEEP_ALIVE_MS = 60_000;

interface Client {
  readonly socket: Duplex;
  /** What came with the request already. */
  readonly head: Buffer;
}

export class Tunnels {
  readonly #open = new Set<Duplex>();

  get size(): number {
    return this.#open.size;
  }

  open({ socket, head }: Client, { status, headers, tunnel }: Upgraded): void {
    if (this.#open.size >= MOST) {
      tunnel.socket.destroy();
      socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    this.#open.add(socket);
    for (const side of [socket, tunnel.socket] as Socket[]) {
      // A tunnel is silent as long as it likes, but not with somebody who is gone.
      side.setTimeout?.(0);
      side.setNoDelay?.(true);
      side.setKeepAlive?.(true, KEEP_ALIVE_MS);
    }
    socket.write(headOf(status, headers));
    if (tunnel.head.length > 0) socket.write(tunnel.head);
    if (head.length > 0) tunnel.socket.write(head);
    socket.pipe(tunnel.socket);
    tunnel.socket.pipe(socket);
    // A connection of which one half has ended is of no use to a WebSocket: what is written already still goes out.
    const done = (): void => {
      this.#open.delete(socket);
      for (const side of [socket, tunnel.socket] as Socket[]) side.destroySoon();
    };
    for (const side of [socket, tunnel.socket]) {
      side.once('end', done);
      side.once('close', done);
      side.on('error', done);
    }
  }

  close(): void {
    for (const socket of [...this.#open]) socket.destroy();
  }
}

function headOf(status: number, headers: Upgraded['headers']): string {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one: string) => `${name}: ${one}`),
  );
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n${lines.join('\r\n')}\r\n\r\n`;
}
