// The SDK listens on every interface; an example should not. It tells where, because port 0 takes a free one.

import { expressApp, listen } from './sdk.ts';

export function listenOnLoopback(): void {
  const listenOn = expressApp.listen.bind(expressApp) as unknown as (
    port: number,
    host: string,
    done: () => void,
  ) => import('node:http').Server;
  Object.assign(expressApp, {
    listen: (port: number, done: () => void) => {
      const server = listenOn(port, '127.0.0.1', () => {
        done();
        const address = server.address();
        if (address !== null && typeof address === 'object')
          process.stdout.write(`existing worker at http://127.0.0.1:${address.port}\n`);
      });
      return server;
    },
  });
  listen();
}
