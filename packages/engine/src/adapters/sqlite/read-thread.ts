// The thread that reads, so that no question of a person or a program holds up the messages.

import { parentPort } from 'node:worker_threads';
import { openReader } from './database.ts';
import { type Query, Reader } from './reader.ts';
import type { Order } from './threads.ts';

const port = parentPort!;
let open: { readonly reader: Reader; close(): void } | null = null;

port.on('message', (request: { id: number; query: Query } | Order<{ readonly directory: string }>) => {
  if ('do' in request) {
    if (request.do === 'open') {
      const db = openReader(request.directory);
      open = { reader: new Reader(db), close: () => db.close() };
    } else {
      open?.close();
      open = null;
    }
    port.postMessage({ did: request.do });
    return;
  }
  // Asked behind the order to close: by a store that is told so.
  if (!open) return;
  try {
    port.postMessage({ id: request.id, ok: open.reader.ask(request.query) });
  } catch (error) {
    port.postMessage({ id: request.id, failed: error instanceof Error ? error.message : String(error) });
  }
});
