// A server of a test, on a free port of this machine.

import type { Server } from 'node:http';
import type { AddressInfo, Server as SocketServer } from 'node:net';

/** @returns its address, once it listens */
export async function listening(server: SocketServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Close it with the connections that are kept open. */
export function closeNow(server: Server): void {
  server.closeAllConnections();
  server.close();
}
