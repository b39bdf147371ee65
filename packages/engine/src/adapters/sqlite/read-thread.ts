// The thread that reads, so that no question of a person or a program holds up the messages.

import { parentPort } from 'node:worker_threads';
import { openReader } from './database.ts';
import { type Query, Reader } from './reader.ts';
import type { Order } from './threads.ts';

const port = parentPort!;
let reader!: Reader;
let close!: () => void;

port.on('message', (request: { id: number; query: Query } | Order<{ readonly directory: string }>) => {
  if ('do' in request) {
    if (request.do === 'close') close();
    else {
      const db = openReader(request.directory);
      reader = new Reader(db);
      close = () => db.close();
    }
    port.postMessage({ did: request.do });
    return;
  }
  try {
    port.postMessage({ id: request.id, ok: reader.ask(request.query) });
  } catch (error) {
    port.postMessage({ id: request.id, failed: error instanceof Error ? error.message : String(error) });
  }
});
