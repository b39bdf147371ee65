// Who takes an upgrade: one place for the whole port.

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** @returns false when it is not its own */
export type TakeUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

/** The first one that takes it answers it; what nobody takes is not there. */
export function dispatchUpgrades(server: Server, takers: readonly TakeUpgrade[]): void {
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (!takers.some((take) => take(request, socket, head))) refuseUpgrade(socket, '404 Not Found');
  });
}

/** @param status  such as `403 Forbidden` */
export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
